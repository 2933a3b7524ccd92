"""Forms of ceremonies: the plan, and the sitting in which one signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.agreements.ceremonies import LONGEST_LINE, LONGEST_SCRIPT, Plan
from raprong.agreements.enums import Seating
from raprong.agreements.models import Agreement, AgreementParty, Ceremony
from raprong.organisation.models import Unit
from raprong.web.accounts.proof import ProvingForm
from raprong.web.agreements import presenters
from raprong.web.agreements.forms import OwnCertificate
from raprong.web.shell.forms import DayField


class PlanForm(forms.Form):
    """What a ceremony is to be."""

    unit = forms.ModelChoiceField(
        label=_("Arranged by"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None
    )
    title = forms.CharField(label=_("Name of the ceremony"), max_length=LONGEST_LINE)
    held_on = DayField(label=_("Day"))
    begins_at = forms.TimeField(label=_("Begins at"), required=False, help_text=_("For example 9:30"))
    venue = forms.CharField(label=_("Place"), max_length=LONGEST_LINE)
    guests = forms.CharField(
        label=_("Guests"),
        help_text=_("One on each line, in their order of precedence: name, post, and what they do."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    seat_rows = forms.IntegerField(
        label=_("Rows of seats"), required=False, min_value=0, help_text=_("Empty where no seats are planned.")
    )
    seats_in_row = forms.IntegerField(label=_("Seats in a row"), required=False, min_value=0)
    seating = forms.ChoiceField(
        label=_("Guests take their seats"), choices=Seating.choices, initial=Seating.FROM_MIDDLE, required=False
    )
    script = forms.CharField(
        label=_("Script"),
        help_text=_("What is said and done, in order. The running order of the signatures is made by itself."),
        required=False,
        max_length=LONGEST_SCRIPT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @staticmethod
    def of(ceremony: Ceremony) -> dict[str, Any]:
        """What the form shows of a ceremony."""
        return {
            "unit": ceremony.unit.public_id,
            "title": ceremony.title,
            "held_on": ceremony.held_on,
            "begins_at": ceremony.begins_at,
            "venue": ceremony.venue,
            "guests": ceremony.guest_lines,
            "script": ceremony.script,
            "seat_rows": ceremony.seat_rows or None,
            "seats_in_row": ceremony.seats_in_row or None,
            "seating": ceremony.seating,
            "version": ceremony.version,
        }

    def plan(self) -> Plan:
        entered = self.cleaned_data
        return Plan(
            title=entered["title"],
            held_on=entered["held_on"],
            venue=entered["venue"],
            begins_at=entered["begins_at"],
            guests=entered["guests"].splitlines(),
            script=entered["script"],
            seat_rows=entered["seat_rows"] or 0,
            seats_in_row=entered["seats_in_row"] or 0,
            seating=Seating(entered["seating"] or Seating.FROM_MIDDLE),
        )


class CallOffForm(forms.Form):
    """Why a ceremony does not take place."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who has a part in the ceremony reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True)
class SittingRow:
    """One agreement that can be signed now, with its tick."""

    agreement: Agreement
    title: str
    tick: forms.BoundField
    hash: str


class Ticked(forms.Form):
    """A tick for each agreement, each with what it says."""

    def __init__(self, *args: Any, mine: Sequence[tuple[Agreement, AgreementParty]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mine = mine
        for agreement, own in mine:
            shown = agreement.shown
            self.fields[_tick(agreement)] = forms.BooleanField(label=presenters.intent(agreement, own), required=False)
            self.fields[_seen(agreement)] = forms.CharField(
                widget=forms.HiddenInput, initial=shown.sha256 if shown else "", max_length=64
            )

    def rows(self) -> list[SittingRow]:
        return [
            SittingRow(
                agreement,
                f"{agreement.run.unit.name} · {presenters.title_of(agreement)}",
                self[_tick(agreement)],
                presenters.hash_in_short(agreement.shown.sha256 if agreement.shown else ""),
            )
            for agreement, _own in self._mine
        ]

    def seen_fields(self) -> list[forms.BoundField]:
        return [self[_seen(agreement)] for agreement, _own in self._mine]

    def chosen(self) -> list[tuple[Agreement, str]]:
        """What was ticked, each with the hash of the paper that the page showed."""
        entered = self.cleaned_data
        return [(each, entered[_seen(each)]) for each, _own in self._mine if entered[_tick(each)]]

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or {}
        if not any(entered.get(_tick(agreement)) for agreement, _own in self._mine):
            self.add_error(None, _("Tick each agreement that you mean to sign."))
        return entered


class SittingForm(Ticked, ProvingForm):
    """What is signed on screen; the proof once, for everything that is ticked."""

    def proof_fields(self) -> list[forms.BoundField]:
        return [self.proof()]


class CertificateSittingForm(Ticked, OwnCertificate):
    """What is signed with one's certificate or token, which is opened once for everything that is ticked."""

    def proof_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("on_token", "certificate", "password") if name in self.fields]


def _tick(agreement: Agreement) -> str:
    return f"sign_{agreement.public_id}"


def _seen(agreement: Agreement) -> str:
    return f"seen_{agreement.public_id}"
