"""What holds for a unit on a day: its own versions, else the agency's, else the default."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings

from raprong.documents.wording import default_wording
from raprong.lib.rendering import SARABUN, PrintStyle
from raprong.lib.rendering.typefaces import typefaces_in
from raprong.organisation.models import Agency, Unit
from raprong.stationery.models import Letterhead, VersionQuerySet, Wording

Holder = Agency | Unit
Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class PaperStyle:
    """How a unit's papers look: typeface and emblem, the lines of its address, and whether digits are Thai."""

    style: PrintStyle = SARABUN
    address: str = ""
    thai_digits: bool = True

    @classmethod
    def of(cls, typeface: PrintStyle, emblem: str, address: str, thai_digits: bool) -> "PaperStyle":
        return cls(replace(typeface, garuda_svg=emblem), address, thai_digits)


@dataclass(frozen=True)
class Shown:
    """When a paper was shown to those who sign it: the day whose look it had, and the moment at which it was made."""

    on: date
    at: datetime


def style_for(unit: Unit, *, on: date, made_by: datetime | None = None) -> PaperStyle:
    """The look of a unit's papers on a day: its own, unless it is as the agency's, or the default.

    With `made_by`, what was decided after that moment does not count.
    """
    held = letterhead_for(unit, on=on, made_by=made_by)
    return style_of(held) if held else PaperStyle(address=unit.office.address)


def style_of_holder(holder: Holder, *, on: date) -> PaperStyle:
    """The look that a unit, or the agency as a whole, gives its papers on a day."""
    if isinstance(holder, Unit):
        return style_for(holder, on=on)
    held = letterheads_of(holder).in_force(on).first()
    return style_of(held) if held and not held.as_above else PaperStyle()


def style_of(letterhead: Letterhead) -> PaperStyle:
    """The look that one version describes. A typeface that is no longer installed gives way to the open Sarabun."""
    style = typefaces_in(settings.FONTS_DIR).get(letterhead.typeface, SARABUN)
    return PaperStyle.of(style, letterhead.emblem, letterhead.address, letterhead.thai_digits)


def letterhead_for(unit: Unit, *, on: date, made_by: datetime | None = None) -> Letterhead | None:
    """The letterhead of a unit on a day: its own, unless it is as the agency's; None for the default."""
    for holder in (unit.office, unit.agency):
        versions = letterheads_of(holder).in_force(on)
        held = (versions.filter(made_at__lte=made_by) if made_by else versions).first()
        if held is not None and not held.as_above:
            return held
    return None


def wording_for(unit: Unit, kind: str, *, on: date) -> dict[str, tuple[str, ...]]:
    """The fixed words of a kind of paper for a unit on a day, whole."""
    return default_wording(kind) | texts_above(unit.office, kind, on=on) | own_texts(unit.office, kind, on=on)


def texts_above(holder: Holder, kind: str, *, on: date) -> dict[str, tuple[str, ...]]:
    """What a holder finds before it words anything in its own way: for a unit the agency's, for an agency nothing."""
    return own_texts(holder.agency, kind, on=on) if isinstance(holder, Unit) else {}


def own_texts(holder: Holder, kind: str, *, on: date) -> dict[str, tuple[str, ...]]:
    """What a holder words in its own way on a day. A text that papers no longer have is left out."""
    held = wordings_of(holder, kind).in_force(on).first()
    known = default_wording(kind)
    return {key: tuple(lines) for key, lines in held.texts.items() if key in known} if held else {}


def letterheads_of(holder: Holder) -> VersionQuerySet:
    """Every version of a holder's letterhead, the newest first."""
    return Letterhead.objects.of(*_place(holder)).select_related("made_by", "agency", "unit").order_by("-number")


def wordings_of(holder: Holder, kind: str) -> VersionQuerySet:
    """Every version of a holder's wording of a kind of paper, the newest first."""
    return (
        Wording.objects.of(*_place(holder))
        .filter(kind=kind)
        .select_related("made_by", "agency", "unit")
        .order_by("-number")
    )


def _place(holder: Holder) -> tuple[Agency, Unit | None]:
    return (holder.agency, holder) if isinstance(holder, Unit) else (holder, None)
