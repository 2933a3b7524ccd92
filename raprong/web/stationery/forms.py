"""Forms of stationery: the fixed words of a paper, and how papers look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from raprong.documents.wording import LONGEST_PARAGRAPH, MOST_PARAGRAPHS, PaperWording
from raprong.lib.rendering.drawings import LARGEST_DRAWING
from raprong.lib.rendering.typefaces import typefaces_in
from raprong.stationery.actions import Decision
from raprong.web.shell.filters import in_thai
from raprong.web.shell.forms import DayField

LONGEST_TEXT = LONGEST_PARAGRAPH * MOST_PARAGRAPHS


class DecisionForm(forms.Form):
    """Why a version is made, from which day it holds, and which version was looked at."""

    because = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("For example: as the department's circular asks.")
    )
    in_force_from = DayField(label=_("In force from"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def decision(self) -> Decision:
        typed = self.cleaned_data
        return Decision(typed["because"], typed["in_force_from"], typed["seen"])


class WordingForm(DecisionForm):
    """The texts of one kind of paper, a paragraph per line, and the decision that they are to hold."""

    field_order: Sequence[str]

    def __init__(self, *args: Any, wording: PaperWording, texts: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [text.key for text in wording.texts]
        for text in wording.texts:
            self.fields[text.key] = forms.CharField(
                label=text.title if in_thai() else text.title_en,
                initial="\n".join(texts[text.key]),
                required=not text.optional,
                max_length=LONGEST_TEXT,
                strip=False,
                help_text=_("One paragraph per line.") if text.many else "",
                widget=forms.Textarea(attrs={"rows": min(12, 2 * len(texts[text.key]) + text.many), "lang": "th"}),
            )
            self.fields[text.key].widget.attrs.pop("maxlength", None)  # too much is told, and not cut off in silence
        self.order_fields([*self.keys, "because", "in_force_from", "seen"])

    def texts(self) -> dict[str, list[str]]:
        """The texts as they were typed, whether or not they are right."""
        return {key: lines_of(self.data.get(self.add_prefix(key), "")) for key in self.keys}


class LetterheadForm(DecisionForm):
    """The emblem, the typeface, the address and the digits of an agency's or a unit's papers."""

    as_above = forms.BooleanField(required=False)
    emblem = forms.FileField(
        label=_("Drawing of the emblem (SVG)"),
        required=False,
        help_text=_("At most 300 kB, shapes only. Without a drawing, papers show a marked frame in its place."),
        widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml"}),
    )
    no_emblem = forms.BooleanField(label=_("Print without a drawing"), required=False)
    typeface = forms.ChoiceField(label=_("Typeface"), required=False)
    address = forms.CharField(
        label=_("Address at the head of external letters"),
        required=False,
        max_length=600,
        help_text=_("Up to four lines, under the name of the unit."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "th"}),
    )
    thai_digits = forms.TypedChoiceField(
        label=_("Digits on papers"),
        choices=[("yes", _("Thai: ๑ ๒ ๓")), ("no", _("Arabic: 1 2 3"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, as_above: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_above"].label = as_above
        own = [(name, f"{style.family} ({name})") for name, style in typefaces_in(settings.FONTS_DIR).items()]
        self.fields["typeface"].choices = [("", "Sarabun"), *own]  # type: ignore[attr-defined]

    def clean_emblem(self) -> bytes | None:
        sent: UploadedFile | None = self.cleaned_data["emblem"]
        return sent.read(LARGEST_DRAWING + 1) if sent else None


def lines_of(typed: str) -> list[str]:
    return typed.replace("\r\n", "\n").split("\n")
