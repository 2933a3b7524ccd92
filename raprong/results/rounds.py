"""One entry, every rhythm: the same monthly figures read by the rounds of any rhythm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.lib.scoring.card import ScoreCard, ScoredKpi
from raprong.processes.models import Run
from raprong.results.queries import score_card


@dataclass(frozen=True)
class RoundView:
    """One round of a rhythm: its last day, and the scores up to it. None before its first day has come."""

    months: int
    ends_on: date
    over: bool
    card: ScoreCard | None


@dataclass(frozen=True)
class KpiInRounds:
    """A KPI with what stood for it at the end of each round."""

    kpi: KpiYear
    scored: tuple[ScoredKpi | None, ...]


def rounds_of(run: Run, rounds: Sequence[int], *, on: date) -> list[RoundView]:
    """The rounds of a rhythm, each scored from the figures reported up to its end.

    Criteria are those of the round of the year's SOP that a day belongs to. A round that is not over shows what has
    been reported so far; one that has not begun shows nothing. Figures are never added up or averaged over months:
    what stands for a KPI is the latest figure, whatever it counts.
    """
    views, begins = [], run.year.starts_on
    for months in rounds:
        ends_on = run.year.round_ends_on(months)
        begun = begins <= on
        views.append(RoundView(months, ends_on, ends_on < on, score_card(run, upto=ends_on) if begun else None))
        begins = ends_on
    return views


def kpis_in_rounds(run: Run, views: Sequence[RoundView]) -> list[KpiInRounds]:
    """Every selected KPI with its standing at the end of each round, in the order of their codes."""
    kpis = list(selected_kpis(run).with_sums())
    cards = [{scored.code: scored for scored in view.card.kpis} if view.card else {} for view in views]
    return [KpiInRounds(kpi, tuple(card.get(kpi.code) for card in cards)) for kpi in kpis]
