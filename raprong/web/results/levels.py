"""The level that a figure reaches, as a word and as a tint. The tint alone says nothing: the word stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.kpis.criteria_words import figure_words
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of, may_be_result
from raprong.lib.scoring.criteria import levels_of, place
from raprong.lib.scoring.ladder import Below
from raprong.web.shell.filters import digits

TINTS = 5


@dataclass(frozen=True)
class Reached:
    """The highest level reached, and which of the five tints it has: 0 is short of the first level."""

    words: str
    tint: int


def reached(kpi: KpiYear, value: Decimal | None, *, months: int) -> Reached | None:
    """The level of a figure by the criteria of a round; none without a figure, or where it cannot be scored."""
    criteria = criteria_of(kpi, months=months)
    if value is None or not may_be_result(criteria, value):
        return None
    lower = place(criteria, value, below=Below.FLOOR, months=months).lower
    scores = sorted({rung.score for rung in levels_of(criteria, months=months)})
    if lower is None:
        return Reached(_("short of %(level)s") % {"level": digits(figure_words(scores[0]))}, 0)
    share = Decimal(scores.index(lower.score) + 1) / len(scores)
    return Reached(_("level %(level)s") % {"level": digits(figure_words(lower.score))}, -int(-share * TINTS // 1))
