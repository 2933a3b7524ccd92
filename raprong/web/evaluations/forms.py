"""What an assessor fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.evaluations.adjustments import MOST_TIMES
from raprong.evaluations.models import GivenScore, PartScore
from raprong.lib.scoring.scheme import SchemePart
from raprong.web.results.figures import written
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import FigureField, TakesFaults

KEEP, ALL = "keep", "all"


class ScoreForm(TakesFaults):
    """The official score of one KPI: the calculated one stands, or another is given with a reason."""

    given = FigureField(
        label=gettext_lazy("Another score"), error_messages={"required": gettext_lazy("Enter the score you give.")}
    )
    because = forms.CharField(
        label=gettext_lazy("Why it differs"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why the score differs from the calculated one.")},
    )

    def __init__(self, score: GivenScore, data: Any = None) -> None:
        initial = {"given": written(score.given), "because": score.because}
        super().__init__(data, initial=initial, auto_id=f"{score.public_id}_%s")
        self.keeps = bool(data) and data.get("decision") == KEEP
        if self.keeps:
            self.fields.clear()


class AdjustForm(TakesFaults):
    """A rule of the scheme that is applied to a KPI's score or to the total."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    count = forms.IntegerField(label=gettext_lazy("How many times"), min_value=1, max_value=MOST_TIMES, initial=1)
    because = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why the score is adjusted.")},
    )

    def __init__(self, rules: list[tuple[str, str]], data: Any = None, *, prefix: str = "total") -> None:
        super().__init__(data, auto_id=f"{prefix}_%s")
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]


class PartForm(TakesFaults):
    """The points of another part of the final score, and what they rest on."""

    part = forms.CharField(widget=forms.HiddenInput)
    score = FigureField(error_messages={"required": gettext_lazy("Enter the score of this part.")})
    because = forms.CharField(
        label=gettext_lazy("What this score rests on"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say what this score rests on.")},
    )

    def __init__(self, part: SchemePart, made: PartScore | None, data: Any = None) -> None:
        initial = {"part": part.code} | ({"score": written(made.score), "because": made.because} if made else {})
        super().__init__(data, initial=initial, auto_id=f"part_{part.code}_%s")
        self.fields["score"].label = _("Score out of %(full)s") % {"full": digits(written(part.full))}


class WithdrawForm(forms.Form):
    """Why an adjustment is taken back."""

    because = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SendBackForm(forms.Form):
    """Why the scores go back to scoring."""

    because = forms.CharField(
        label=gettext_lazy("What should be looked at again"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FilterForm(forms.Form):
    """Which reports the list shows. What cannot be read asks for all."""

    state = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        choices=[
            (ALL, gettext_lazy("All")),
            ("new", gettext_lazy("Not opened")),
            ("scoring", gettext_lazy("Being scored")),
            ("scored", gettext_lazy("Waiting for confirmation")),
            ("confirmed", gettext_lazy("Confirmed")),
        ],
    )
    year = forms.ChoiceField(label=gettext_lazy("Fiscal year"))

    def __init__(self, years: list[tuple[str, str]], query: Any) -> None:
        super().__init__(initial={"state": query.get("state", ALL), "year": query.get("year", ALL)})
        self.fields["year"].choices = [(ALL, _("All")), *years]  # type: ignore[attr-defined]

    def chosen(self, field: str) -> str:
        """What was chosen; empty for all."""
        asked = str(self.initial[field])
        known = {code for code, _label in self.fields[field].choices}  # type: ignore[attr-defined]
        return asked if asked in known - {ALL} else ""

    @property
    def narrows(self) -> bool:
        return bool(self.chosen("state") or self.chosen("year"))
