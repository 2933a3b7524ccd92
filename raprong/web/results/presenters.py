"""Monthly results and scores in words. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from raprong.kpis.criteria_words import figure_words, level_texts, plan_words, result_words
from raprong.kpis.formulas import inputs_of
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of, in_families, measured, rungs_of
from raprong.lib.scoring.card import ScoreCard, ScoredKpi
from raprong.lib.scoring.criteria import Choice, Criteria, Ladder, Steps, YesNo, place
from raprong.lib.scoring.ladder import Below, Placing, Segment
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.weighting import weighted_score
from raprong.lib.scoring.whatif import reaches
from raprong.lib.thai.dates import month_short, month_short_en
from raprong.organisation.models import Agency, Unit
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthClose, MonthlyResult
from raprong.web.results.figures import shown, written
from raprong.web.shell.filters import digits, in_thai, month, with_measure

LONGEST_IN_A_CELL = 12  # letters
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
    measure: str  # what a figure is measured in; empty where results are answers
    note: str = ""  # what the levels rest on, such as a plan

    @property
    def result_said(self) -> str:
        """The result inside running text, with what it is measured in."""
        return with_measure(digits(self.result), self.measure).strip()

    @property
    def target_said(self) -> str:
        return with_measure(digits(self.target), self.measure).strip()


def ladder_of(kpi: KpiYear, scored: ScoredKpi) -> LadderView:
    """A KPI with its result on the levels of the round that is scored."""
    criteria = criteria_of(kpi, months=scored.months)
    asked = level_texts(kpi, months=scored.months, write=shown)
    scores = [level.score for level in asked]
    return LadderView(
        levels=[(level.level, level.text) for level in asked],
        place=_place(scored.placing, scores) if scored.placing else None,
        result=told(kpi, scored.result),
        target_place=_target_place(kpi, criteria, scores, scored.months),
        target=told(kpi, kpi.target),
        summary=_summary(kpi, scored),
        measure="" if isinstance(criteria, YesNo | Choice) else kpi.measure,
        note=plan_words(kpi, months=scored.months, write=shown),
    )


def told(kpi: KpiYear, result: Decimal | None) -> str:
    """A result to be read: a figure, yes or no, or the chosen answer; a dash where there is none."""
    return result_words(kpi, result, write=shown) or shown(None)


def levels_of(kpi: KpiYear, *, months: int | None = None) -> list[tuple[str, str]]:
    """Level and what it asks for, to be read."""
    return [(level.level, level.text) for level in level_texts(kpi, months=months, write=shown)]


def chart_levels(kpi: KpiYear) -> list[tuple[str, str]]:
    """The levels as the chart takes them, figures that a program can read; none where levels are no figures."""
    if not isinstance(criteria_of(kpi), Ladder | Steps):
        return []
    return [(figure_words(rung.score), written(rung.at)) for rung in rungs_of(kpi)]


def _target_place(kpi: KpiYear, criteria: Criteria, scores: Sequence[Decimal], months: int | None) -> Decimal | None:
    if kpi.target is None:
        return None
    try:
        return _place(place(criteria, kpi.target, below=Below.FLOOR, months=months), scores)
    except ValueError:  # an answer that is not there
        return None


def _place(placing: Placing, scores: Sequence[Decimal]) -> Decimal:
    """How far along a row of equally long levels a result stands; level numbers may leave gaps (only 1 and 5)."""
    if placing.segment is Segment.BELOW_FIRST or placing.lower is None:
        return SHORT_OF_FIRST
    reached = Fraction(scores.index(placing.lower.score) + 1)
    if placing.upper is not None and placing.raw > placing.lower.score:
        climbed = (placing.raw - Fraction(placing.lower.score)) / Fraction(placing.upper.score - placing.lower.score)
        reached += climbed
    return Decimal(reached.numerator) / Decimal(reached.denominator)


def _summary(kpi: KpiYear, scored: ScoredKpi) -> str:
    target = told(kpi, kpi.target)
    if scored.result is None:
        return _("No result yet. The target is %(target)s.") % {"target": target}
    return _("%(result)s earns %(score)s. The target is %(target)s.") % {
        "result": told(kpi, scored.result),
        "score": scored.score,
        "target": target,
    }


@dataclass(frozen=True)
class GapView:
    """A level not yet reached, in words: how far away, or the answer that reaches it; no gain where none is won."""

    level: str
    missing: str
    answer: str
    gain: str


def gaps_of(kpi: KpiYear, scored: ScoredKpi, scheme: Scheme) -> list[GapView]:
    """What is missing to the next level and to the highest, and what each would add to the unit's total."""
    if scored.result is None or scored.raw is None:
        return []
    ahead = reaches(measured(kpi, scored.result, months=scored.months))
    nearest_and_top = [*ahead[:1], *ahead[1:][-1:]]
    return [
        GapView(
            digits(figure_words(reach.score)),
            digits(shown(reach.missing)) if reach.missing is not None else "",
            told(kpi, reach.at) if reach.missing is None else "",
            digits(gain) if (gain := _gain(kpi, scored, reach.score, scheme)) else "",
        )
        for reach in nearest_and_top
    ]


