"""The settings of a scoring scheme, as a person fills them in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Fault
from raprong.lib.scoring.card import Status, Treatment
from raprong.lib.scoring.ladder import Below
from raprong.lib.scoring.rounding import UNROUNDED
from raprong.lib.scoring.scheme import AdjustmentKind, Colour, On, ResultTerms
from raprong.web.shell.forms import FigureField

STATUS_LABELS = {
    Status.NOT_REPORTED: _("Not reported"),
    Status.MISSING: _("The data do not exist"),
    Status.NOT_APPLICABLE: _("Not applicable"),
    Status.CANCELLED: _("Cancelled"),
    Status.NOT_STARTED: _("Not started yet"),
}
TREATMENTS = {
    Treatment.EXCLUDED: _("Its weight is left out"),
    Treatment.ZERO: _("Counts as 0"),
    Treatment.FLOOR: _("Counts as the first level"),
}
BELOWS = {
    Below.FLOOR: _("The first level's score"),
    Below.ZERO: _("Nothing"),
    Below.PROPORTIONAL: _("The first level's score in proportion"),
}
COLOURS = {
    Colour.RED: _("Red"),
    Colour.ORANGE: _("Orange"),
    Colour.YELLOW: _("Yellow"),
    Colour.LIGHT_GREEN: _("Light green"),
    Colour.GREEN: _("Green"),
    Colour.GREY: _("Grey"),
}
ENDS = {"below": _("below"), "up_to": _("up to and including")}
ONS = {On.KPI: _("Score of a KPI"), On.TOTAL: _("The total")}
KINDS = {AdjustmentKind.POINTS: _("Points"), AdjustmentKind.PERCENT: _("Per cent")}
EXACT = "exact"
PLACES = [*((str(places), str(places)) for places in range(UNROUNDED + 1)), (EXACT, _("Not rounded"))]
PATH = re.compile(r"(bands|rules)\[(\d+)\](?:\.(\w+))?")


def _choice(label: Any, words: Mapping[Any, Any], *, required: bool = True, empty: bool = False) -> forms.ChoiceField:
    choices = [(str(code), said) for code, said in words.items()]
    return forms.ChoiceField(label=label, required=required, choices=[("", "–"), *choices] if empty else choices)


class SettingsForm(forms.Form):
    """What a scheme says besides its bands and rules."""

    places = forms.ChoiceField(label=_("Decimals of a score"), choices=PLACES)
    weighted_places = forms.ChoiceField(label=_("Decimals of a weighted score"), choices=PLACES)
    total_places = forms.ChoiceField(label=_("Decimals of the total"), choices=PLACES)
    round_score_first = forms.BooleanField(label=_("Round each score before it is weighted"), required=False)
    below = _choice(_("A result short of the first level is worth"), BELOWS)
    cap = FigureField(
        label=_("Highest score and total"), required=False, help_text=_("Empty: the highest score of the scale")
    )
    not_reported = _choice(STATUS_LABELS[Status.NOT_REPORTED], TREATMENTS)
    missing = _choice(STATUS_LABELS[Status.MISSING], TREATMENTS)
    not_applicable = _choice(STATUS_LABELS[Status.NOT_APPLICABLE], TREATMENTS)
    cancelled = _choice(STATUS_LABELS[Status.CANCELLED], TREATMENTS)
    not_started = _choice(STATUS_LABELS[Status.NOT_STARTED], TREATMENTS)
    share_inside_parent = forms.BooleanField(
        label=_("The weight of a part that is left out goes to the other parts of its KPI"), required=False
    )
    confirmed = forms.BooleanField(label=_("The agency has confirmed this scheme"), required=False)
    objection_days = forms.IntegerField(
        label=_("Working days to object"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=_("Empty: confirmed scores are final at once."),
    )
    unopened_days = forms.IntegerField(
        label=_("Working days until an unopened result counts as opened"), required=False, min_value=1, max_value=366
    )
    panel = forms.IntegerField(
        label=_("People who decide on an objection, at least"), required=False, min_value=1, max_value=15
    )
    ranked = forms.BooleanField(label=_("The place among the agency's units is published"), required=False)

    STATUSES = ("not_reported", "missing", "not_applicable", "cancelled", "not_started")
    ROUNDING = ("places", "weighted_places", "total_places", "round_score_first")
    LIMITS = ("below", "cap", "confirmed")
    RESULT = ("objection_days", "unopened_days", "panel", "ranked")

    def data_of(self) -> dict[str, Any]:
        said = self.cleaned_data
        plain = ("places", "weighted_places", "total_places", "below", "round_score_first", "share_inside_parent")
        return {
            **{name: _places(said[name]) if name.endswith("places") else said[name] for name in plain},
            "confirmed": said["confirmed"],
            "cap": _written(said["cap"]),
            "statuses": {name: said[name] for name in self.STATUSES},
            "result": {**asdict(ResultTerms()), **{name: said[name] for name in self.RESULT if said[name] is not None}},
        }


class BandForm(forms.Form):
    """One band of totals; a row without names is left out."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    title_th = forms.CharField(label=_("Name in Thai"), required=False, max_length=100)
    title_en = forms.CharField(label=_("Name in English"), required=False, max_length=100)
    end = _choice(_("Totals"), ENDS, required=False)
    at = FigureField(label=_("End of the band"), required=False)
    colour = _choice(_("Colour"), COLOURS, required=False, empty=True)

    def data_of(self, number: int) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not (said["title_th"] or said["title_en"] or said["at"] is not None):
            return None
        return {
            "code": said["code"] or f"band-{number}",
            "title_th": said["title_th"] or said["title_en"],
            "title_en": said["title_en"] or said["title_th"],
            said["end"] or "up_to": _written(said["at"]),
            "colour": said["colour"] or None,
        }


