"""Forms of letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from raprong.circulation.proofs import REQUIRED
from raprong.organisation.models import Person
from raprong.signatures.posts import post_of


class RecipientsForm(forms.Form):
    """Who gets the letter; everybody of the unit unless somebody is unticked."""

    recipients = forms.ModelMultipleChoiceField(
        label=_("Send to"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipients"].queryset = people  # type: ignore[attr-defined]
        self.initial.setdefault("recipients", [person.public_id for person in people])


class SignerForm(forms.Form):
    """Who is asked to sign a draft, among those who may, each with their post."""

    signer = forms.ChoiceField(label=_("To be signed by"))

    def __init__(self, people: Sequence[Person], *, on: date, asked: Person | None = None, data: Any = None) -> None:
        super().__init__(data, initial={"signer": asked.public_id if asked else None})
        self.people = {person.public_id: person for person in people}
        self.fields["signer"].choices = [  # type: ignore[attr-defined]
            (key, " · ".join(filter(None, [person.name, post_of(person, on=on)])))
            for key, person in self.people.items()
        ]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["signer"]]


class ReturnForm(forms.Form):
    """What the drafter is to change, and which version of the letter was looked at."""

    because = forms.CharField(
        label=_("What is to be changed?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        help_text=_("The drafter reads it, and it stays in the history of the letter."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """The words of a draft: its subject, and the texts of its paper."""

    subject = forms.CharField(
        label=_("Subject"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "lang": "th"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: dict[str, str], labels: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in texts.items():
            self.fields[name] = forms.CharField(
                label=labels[name],
                initial=text,
                required=name in REQUIRED,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 8 if len(text) > 80 else 2, "lang": "th"}),
            )
        for name in ("subject", *texts):
            self.fields[name].widget.attrs.pop("maxlength", None)  # too much is told, and not cut off in silence

    def clean_subject(self) -> str:
        """A subject is one line, however it was typed."""
        return " ".join(str(self.cleaned_data["subject"]).split("\n")).replace("\r", "")
