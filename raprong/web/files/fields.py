"""A form's files: sent with the form, or ahead of it in pieces, in which case the form holds a token for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from raprong.access.rules import Refused
from raprong.core import clock
from raprong.files import incoming
from raprong.files.incoming import Arrived
from raprong.web.shell.current import current_request
from raprong.web.shell.filters import digits

# HEIC may be handed in, but is not asked for: where kinds of pictures are named without it, Apple's devices hand a
# photograph over as the first of them, which opens everywhere.
ACCEPTED = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.pptx"
TOKENS = "-arrived"  # after the field's name: the tokens of the files that came ahead


@dataclass(frozen=True)
class Chosen:
    """What a form says about its files."""

    uploads: list[Any]
    tokens: list[str]

    def __bool__(self) -> bool:
        return bool(self.uploads or self.tokens)


class FileDrop(forms.ClearableFileInput):
    """Drawn by `ui.file_drop`: a place to drop files on, and a plain input where no scripts run."""

    kind = "drop"  # for ui.field
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, "accept": ACCEPTED, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        return Chosen(uploads=_all(files, name), tokens=_all(data, name + TOKENS))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and name + TOKENS not in data


class UploadedOrIncoming(forms.FileField):
    """Files to be handed to `files.take_in`, those that came ahead first. Answers a list.

    Refused at the field: too many, a token of nobody's or somebody else's file, and one that has not arrived whole.
    """

    widget = FileDrop
    default_error_messages = {"required": gettext_lazy("Choose a file.")}

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("PDF, picture, Word, Excel or PowerPoint; several at once."))
        super().__init__(**kwargs)
        self.held: list[Arrived] = []
        self._most = most

    @property
    def most(self) -> int:
        """How many files at once: as many as the form's own rule lets in, else as the settings say."""
        return self._most or int(settings.MOST_FILES_AT_ONCE)

    @property
    def largest(self) -> int:
        """In bytes."""
        return int(settings.LARGEST_UPLOAD_BYTES)

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        chosen = data if isinstance(data, Chosen) else Chosen([data] if data else [], [])
        if not chosen and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        self.held = _finished(chosen.tokens)
        if len(chosen.uploads) + len(self.held) > self.most:
            words = ngettext_lazy("Choose at most %(count)s file.", "Choose at most %(count)s files.", self.most)
            raise ValidationError(words % {"count": digits(self.most)})
        return [*self.held, *(super(UploadedOrIncoming, self).clean(one, None) for one in chosen.uploads)]


def _finished(tokens: list[str]) -> list[Arrived]:
    """The files of whoever is asking, which no other has a token for."""
    request = current_request()
    if not tokens:
        return []
    if request is None or request.person is None:
        raise ValidationError(_("A file that you sent is no longer here. Choose it again."))
    try:
        return incoming.finished(tokens, by=request.person, at=clock.now())
    except Refused as refused:
        raise ValidationError(refused.sentence) from refused


def _all(given: Any, name: str) -> list[Any]:
    """Every value of a name, in what a browser sent or in a plain dictionary."""
    if hasattr(given, "getlist"):
        return [value for value in given.getlist(name) if value]
    value = given.get(name) if given else None
    return list(value) if isinstance(value, (list, tuple)) else [value] if value else []
