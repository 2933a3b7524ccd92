"""What criteria of each kind ask for, in the words of a page or, under a Thai language, of a paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.scheme import scheme_from_data

Written = Callable[[Decimal], str]
SIGN = {Side.BOTH: "±", Side.OVER: "+", Side.UNDER: "−"}


@dataclass(frozen=True)
class LevelText:
    """A score, and in words what earns it."""

    score: Decimal
    text: str

    @property
    def level(self) -> str:
        return figure_words(self.score)


def figure_words(number: Decimal) -> str:
    """A figure without the noughts that its column adds: 59.0000 is 59."""
    return format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize(), "f")


def level_texts(kpi: KpiYear, *, months: int | None = None, write: Written = figure_words) -> list[LevelText]:
    """What each score of a KPI's criteria asks for, the lowest score first; in a round, by the criteria of the round.

    Answers worth the same stand together. Scores that the criteria leave open are left out.
    """
    titles = [str(step.get("title", "")) for step in kpi.steps]
    return texts_of(criteria_of(kpi, months=months), months=months, titles=titles, write=write)


def level_columns(kpi: KpiYear, *, months: int | None = None, write: Written = figure_words) -> list[LevelText]:
    """The same with every level of the year's scale; the text of a level that is left open is empty."""
    asked = {text.score: text for text in level_texts(kpi, months=months, write=write)}
    return [asked.get(score, LevelText(score, "")) for score in scheme_from_data(kpi.framework.scheme).scores]


def own_rounds(kpi: KpiYear) -> list[int]:
    """The rounds, in months, that ask something of their own: criteria, a table of milestones, or a plan."""
    criteria = criteria_of(kpi)
    rounds = {int(months) for months in kpi.round_criteria}
    if isinstance(criteria, Milestones) and len(criteria.rounds) > 1:
        rounds |= {months for months, _rungs in criteria.rounds}
    if isinstance(criteria, Deviation):
        rounds |= {months for months, _plan in criteria.plans}
    return sorted(rounds)


def result_words(kpi: KpiYear, result: Decimal | None, *, write: Written = figure_words) -> str:
    """A result as its kind is told: yes, the chosen answer, or the figure. Empty where there is none."""
    return "" if result is None else told_result(criteria_of(kpi), result, write)


def told_result(criteria: Criteria, result: Decimal, write: Written = figure_words) -> str:
    match criteria:
        case YesNo():
            return _("Yes") if result else _("No")
        case Choice(options) if result == int(result) and 1 <= result <= len(options):
            return options[int(result) - 1].title
    return write(result)


def plan_words(kpi: KpiYear, *, months: int | None = None, write: Written = figure_words) -> str:
    """The plan of a KPI that is judged by its deviation, as a sentence; empty for other kinds."""
    criteria = criteria_of(kpi, months=months)
    if not isinstance(criteria, Deviation):
        return ""
    words = {"plan": write(criteria.plan_in(months)), "unit": kpi.measure}
    match criteria.side:
        case Side.OVER:
            return _("The plan is %(plan)s %(unit)s. Only what lies over it counts as deviation.") % words
        case Side.UNDER:
            return _("The plan is %(plan)s %(unit)s. Only what lies under it counts as deviation.") % words
    return _("The plan is %(plan)s %(unit)s. What lies over or under it counts as deviation.") % words


def texts_of(
    criteria: Criteria,
    *,
    months: int | None = None,
    titles: Sequence[str] = (),
    write: Written = figure_words,
) -> list[LevelText]:
    """What each score of criteria asks for; ``titles`` name the steps or milestones, the first one first."""
    match criteria:
        case Ladder(rungs) | Steps(rungs, True):
            return [LevelText(rung.score, write(rung.at)) for rung in rungs]
        case Steps(rungs):
            return _counts(rungs, titles, write)
        case Bands(ranges):
            return [LevelText(band.score, _band(band, write)) for band in sorted(ranges, key=lambda held: held.score)]
        case YesNo(yes, no):
            return sorted([LevelText(no, _("No")), LevelText(yes, _("Yes"))], key=lambda text: text.score)
        case Choice():
            return _answers(criteria)
        case Milestones(rounds):
            if months is not None or len(rounds) == 1:
                return _counts(criteria.rungs_in(months), titles, write)
            return _by_round(rounds, write)
        case Deviation(rungs=rungs, side=side):
            return [LevelText(rung.score, f"{SIGN[side]}{write(rung.at)} %") for rung in rungs]


def _counts(rungs: Sequence[Rung], titles: Sequence[str], write: Written) -> list[LevelText]:
    """Numbers of steps: one with its title, or from one number to the number before the next level's."""
    rising = len(rungs) < 2 or rungs[-1].at > rungs[0].at
    last = {rung: rung.at for rung in rungs}
    if rising:
        last |= {rung: max(rung.at, later.at - 1) for rung, later in pairwise(rungs)}
    return [LevelText(rung.score, _count(rung.at, last[rung], titles, write)) for rung in rungs]


def _count(first: Decimal, last: Decimal, titles: Sequence[str], write: Written) -> str:
    if last > first:
        return f"{write(first)}–{write(last)}"
    title = titles[int(first) - 1] if 1 <= first <= len(titles) else ""
    return f"{write(first)} {title}".strip()


def _band(band: Range, write: Written) -> str:
    if band.lowest is None or band.highest is None:
        if band.highest is not None:
            return _("up to %(at)s") % {"at": write(band.highest)}
        return _("from %(at)s") % {"at": write(band.lowest or Decimal(0))}
    return f"{write(band.lowest)} – {write(band.highest)}"


def _answers(criteria: Choice) -> list[LevelText]:
    titles: dict[Decimal, list[str]] = {}
    for option in criteria.options:
        titles.setdefault(option.score, []).append(option.title)
    return [LevelText(score, " / ".join(held)) for score, held in sorted(titles.items())]


def _by_round(rounds: Sequence[tuple[int, Sequence[Rung]]], write: Written) -> list[LevelText]:
    asked: dict[Decimal, list[str]] = {}
    for months, rungs in rounds:
        for rung in rungs:
            words = {"months": months, "count": write(rung.at)}
            asked.setdefault(rung.score, []).append(_("%(months)s months: %(count)s") % words)
    return [LevelText(score, "; ".join(held)) for score, held in sorted(asked.items())]
