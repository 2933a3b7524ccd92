"""What an officer writes about one KPI in a self-assessment report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.assessments.models import AssessmentItem
from raprong.core.faults import Faults
from raprong.web.files.fields import UploadedOrIncoming

TEXTS = ("narrative", "factors", "obstacles", "suggestions", "no_figure_because")

EXPLANATIONS = ("factors", "obstacles", "suggestions")


class DraftField(forms.CharField):
    """Needed in the end, and not while it is being written: only submitting asks for it."""

    def validate(self, value: Any) -> None:
        """Whatever is there so far can be saved."""


def _needed(label: Any, rows: int) -> forms.CharField:
    hint = _("Needed before the report is submitted.")
    return DraftField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


def _wanted(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class ItemForm(forms.Form):
    """A KPI's part of the report. Nothing is required while it is being written; submitting says what is missing."""

    use_required_attribute = False

    narrative = _needed(_("What was done"), rows=7)
    no_figure_because = _needed(_("Why there is no result"), rows=3)
    factors = _wanted(_("What helped"))
    obstacles = _wanted(_("What stood in the way"))
    suggestions = _wanted(_("Suggestions"))
    evidence = UploadedOrIncoming(label=_("Add evidence"), required=False)

    def __init__(self, item: AssessmentItem, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={field: getattr(item, field) for field in TEXTS})
        if item.result is not None and not item.no_figure_because:
            del self.fields["no_figure_because"]
        asks = item.assessment.run.definition.reporting.asks_for_explanations(item.assessment.months)
        for field in EXPLANATIONS:
            if not asks and not getattr(item, field):
                del self.fields[field]

    @property
    def texts(self) -> dict[str, str]:
        """The texts with the line ends of one kind, which is not a change of words."""
        said = self.cleaned_data
        return {field: said[field].replace("\r\n", "\n").strip() for field in TEXTS if field in said}

    def take(self, faults: Faults) -> None:
        """Put each of a verb's faults beside its field."""
        for fault in faults.faults:
            self.add_error(fault.field or None, str(fault.sentence))
