"""Starting a year: the unit, the year, the SOP, and who its parties are here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import people_with_role, units_where
from raprong.core.faults import Faults
from raprong.lib.sop.shape import Party, SopDefinition
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import groups_of, offices_of
from raprong.processes.library import all_sops
from raprong.processes.words import title_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.whereabouts import years_open

PARTY = "party-"


class UnitField(forms.ModelChoiceField):
    """A unit or group by its name in the reader's language."""

    def label_from_instance(self, unit: Unit) -> str:
        return unit_name(unit)


class WhatForm(forms.Form):
    """Which unit takes which year under which SOP."""

    unit = UnitField(label=_("Unit"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    sop = forms.ChoiceField(
        label=_("SOP"), help_text=_("The edition is pinned: a later edition does not touch this year.")
    )

    def __init__(self, *args: Any, person: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_where(person, "runs.start", on=on).filter(kind=UnitKind.OFFICE)
        self.fields["unit"].queryset = units.select_related("agency")
        self.fields["year"].choices = [
            (year, digits(year) if in_thai() else FiscalYear(year).label_en) for year in years_open(on)
        ]
        self.fields["sop"].choices = [(code, sop_name(sop)) for code, sop in all_sops().items()]


class PartiesForm(forms.Form):
    """Who each party is that the SOP leaves open: a group of the unit, or another unit of its agency."""

    def __init__(self, *args: Any, definition: SopDefinition, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for party in definition.parties_to_bind():
            self.fields[f"{PARTY}{party.code}"] = _party_field(party, unit, on)

    def bindings(self) -> dict[str, Unit]:
        return {name.removeprefix(PARTY): unit for name, unit in self.cleaned_data.items() if unit}

    def place(self, refused: Faults) -> None:
        """Put each fault of the verb at its party; the others belong to the form."""
        for fault in refused.faults:
            name = f"{PARTY}{fault.field}"
            self.add_error(name if name in self.fields else None, str(fault.sentence))


def _party_field(party: Party, unit: Unit, on: date) -> UnitField:
    places = groups_of(unit) if party.kind == "group" else offices_of(unit.agency).exclude(pk=unit.pk)
    return UnitField(
        label=title_of(party),
        queryset=places,
        to_field_name="public_id",
        initial=_likely(party, list(places), on),
        empty_label=None,
        help_text=_("Where nobody holds the role yet, an administrator gives it later."),
    )


def _likely(party: Party, places: list[Unit], on: date) -> str | None:
    """The place of the same name, else the first in which somebody holds the party's role, else the first."""
    named = (place for place in places if party.title in (place.name, place.short_name))
    holding = (place for place in places if people_with_role(party.role, place, on=on).exists() and _own(party, place))
    found = next(named, None) or next(holding, None) or next(iter(places), None)
    return found.public_id if found else None


def _own(party: Party, place: Unit) -> bool:
    """Whether somebody of that very place holds the role; a role for the whole agency tells nothing about a place."""
    return place.positions.filter(appointments__person__role_grants__role=party.role).exists()


def sop_name(definition: SopDefinition) -> str:
    title = definition.title if in_thai() else definition.title_en
    office = definition.office.th if in_thai() else definition.office.en
    return f"{definition.code} · {title} · {office}"
