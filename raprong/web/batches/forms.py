"""What to look for, and what of it to take."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.organisation.models import Unit
from raprong.web.batches.sources import SOURCES, Choice


class LookForm(forms.Form):
    """Which kind of paper, of which year and office."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    year = forms.TypedChoiceField(label=gettext_lazy("Fiscal year"), coerce=int)
    office = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)

    def __init__(self, *args: object, years: Sequence[tuple[str, str]], offices: Sequence[Unit], **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.offices = {office.public_id: office for office in offices}
        self.fields["kind"].choices = [(kind, str(source.title)) for kind, source in SOURCES.items()]  # type: ignore[attr-defined]
        self.fields["year"].choices = list(years)  # type: ignore[attr-defined]
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            ("", _("Every unit")),
            *((code, office.name) for code, office in self.offices.items()),
        ]

    @property
    def chosen_office(self) -> Unit | None:
        return self.offices.get(self.cleaned_data["office"])


def chosen_of(choices: Sequence[Choice], codes: Sequence[str]) -> list[Choice]:
    """The choices that were ticked, in the order of the list; an unknown code chooses nothing."""
    ticked = set(codes)
    return [choice for choice in choices if choice.code in ticked]
