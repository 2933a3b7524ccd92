"""The curve of criteria as the component draws it: places in per cent of the picture, and words. It scores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from raprong.kpis.criteria_checks import said
from raprong.kpis.criteria_words import LevelText, level_texts, told_result
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.scoring.criteria import Criteria, Deviation, Ladder, Milestones, Steps, levels_of, place
from raprong.lib.scoring.criteria_faults import criteria_faults
from raprong.lib.scoring.curve import Curve, Piece, curve
from raprong.lib.scoring.ladder import Below
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme, scheme_from_data
from raprong.web.shell.filters import digits, figure

TICKS_APART = 13  # per cent of the width: figures of the axis do not run into each other on a phone
SCORE_TICKS = 7


@dataclass(frozen=True)
class Mark:
    """A place in the picture, in per cent from its left and its upper edge, with its words."""

    x: str
    y: str
    label: str = ""

    @property
    def anchor(self) -> str:
        """Which end of the words stands at the place, so that none leaves the picture."""
        at = float(self.x)
        return "start" if at < 12 else "end" if at > 88 else "middle"


@dataclass(frozen=True)
class Line:
    """A line without a jump: points as `x,y x,y`; dashed where it is short of the first level."""

    points: str
    below: bool


@dataclass(frozen=True)
class Bar:
    """An answer and what it is worth."""

    label: str
    score: str
    height: str
    top: str
    is_target: bool


@dataclass(frozen=True)
class CurveView:
    """Criteria as a picture; `summary` says the same to those who cannot see it, `notes` what is worth knowing."""

    title: str
    summary: str
    notes: Sequence[str]
    score_ticks: Sequence[Mark]
    lines: Sequence[Line] = ()
    jumps: Sequence[Line] = ()
    dots: Sequence[Mark] = ()
    result_ticks: Sequence[Mark] = ()
    target: Mark | None = None
    bars: Sequence[Bar] = ()


@dataclass(frozen=True)
class Curves:
    """The pictures of criteria, one for each round that differs; or why there is none yet."""

    views: Sequence[CurveView] = ()
    why_none: Sequence[str] = ()


def curves_of(
    criteria: Criteria, scheme: Scheme, *, target: Decimal | None, measure: str = "", texts: Sequence[LevelText] = ()
) -> Curves:
    """Draw criteria under a scheme, with the target in the last round: it is the year's."""
    faults = criteria_faults(criteria, scheme.scores)
    if faults:
        return Curves(why_none=list(dict.fromkeys(said(fault) for fault in faults))[:3])
    *earlier, last = _rounds_of(criteria)
    drawn = [_view(criteria, scheme, None, measure, texts, months) for months in earlier]
    return Curves((*drawn, _view(criteria, scheme, target, measure, texts, last)))


def curves_of_kpi(kpi: KpiYear) -> Curves:
    """The curves of a KPI as it stands."""
    scheme, texts = scheme_from_data(kpi.framework.scheme), level_texts(kpi)
    return curves_of(criteria_of(kpi), scheme, target=kpi.target, measure=kpi.measure, texts=texts)


def _rounds_of(criteria: Criteria) -> list[int | None]:
    """The rounds whose curves differ; None for criteria that ask the same in every round."""
    match criteria:
        case Milestones(rounds):
            return [months for months, _rungs in rounds]
        case Deviation(plans=plans):
            return [*(months for months, _plan in plans), None]
    return [None]


def _view(
    criteria: Criteria,
    scheme: Scheme,
    target: Decimal | None,
    measure: str,
    texts: Sequence[LevelText],
    months: int | None,
) -> CurveView:
    worth = None if target is None else _worth(criteria, target, scheme, months)
    drawn = curve(criteria, below=scheme.below, months=months, showing=() if worth is None else (target or Decimal(0),))
    notes = list(_notes(criteria, scheme, target, worth, drawn))
    title = _("%(months)s months") % {"months": digits(months)} if months else measure
    if isinstance(criteria, Deviation) and criteria.plans and months is None:
        title = _("The year")
    summary = " ".join([_spoken(texts), *notes]).strip()
    if drawn is None:
        bars = tuple(_bars(criteria, scheme, target))
        return CurveView(title, summary, notes, _score_ticks(scheme), bars=bars)
    frame = _Frame(drawn, scheme.scale_max)
    return CurveView(
        title=title,
        summary=summary,
        notes=notes,
        score_ticks=_score_ticks(scheme),
        lines=[frame.line(piece) for piece in drawn.pieces],
        jumps=list(frame.jumps()),
        dots=[frame.mark(at, Fraction(score)) for at, score in _points(criteria, months)],
        result_ticks=frame.ticks([at for at, _score in _points(criteria, months)] or _turns(drawn)),
        target=_target(frame, drawn, target, worth),
    )


def _worth(criteria: Criteria, result: Decimal, scheme: Scheme, months: int | None) -> Decimal | None:
    try:
        return half_up(place(criteria, result, below=scheme.below, months=months).raw, scheme.places)
    except ValueError:  # an option that is not there
        return None


