"""What is filled in about a single figure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.core.faults import Faults
from raprong.organisation.models import Person
from raprong.organisation.queries import people_of
from raprong.processes.models import Run
from raprong.results.follow_up import Plan
from raprong.results.models import CorrectiveAction
from raprong.web.shell.forms import DayField


class FigureForm(forms.Form):
    """A form that shows each fault of a verb at its field."""

    def place(self, refused: Faults) -> None:
        for fault in refused.faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.sentence))


class CommentForm(FigureForm):
    """Something to say about a figure."""

    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever reported the figure is told, and whoever wrote about it before."),
    )


class AnswerForm(FigureForm):
    """Why a figure is right in spite of a question."""

    because = forms.CharField(label=_("Why the figure is right"), widget=forms.Textarea(attrs={"rows": 2}))


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return person.name


class ActionForm(FigureForm):
    """The cause of a figure, and what is done about it by whom until when."""

    cause = forms.CharField(label=_("Cause"), widget=forms.Textarea(attrs={"rows": 2}))
    action = forms.CharField(label=_("Corrective action"), widget=forms.Textarea(attrs={"rows": 2}))
    owner = PersonField(
        label=_("Who does it"), queryset=Person.objects.none(), to_field_name="public_id", empty_label=_("Choose")
    )
    due_on = DayField(label=_("Until when"))

    def __init__(self, run: Run, written: CorrectiveAction | None, *args: Any, on: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(written))
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(run.unit, on=on)

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(said["cause"], said["action"], said["owner"], said["due_on"])


class OutcomeForm(FigureForm):
    """What was done."""

    outcome = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 2}))


class LevelForm(FigureForm):
    """The level below which a cause is asked for."""

    below = forms.ChoiceField(label=_("Ask for cause and action below"))

    def __init__(self, levels: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["below"].choices = levels


class ReopenForm(FigureForm):
    """Why a closed month is opened again."""

    because = forms.CharField(
        label=_("Why it is opened again"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Everybody who reports is told. What was closed is kept as it was."),
    )


def _initial(written: CorrectiveAction | None) -> dict[str, Any]:
    if written is None:
        return {}
    return {
        "cause": written.cause,
        "action": written.action,
        "owner": written.owner.public_id,
        "due_on": written.due_on,
    }
