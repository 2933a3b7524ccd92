"""Scores that could be, in words. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from raprong.kpis.models import KpiYear
from raprong.lib.scoring.card import ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.criteria import Choice, Criteria, Deviation, Ladder, Steps, YesNo, levels_of
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.whatif import KpiGains, Reach
from raprong.web.results.figures import shown, written
from raprong.web.scores.forms import TryForm
from raprong.web.shell.filters import digits, figure, in_thai, with_measure

FINEST = Decimal("0.0001")


def status_words(status: Status) -> str:
    """What stands for a KPI, to be read."""
    words = {
        Status.REPORTED: _("Reported"),
        Status.NOT_REPORTED: _("Not reported yet"),
        Status.MISSING: _("The data do not exist"),
        Status.NOT_APPLICABLE: _("Not applicable"),
        Status.CANCELLED: _("Cancelled"),
        Status.NOT_STARTED: _("Not started yet"),
    }
    return words[status]


def band_title(total: Decimal | None, scheme: Scheme) -> str:
    """The name of the band that a total falls in; empty where there is none."""
    band = scheme.band_of(total) if total is not None else None
    return "" if band is None else (band.title_th if in_thai() else band.title_en)


def result_words(kpi: KpiYear, criteria: Criteria, result: Decimal | None) -> str:
    """A result as it would be said: a figure with its measure, yes or no, or the answer that is chosen."""
    if result is None:
        return "–"
    match criteria:
        case YesNo():
            return _("Yes") if result else _("No")
        case Choice(options) if 1 <= result <= len(options):
            return options[int(result) - 1].title
        case _:
            return with_measure(digits(shown(result)), kpi.measure)


@dataclass(frozen=True)
class ReachView:
    """A level that a KPI can still reach: which result it asks for, how far it is, and what it brings."""

    level: str
    at: str
    missing: str
    gain: str
    gains: bool


@dataclass(frozen=True)
class GainView:
    """One line of the ranked list."""

    kpi: KpiYear
    now: str
    next: ReachView
    top: ReachView | None  # none where one level is left


def gain_views(
    gains: Sequence[KpiGains], kpis: Mapping[str, KpiYear], criteria: Mapping[int, Criteria]
) -> list[GainView]:
    return [_gain_view(one, kpis[one.code], criteria[kpis[one.code].pk]) for one in gains]


def _gain_view(gains: KpiGains, kpi: KpiYear, criteria: Criteria) -> GainView:
    top = None if gains.top == gains.next else _reach_view(gains.top, kpi, criteria)
    return GainView(kpi, result_words(kpi, criteria, gains.result), _reach_view(gains.next, kpi, criteria), top)


def _reach_view(reach: Reach, kpi: KpiYear, criteria: Criteria) -> ReachView:
    return ReachView(
        level=digits(f"{reach.score.normalize():f}"),
        at=result_words(kpi, criteria, reach.at),
        missing="" if reach.missing is None else digits(shown(reach.missing)),
        gain=f"{reach.gain:+f}" if reach.gain else "0",
        gains=reach.gain > 0,
    )


@dataclass(frozen=True)
class TryView:
    """One KPI with its field, the slider beside it where the result is a figure, and its scores."""

    kpi: KpiYear
    field: BoundField | None
    slider: dict[str, str] | None
    result: str
    status: str  # empty where there is a result
    because: str
    gains: GainView | None
    at_top: bool


def try_views(
    form: TryForm,
    kpis: Sequence[KpiYear],
    criteria: Mapping[int, Criteria],
    card: ScoreCard,
    ranked: Sequence[GainView],
) -> list[TryView]:
    by_kpi = {view.kpi.pk: view for view in ranked}
    return [_try_view(form, kpi, criteria[kpi.pk], card.kpi(kpi.code), by_kpi.get(kpi.pk)) for kpi in kpis]


def _try_view(form: TryForm, kpi: KpiYear, criteria: Criteria, scored: ScoredKpi, gains: GainView | None) -> TryView:
    field = form[kpi.public_id] if kpi.public_id in form.fields else None
    return TryView(
        kpi=kpi,
        field=field,
        slider=slider_of(criteria, scored.result, months=scored.months) if field is not None else None,
        result=result_words(kpi, criteria, scored.result),
        status="" if scored.status is Status.REPORTED else status_words(scored.status),
        because=scored.because,
        gains=gains,
        at_top=gains is None and scored.result is not None,
    )


def slider_of(criteria: Criteria, result: Decimal | None, *, months: int | None) -> dict[str, str] | None:
    """The ends and the step of a slider that holds every level and what stands now; none for answers to choose."""
    if isinstance(criteria, (YesNo, Choice)):
        return None
    marks = [rung.at for rung in levels_of(criteria, months=months)]
    if isinstance(criteria, Deviation):
        plan = criteria.plan_in(months)
        furthest = abs(plan) * max(marks) / 100
        marks = [plan - furthest, plan + furthest]
    marks += [] if result is None else [result]
    lowest, highest = min(marks), max(marks)
    step = _step(highest - lowest) if isinstance(criteria, (Ladder, Deviation)) or _fine(criteria) else Decimal(1)
    return {"min": written(_down(lowest, step)), "max": written(_up(highest, step)), "step": f"{step:f}"}


def _fine(criteria: Criteria) -> bool:
    return not isinstance(criteria, Steps) or criteria.fractions


def _step(span: Decimal) -> Decimal:
    """A power of ten that divides a span into a hundred steps or more."""
    if span <= 0:
        return Decimal(1)
    return max(Decimal(1).scaleb(span.adjusted() - 2), FINEST)


def _down(number: Decimal, step: Decimal) -> Decimal:
    return number // step * step - (step if number < 0 and number % step else 0)


def _up(number: Decimal, step: Decimal) -> Decimal:
    return -_down(-number, step)


@dataclass(frozen=True)
class Outcome:
    """What the total would be, beside what it is."""

    now: str
    tried: str
    difference: str
    better: bool
    worse: bool
    band: str
    band_now: str
    weight: str
    changed: list[dict[str, str]]


def outcome_of(
    now: ScoreCard, then: ScoreCard, tried: Mapping[str, Decimal], scheme: Scheme, kpis: Mapping[str, KpiYear]
) -> Outcome:
    more = (then.total or Decimal(0)) - (now.total or Decimal(0))
    return Outcome(
        now=digits(figure(now.total)),
        tried=digits(figure(then.total)),
        difference="" if not more else digits(f"{more:+f}"),
        better=more > 0,
        worse=more < 0,
        band=band_title(then.final, scheme),
        band_now=band_title(now.final, scheme),
        weight=_("%(done)s of %(all)s")
        % {"done": digits(written(then.reported_weight)), "all": digits(written(then.total_weight))},
        changed=[_changed(now.kpi(code), then.kpi(code), kpis[code]) for code in tried],
    )


def _changed(before: ScoredKpi, after: ScoredKpi, kpi: KpiYear) -> dict[str, Any]:
    return {
        "code": digits(kpi.code),
        "title": kpi.title,
        "before": figure(before.score),
        "after": figure(after.score),
        "adds": "" if after.weighted is None else f"{after.weighted - (before.weighted or Decimal(0)):+f}",
    }
