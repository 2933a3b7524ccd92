"""Monthly results and scores in words. No queries here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of, rungs_of
from raprong.lib.scoring.criteria import place
from raprong.lib.scoring.explain import ScoreCard, ScoredKpi
from raprong.lib.scoring.ladder import Below, Gap, Placing, Rung, Segment, next_levels
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.weighting import weighted_score
from raprong.lib.thai.dates import month_short, month_short_en
from raprong.organisation.models import Agency, Unit
from raprong.results.models import MonthClose, MonthlyResult
from raprong.web.results.figures import shown, written
from raprong.web.shell.filters import digits, in_thai, month

SHORT_OF_FIRST = Decimal("0.5")  # in the middle of the first bar: on the way to level 1, and not there


def name_of(unit: Unit | Agency) -> str:
    """A unit's own name, in English where it has one and the reader reads English."""
    return (not in_thai() and unit.name_en) or unit.name


def short_month(day: date) -> str:
    return month_short(day.month) if in_thai() else month_short_en(day.month)


@dataclass(frozen=True)
class LadderView:
    """A KPI on its ladder, as the component draws it. Places are counted in levels from the left end."""

    levels: list[tuple[str, str]]
    place: Decimal | None
    result: str
    target_place: Decimal | None
    target: str
    summary: str


def ladder_of(kpi: KpiYear, scored: ScoredKpi) -> LadderView:
    rungs = rungs_of(kpi)
    return LadderView(
        levels=levels_of(kpi),
        place=_place(scored.placing, rungs) if scored.placing else None,
        result=shown(scored.result),
        target_place=None
        if kpi.target is None
        else _place(place(criteria_of(kpi), kpi.target, below=Below.FLOOR), rungs),
        target=shown(kpi.target),
        summary=_summary(kpi, scored),
    )


def levels_of(kpi: KpiYear) -> list[tuple[str, str]]:
    """Level and the figure it asks for, to be read."""
    return [(_level(rung), shown(rung.at)) for rung in rungs_of(kpi)]


def chart_levels(kpi: KpiYear) -> list[tuple[str, str]]:
    """The same as the chart takes them: figures that a program can read."""
    return [(_level(rung), written(rung.at)) for rung in rungs_of(kpi)]


def _level(rung: Rung | Gap) -> str:
    return f"{rung.score.normalize():f}"


def _place(placing: Placing, rungs: Sequence[Rung]) -> Decimal:
    """How far along a row of equally long levels a result stands; level numbers may leave gaps (only 1 and 5)."""
    if placing.segment is Segment.BELOW_FIRST or placing.lower is None:
        return SHORT_OF_FIRST
    reached = Fraction([rung.score for rung in rungs].index(placing.lower.score) + 1)
    if placing.upper is not None and placing.raw > placing.lower.score:
        climbed = (placing.raw - Fraction(placing.lower.score)) / Fraction(placing.upper.score - placing.lower.score)
        reached += climbed
    return Decimal(reached.numerator) / Decimal(reached.denominator)


def _summary(kpi: KpiYear, scored: ScoredKpi) -> str:
    target = shown(kpi.target)
    if scored.result is None:
        return _("No result yet. The target is %(target)s.") % {"target": target}
    return _("%(result)s earns %(score)s. The target is %(target)s.") % {
        "result": shown(scored.result),
        "score": scored.score,
        "target": target,
    }


@dataclass(frozen=True)
class GapView:
    """A level not yet reached, in words; no gain where the score stays what it is."""

    level: str
    missing: str
    gain: str


def gaps_of(kpi: KpiYear, scored: ScoredKpi, scheme: Scheme) -> list[GapView]:
    """What is missing to the next level and to the highest, and what each would add to the unit's total."""
    if scored.result is None or scored.raw is None:
        return []
    gaps = next_levels(scored.result, rungs_of(kpi))
    nearest_and_top = [*gaps[:1], *gaps[1:][-1:]]
    return [
        GapView(
            digits(_level(gap)),
            digits(shown(gap.missing)),
            digits(gain) if (gain := _gain(kpi, scored, gap.score, scheme)) else "",
        )
        for gap in nearest_and_top
    ]


def _gain(kpi: KpiYear, scored: ScoredKpi, score: Decimal, scheme: Scheme) -> Decimal:
    more = Fraction(score) - (scored.raw or Fraction(0))
    weight, base = kpi.weight or Decimal(0), scheme.weight_base
    return weighted_score(more, weight, weight_base=base, places=scheme.total_places)


def level_of(kpi: KpiYear, scored: ScoredKpi) -> str:
    """The highest level reached, for a column."""
    if scored.placing is None:
        return "–"
    lower = scored.placing.lower
    if lower is None:
        return _("short of %(level)s") % {"level": _level(rungs_of(kpi)[0])}
    return _level(lower)


@dataclass(frozen=True)
class ScoreRow:
    """A KPI of the year with its score."""

    kpi: KpiYear
    scored: ScoredKpi
    result: str
    level: str
    ladder: LadderView

    @property
    def as_bar(self) -> dict[str, Any]:
        """As the chart of the year takes it."""
        return {"code": self.kpi.code, "name": self.kpi.title, "weight": self.kpi.weight, "score": self.scored.score}


def score_rows(kpis: Sequence[KpiYear], card: ScoreCard) -> list[ScoreRow]:
    return [
        ScoreRow(kpi, scored, shown(scored.result), level_of(kpi, scored), ladder_of(kpi, scored))
        for kpi, scored in zip(kpis, card.kpis, strict=True)
    ]


@dataclass(frozen=True)
class MonthView:
    """A month of the year as a column of the grid and a line of the list of months."""

    month: date
    label: str
    begun: bool
    over: bool
    now: bool
    closed: MonthClose | None
    closable: bool  # by the person who looks
    missing: tuple[str, ...]  # codes

    @property
    def code(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def title(self) -> str:
        return month(self.month)

    @property
    def state(self) -> str:
        if self.closed:
            return "done"
        if not self.begun:
            return "wait"
        return "late" if self.over and self.missing else "now"

    @property
    def words(self) -> str:
        """Where the month stands."""
        if self.closed:
            return _("Closed")
        if not self.begun:
            return _("Not yet")
        if self.missing:
            return _("%(count)s missing") % {"count": digits(len(self.missing))}
        return _("Complete")


def cell(result: MonthlyResult | None) -> str:
    """A figure in the grid."""
    if result is None:
        return ""
    return _("n/a") if result.value is None else shown(result.value)


def chart_months(months: Sequence[date], results: dict[date, MonthlyResult]) -> list[dict[str, Any]]:
    """A KPI's months as the chart takes them: numbers as strings, None where nothing is reported."""
    return [
        {
            "label": short_month(day),
            "result": written(found.value) if (found := results.get(day)) and found.value is not None else None,
        }
        for day in months
    ]


@dataclass(frozen=True)
class Change:
    """One entry of a figure's history."""

    person: str
    at: Any
    before: str
    after: str
    note: str


def change_of(entry: Any) -> Change:
    """An audit entry as a line: who wrote which figure in place of which."""
    before, after = entry.facts.get("before"), entry.facts["after"]
    return Change(entry.by_name, entry.at, _figure_of(before), _figure_of(after), after["note"])


def _figure_of(facts: dict[str, Any] | None) -> str:
    if facts is None:
        return ""
    return _("n/a") if facts["value"] is None else shown(Decimal(facts["value"]))
