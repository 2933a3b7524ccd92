"""A final score out of parts, in words: what each part brings, and what is still waited for. No queries here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.lib.scoring.card import ComposedPart, Composition
from raprong.lib.scoring.composition import compose
from raprong.lib.scoring.scheme import Scheme, SchemePart
from raprong.web.results.figures import written
from raprong.web.shell.filters import digits, figure, in_thai


@dataclass(frozen=True)
class PartView:
    """One part: its points out of its full points, and what they are worth out of its weight."""

    title: str
    points: str
    worth: str
    weight: str


@dataclass(frozen=True)
class FinalView:
    """The final score with its parts; a dash while a part has no points."""

    total: str
    full: str
    band: str
    parts: list[PartView]
    waiting: str  # the parts that have no points yet, to be read; empty when all have


def part_title(part: SchemePart) -> str:
    return (part.title_th if in_thai() else part.title_en) or part.code


def final_view(composition: Composition | None, scheme: Scheme) -> FinalView | None:
    """The final score of a card; none where the scheme has no parts."""
    if composition is None:
        return None
    named = {part.code: part_title(part) for part in scheme.parts}
    waiting = [named[part.code] for part in composition.parts if part.worth is None]
    band = None if composition.total is None else scheme.band_of(composition.total)
    return FinalView(
        total=digits(figure(composition.total)),
        full=digits(written(scheme.full)),
        band="" if band is None else (band.title_th if in_thai() else band.title_en),
        parts=[_part_view(part, named[part.code]) for part in composition.parts],
        waiting=_("waits for %(parts)s") % {"parts": ", ".join(waiting)} if waiting else "",
    )


def final_of(total: Decimal | None, scheme: Scheme, given: Mapping[str, Decimal]) -> FinalView | None:
    """The final score of a total with the points given to the other parts; those of another scheme do not count."""
    if not scheme.parts:
        return None
    first, *others = scheme.parts
    points = {part.code: given[part.code] for part in others if part.code in given}
    return final_view(compose({first.code: total, **points}, scheme), scheme)


def _part_view(part: ComposedPart, title: str) -> PartView:
    return PartView(
        title=title,
        points=f"{written(part.points) or '–'} / {written(part.full)}",
        worth=figure(part.worth),
        weight=written(part.weight),
    )