class RuleForm(forms.Form):
    """One rule that adds to a score or takes from it; a row without a name and an amount is left out."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    note = forms.CharField(required=False, widget=forms.HiddenInput)
    title_th = forms.CharField(label=_("Name in Thai"), required=False, max_length=200)
    title_en = forms.CharField(label=_("Name in English"), required=False, max_length=200)
    on = _choice(_("Works on"), ONS, required=False)
    kind = _choice(_("Unit of the amount"), KINDS, required=False)
    amount = FigureField(label=_("Amount each time, with a minus to deduct"), required=False)
    most = FigureField(label=_("At most in all"), required=False)

    def data_of(self, number: int) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not (said["title_th"] or said["title_en"] or said["amount"] is not None):
            return None
        return {
            "code": said["code"] or f"rule-{number}",
            "note": said["note"],
            "title_th": said["title_th"] or said["title_en"],
            "title_en": said["title_en"] or said["title_th"],
            "on": said["on"],
            "kind": said["kind"],
            "amount": _written(said["amount"]),
            "most": _written(said["most"]),
        }


class ReasonForm(forms.Form):
    """Why the scheme is changed. Asked for when it is saved, not when somebody only looks."""

    because = forms.CharField(
        label=_("Why the scheme is changed"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class SchemeForms:
    """All forms of one scheme: what it starts from, what was typed, and the scheme they say together."""

    SPARE_ROWS = 2

    def __init__(self, base: Mapping[str, Any], typed: Any = None) -> None:
        self.base = dict(base)
        self.settings = SettingsForm(typed, initial=_settings_of(base))
        self.reason = ReasonForm(typed)
        self.bands = self._rows(BandForm, "band", [_band_of(band) for band in base["bands"]], typed)
        self.rules = self._rows(RuleForm, "rule", [dict(rule) for rule in base["rules"]], typed)

    def _rows(self, form: Any, prefix: str, stored: Sequence[Mapping[str, Any]], typed: Any) -> list[Any]:
        count = len(stored) + self.SPARE_ROWS
        if typed is not None:
            count = max(count, sum(f"{prefix}_{number}-title_th" in typed for number in range(40)))
        initial = [*stored, *({} for _ in range(count - len(stored)))]
        return [
            form(typed, initial=row, prefix=f"{prefix}_{number}", use_required_attribute=False)
            for number, row in enumerate(initial)
        ]

    @property
    def all(self) -> list[Any]:
        return [self.settings, *self.bands, *self.rules, self.reason]

    @property
    def because(self) -> str:
        return str(self.reason.cleaned_data.get("because", ""))

    def is_valid(self) -> bool:
        return sum(bool(form.errors) for form in self.all) == 0  # every form is looked at

    def data(self) -> dict[str, Any]:
        """The scheme that is typed, as plain data; rows that were left empty are not in it."""
        self._kept = {
            name: [form for number, form in enumerate(rows, start=1) if form.data_of(number) is not None]
            for name, rows in (("bands", self.bands), ("rules", self.rules))
        }
        return {
            **self.base,
            **self.settings.data_of(),
            "bands": [row for n, form in enumerate(self.bands, start=1) if (row := form.data_of(n)) is not None],
            "rules": [row for n, form in enumerate(self.rules, start=1) if (row := form.data_of(n)) is not None],
        }

    def take(self, faults: Sequence[Fault]) -> None:
        """Put each fault beside its field; its place is the path of the setting."""
        for fault in faults:
            form, field = self._place(str(fault.field))
            form.add_error(field if field in form.fields else None, str(fault.sentence))

    def _place(self, path: str) -> tuple[Any, str]:
        if path == "because":
            return self.reason, path
        if found := PATH.match(path):
            name, number, field = found[1], int(found[2]), found[3] or ""
            rows = self._kept[name]
            if number < len(rows):
                return rows[number], {"below": "at", "up_to": "at"}.get(field, field or "title_th")
        return self.settings, path.removeprefix("statuses.").removeprefix("result.")


def _settings_of(base: Mapping[str, Any]) -> dict[str, Any]:
    places = {name: EXACT if base[name] is None else base[name] for name in base if name.endswith("places")}
    result = base.get("result") or asdict(ResultTerms())
    return {**base, **places, **base["statuses"], **result}


def _band_of(band: Mapping[str, Any]) -> dict[str, Any]:
    end = "below" if band["below"] is not None else "up_to"
    return {**band, "end": end, "at": band[end]}


def _places(typed: str) -> int | None:
    return None if typed == EXACT else int(typed)


def _written(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")
