"""Stationery in words: whose it is, which version holds, and what changed between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.documents.wording import FixedText, PaperWording, wording_of
from raprong.lib.thai.comparing import Change, changes
from raprong.lib.thai.names import join_english, join_thai
from raprong.organisation.models import Unit
from raprong.stationery.models import Letterhead, Version, Wording
from raprong.stationery.queries import Holder
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, in_thai, short_date

TITLES = {
    "agreement": gettext_lazy("Performance agreement"),
    "addendum": gettext_lazy("Addendum to an agreement"),
    "signing_form": gettext_lazy("Signing form"),
    "result_letter": gettext_lazy("Letter announcing the result"),
    "circular": gettext_lazy("Circular"),
    "committee_order": gettext_lazy("Order appointing a committee"),
    "manual": gettext_lazy("Manual of the year"),
    "sop_document": gettext_lazy("SOP as a controlled document"),
}


@dataclass(frozen=True)
class Difference:
    """What became of one text between two versions."""

    title: str
    pieces: tuple[Change, ...]


def title_of(kind: str) -> str:
    return str(TITLES[kind])


def holder_name(holder: Holder) -> str:
    if isinstance(holder, Unit):
        return unit_name(holder)
    return holder.name if in_thai() else holder.name_en or holder.name


def above(holder: Holder) -> str:
    """What holds where nothing is worded or set."""
    return _("as the agency has it") if isinstance(holder, Unit) else _("as it is by default")


def standing(versions: Sequence[Version], holder: Holder, *, on: date) -> tuple[str, str]:
    """Which version holds on a day, and what is still to come."""
    held = next((version for version in versions if version.in_force_from <= on), None)
    coming = [
        version for version in versions if version.in_force_from > on and (not held or version.number > held.number)
    ]
    note = ""
    if coming:
        words = {"number": digits(coming[0].number), "day": short_date(coming[0].in_force_from)}
        note = _("Version %(number)s holds from %(day)s.") % words
    if held is None or _is_as_above(held):
        return above(holder), note
    words = {"number": digits(held.number), "day": short_date(held.in_force_from)}
    return _("version %(number)s, since %(day)s") % words, note


def _is_as_above(version: Version) -> bool:
    if isinstance(version, Letterhead):
        return version.as_above
    return isinstance(version, Wording) and not version.texts


def text_title(text: FixedText) -> str:
    return text.title if in_thai() else text.title_en


def fields_of(wording: PaperWording, text: FixedText) -> list[dict[str, Any]]:
    """The fields that a text may name, those that it must first."""
    titles = {place.code: place.title if in_thai() else place.title_en for place in wording.places}
    ordered = sorted(text.places, key=lambda code: code not in text.must)
    return [{"code": f"{{{code}}}", "title": titles[code], "must": code in text.must} for code in ordered]


def differences(
    kind: str, before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> tuple[Difference, ...]:
    """Every text that is not the same in two wordings."""
    return tuple(
        Difference(text_title(text), tuple(changes(_text(before, text.key), _text(after, text.key))))
        for text in wording_of(kind).texts
        if _text(before, text.key) != _text(after, text.key)
    )


def difference_sentence(found: Sequence[Difference]) -> str:
    if not found:
        return _("No text is different.")
    names = (join_thai if in_thai() else join_english)([one.title for one in found])
    return _("Different: %(texts)s.") % {"texts": names}


def _text(texts: Mapping[str, Sequence[str]], key: str) -> str:
    return "\n".join(texts.get(key, ()))