def _gain(kpi: KpiYear, scored: ScoredKpi, score: Decimal, scheme: Scheme) -> Decimal:
    more = Fraction(score) - (scored.raw or Fraction(0))
    return weighted_score(more, kpi.weight_in_year, weight_base=scheme.weight_base, places=scheme.total_places)


def level_of(kpi: KpiYear, scored: ScoredKpi) -> str:
    """The highest level reached, for a column."""
    if scored.placing is None:
        return "–"
    lower = scored.placing.lower
    if lower is None:
        return _("short of %(level)s") % {"level": levels_of(kpi, months=scored.months)[0][0]}
    return figure_words(lower.score)


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
    """A row for each KPI, followed by its parts."""
    scores = {kpi.pk: scored for kpi, scored in zip(kpis, card.kpis, strict=True)}
    return [
        ScoreRow(kpi, scored, told(kpi, scored.result), level_of(kpi, scored), ladder_of(kpi, scored))
        for kpi in in_families(kpis)
        for scored in [scores[kpi.pk]]
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
    """A figure in the grid. A long answer stands with its number."""
    if result is None:
        return ""
    if result.value is None:
        return _("no data") if result.status == ResultStatus.MISSING else _("n/a")
    words = told(result.kpi, result.value)
    if len(words) <= LONGEST_IN_A_CELL:
        return words
    return _("answer %(number)s") % {"number": shown(result.value)}


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
    """One entry of a figure's history; inputs are what a reckoned figure came from."""

    person: str
    at: Any
    before: str
    after: str
    note: str
    inputs: str


def change_of(entry: Any, kpi: KpiYear) -> Change:
    """An audit entry as a line: who wrote which figure in place of which."""
    before, after = entry.facts.get("before"), entry.facts["after"]
    return Change(
        entry.by_name,
        entry.at,
        _figure_of(before, kpi),
        _figure_of(after, kpi),
        after["note"],
        inputs_said(kpi, after.get("inputs", {})),
    )


def inputs_said(kpi: KpiYear, inputs: Mapping[str, str]) -> str:
    """The figures that a result was reckoned from: people who passed 12 · people who sat 15."""
    titles = {one.name: one.title for one in inputs_of(kpi.inputs)}
    return " · ".join(f"{titles.get(name, name)} {shown(Decimal(figure))}" for name, figure in inputs.items())


def _figure_of(facts: dict[str, Any] | None, kpi: KpiYear) -> str:
    if facts is None:
        return ""
    if facts["value"] is None:
        return _("no data") if facts["status"] == ResultStatus.MISSING else _("n/a")
    return told(kpi, Decimal(facts["value"]))
