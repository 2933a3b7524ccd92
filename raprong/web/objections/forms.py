"""An objection, the panel, the panel's decision, and the filters of the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import Faults
from raprong.evaluations.models import GivenScore
from raprong.kpis.enums import CriteriaKind
from raprong.objections.actions import LONGEST_TEXT
from raprong.objections.decisions import NewScore
from raprong.objections.enums import Outcome
from raprong.objections.grounds import ground_title, grounds
from raprong.organisation.models import Person
from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.shell.filters import digits
from raprong.web.shell.forms import FigureField, TakesFaults

TOTAL = "total"
SCORE = "score_"


class ObjectionForm(TakesFaults):
    """What is objected to, on which ground, why, and what proves it."""

    subject = forms.ChoiceField(label=gettext_lazy("What do you object to?"))
    ground = forms.ChoiceField(label=gettext_lazy("Ground"))
    text = forms.CharField(
        label=gettext_lazy("What is wrong, and what should the score be?"),
        help_text=gettext_lazy(
            "Say where it stands: the figure, the document, the level. The panel reads it beside the criteria and the "
            "evidence, which go along by themselves."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what is wrong with the score, and what it should be.")},
    )
    proofs = UploadedOrIncoming(label=gettext_lazy("Further proof"), required=False)

    def __init__(self, scores: Iterable[GivenScore], data: Any = None, files: Any = None, *, subject: str = "") -> None:
        super().__init__(data, files, initial={"subject": subject or TOTAL})
        self.scores = {score.public_id: score for score in scores}
        about = [(key, digits(f"{one.item.kpi.code} {one.item.kpi.title}")) for key, one in self.scores.items()]
        self.fields["subject"].choices = [(TOTAL, _("The total")), *about]  # type: ignore[attr-defined]
        offered = [(code, ground_title(code)) for code in grounds()]
        self.fields["ground"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "score": self.scores.get(typed["subject"]),
            "ground": typed["ground"],
            "text": typed["text"],
            "uploads": [(upload, upload.name) for upload in typed["proofs"]],
        }


class PanelForm(TakesFaults):
    """Who decides, and who chairs."""

    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People on the panel"),
        help_text=gettext_lazy("Nobody is listed who reported, scored or confirmed this result, or works in the unit."),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the people of the panel.")},
    )
    chair = forms.ModelChoiceField(
        label=gettext_lazy("Chair"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        error_messages={"required": gettext_lazy("Choose the chair from among them.")},
    )

    def __init__(self, candidates: Sequence[Person], data: Any = None, *, seated: Sequence[Person], chair: Any) -> None:
        super().__init__(
            data, initial={"people": [one.public_id for one in seated], "chair": chair and chair.public_id}
        )
        offered = Person.objects.filter(pk__in=[person.pk for person in candidates]).order_by("name")
        for name in ("people", "chair"):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]


class AsideForm(TakesFaults):
    because = forms.CharField(
        label=gettext_lazy("What is the conflict?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(TakesFaults):
    """What the chair puts to the vote: the outcome, new scores where there are any, and the reasons."""

    outcome = forms.ChoiceField(label=gettext_lazy("The decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    because = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("The unit reads them. They stand beside the score if it changes."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Give the reasons of the decision.")},
    )
    precedent = forms.CharField(
        label=gettext_lazy("For the shelf of decisions"),
        help_text=gettext_lazy(
            "What others may learn from it, in a sentence or two, without names of people or units."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write for the shelf what others may learn from it, without names.")},
    )

    def __init__(self, scores: Sequence[GivenScore], data: Any = None) -> None:
        super().__init__(data)
        self.scores = scores
        for score in scores:
            self.fields[SCORE + score.public_id] = FigureField(
                label=_("New score of %(code)s") % {"code": digits(score.item.kpi.code)},
                help_text=_("Leave empty where it stays."),
                required=False,
            )
        self.order_fields(["outcome", *(SCORE + score.public_id for score in scores), "because", "precedent"])

    def new_scores(self) -> list[NewScore]:
        given: dict[GivenScore, Decimal | None] = {
            score: self.cleaned_data.get(SCORE + score.public_id) for score in self.scores
        }
        return [(score, value) for score, value in given.items() if value is not None]

    def take(self, faults: Faults) -> None:
        """A fault of a score stands at the only score there is, else above the form."""
        only = SCORE + self.scores[0].public_id if len(self.scores) == 1 else None
        for fault in faults.faults:
            field = only if fault.field == "given" else fault.field
            self.add_error(field if field in self.fields else None, str(fault.sentence))


class VoteForm(TakesFaults):
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("Needed where you do not agree."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ShelfForm(forms.Form):
    """Which decisions of the shelf are shown. What cannot be read asks for all."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of KPI"), required=False)
    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)

    def __init__(self, query: Any) -> None:
        super().__init__(query or None)
        everything = [("", _("All"))]
        self.fields["ground"].choices = everything + [(code, ground_title(code)) for code in grounds()]  # type: ignore[attr-defined]
        kinds = [*CriteriaKind.choices, (TOTAL, _("The total"))]
        self.fields["kind"].choices = everything + kinds  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        self.full_clean()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields} if self.is_bound else {}