def _notes(
    criteria: Criteria, scheme: Scheme, target: Decimal | None, worth: Decimal | None, drawn: Curve | None
) -> Iterator[str]:
    if target is not None and worth is not None:
        told = told_result(criteria, target, _figure)
        named = f"“{told}”" if drawn is None else digits(told)
        yield _("The target %(target)s is worth %(score)s.") % {"target": named, "score": digits(_figure(worth))}
    if drawn is not None and any(piece.below for piece in drawn.pieces):
        first = digits(_figure(min(score for _at, score in _all_points(criteria))))
        yield {
            Below.FLOOR: _("Short of the first level the score stays at %(score)s.") % {"score": first},
            Below.ZERO: _("Short of the first level the score is 0."),
            Below.PROPORTIONAL: _("Short of the first level the score falls in proportion."),
        }[scheme.below]


def _spoken(texts: Sequence[LevelText]) -> str:
    told = (_("level %(level)s asks for %(at)s") % {"level": digits(t.level), "at": digits(t.text)} for t in texts)
    return (", ".join(told) + ".") if texts else ""


def _points(criteria: Criteria, months: int | None) -> list[tuple[Decimal, Decimal]]:
    """The level points inside the picture; of levels that share a figure the highest, which reaching it earns."""
    match criteria:
        case Ladder(rungs) | Steps(rungs):
            return list({rung.at: (rung.at, rung.score) for rung in rungs}.values())
        case Milestones():
            return list({rung.at: (rung.at, rung.score) for rung in criteria.rungs_in(months)}.values())
    return []


def _all_points(criteria: Criteria) -> list[tuple[Decimal, Decimal]]:
    return [(rung.at, rung.score) for rung in levels_of(criteria)]


def _turns(drawn: Curve) -> list[Decimal]:
    return [piece.points[0].result for piece in drawn.pieces[1:]]


def _target(frame: _Frame, drawn: Curve, target: Decimal | None, worth: Decimal | None) -> Mark | None:
    if target is None or worth is None or not drawn.lowest <= target <= drawn.highest:
        return None
    return frame.mark(target, Fraction(worth), _("Target %(value)s") % {"value": _figure(target)})


def _bars(criteria: Criteria, scheme: Scheme, target: Decimal | None) -> Iterator[Bar]:
    for number, score in sorted(_all_points(criteria)):
        height = Fraction(score) * 100 / Fraction(scheme.scale_max)
        yield Bar(
            label=told_result(criteria, number),
            score=_figure(score),
            height=_percent(height),
            top=_percent(100 - height),
            is_target=target == number,
        )


def _score_ticks(scheme: Scheme) -> list[Mark]:
    scores = [Decimal(0), *scheme.scores] if len(scheme.scores) < SCORE_TICKS else [Decimal(0), scheme.scale_max]
    top = Fraction(scheme.scale_max)
    return [Mark("0", _percent(100 - Fraction(score) * 100 / top), _figure(score)) for score in dict.fromkeys(scores)]


@dataclass(frozen=True)
class _Frame:
    """Where results and scores lie in the picture."""

    drawn: Curve
    top: Decimal

    def x(self, result: Decimal) -> Fraction:
        width = Fraction(self.drawn.highest) - Fraction(self.drawn.lowest)
        return (Fraction(result) - Fraction(self.drawn.lowest)) * 100 / width

    def y(self, score: Fraction) -> Fraction:
        return 100 - score * 100 / Fraction(self.top)

    def mark(self, result: Decimal, score: Fraction, label: str = "") -> Mark:
        return Mark(_percent(self.x(result)), _percent(self.y(score)), label)

    def line(self, piece: Piece) -> Line:
        at = (f"{_percent(self.x(point.result))},{_percent(self.y(point.score))}" for point in piece.points)
        return Line(" ".join(at), piece.below)

    def jumps(self) -> Iterator[Line]:
        """Upright lines where the score jumps."""
        for before, after in pairwise(self.drawn.pieces):
            left, right = before.points[-1], after.points[0]
            if left.score != right.score:
                x = _percent(self.x(left.result))
                yield Line(f"{x},{_percent(self.y(left.score))} {x},{_percent(self.y(right.score))}", below=False)

    def ticks(self, results: Iterable[Decimal]) -> list[Mark]:
        """Figures along the axis, as many as stand clear of each other; the first and the last before all."""
        ordered = sorted(set(results))
        kept: list[Decimal] = []
        for result in [*ordered[:1], *ordered[-1:], *ordered[1:-1]]:
            if all(abs(self.x(result) - self.x(other)) >= TICKS_APART for other in kept):
                kept.append(result)
        return [self.mark(result, Fraction(0), _figure(result)) for result in sorted(kept)]


def _figure(number: Decimal) -> str:
    return figure(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize())


def _percent(value: Fraction) -> str:
    return f"{float(value):.3f}"
