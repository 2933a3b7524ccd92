"""Everything that can be wrong with the criteria of a KPI in a year, each fault at the place where it was written."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.kpis.models import Framework
from raprong.lib.scoring.criteria import Bands, Choice, Criteria, Deviation, Ladder, Milestones, Steps, YesNo
from raprong.lib.scoring.criteria_faults import CriteriaFault, criteria_faults
from raprong.lib.scoring.scheme import Scheme, stored_scheme

MOST_DIGITS_BEFORE_POINT = 11
MOST_PLACES = 4
MOST_ANSWERS = 20
MOST_LETTERS = 300


def faults_of_criteria(criteria: Criteria, scheme: Scheme) -> list[tuple[str, str]]:
    """Faults as (place, sentence): figures that cannot be kept before all, else what `criteria_faults` finds."""
    unreadable = [(path, sentence) for path, number in _figures(criteria) if (sentence := figure_fault(number))]
    return [
        *(unreadable or [(fault.path, said(fault)) for fault in criteria_faults(criteria, scheme.scores)]),
        *_faults_of_answers(criteria),
    ]


def target_fault(criteria: Criteria, target: Decimal) -> str:
    """Why a target cannot be one of these criteria's results; empty when it can."""
    match criteria:
        case YesNo() if target not in (0, 1):
            return _("The target of yes or no is 1 for yes, or 0 for no.")
        case Choice(options) if target % 1 or not 1 <= target <= len(options):
            return _("The target is the number of an answer, 1 to %(last)s.") % {"last": len(options)}
        case Steps(fractions=False) | Milestones() if target % 1 or target < 0:
            return _("The target is a whole number of steps.")
    return ""


def said(fault: CriteriaFault) -> str:
    """A fault of criteria in the language of the page."""
    return fault.sentence_th if (get_language() or "th").startswith("th") else fault.sentence


def figure_fault(number: Decimal) -> str:
    """Why a figure cannot be kept; empty when it can."""
    if not number.is_finite():
        return _("This is not a number. Write digits with at most one point, such as 94.5.")
    if number.adjusted() >= MOST_DIGITS_BEFORE_POINT or -int(number.as_tuple().exponent) > MOST_PLACES:
        return _("%(number)s has too many digits. Use at most %(before)s before the point and %(after)s after it.") % {
            "number": format(number, "f"),
            "before": MOST_DIGITS_BEFORE_POINT,
            "after": MOST_PLACES,
        }
    return ""


def _figures(criteria: Criteria) -> Iterator[tuple[str, Decimal]]:
    match criteria:
        case Ladder(rungs) | Steps(rungs) | Deviation(rungs=rungs):
            yield from ((f"level_{rung.score}", rung.at) for rung in rungs)
        case Milestones(rounds):
            yield from ((f"round_{months}_level_{rung.score}", rung.at) for months, rungs in rounds for rung in rungs)
        case Bands(ranges):
            for number, band in enumerate(ranges, start=1):
                ends = ((f"band_{number}_from", band.lowest), (f"band_{number}_to", band.highest))
                yield from ((path, end) for path, end in ends if end is not None)
    if isinstance(criteria, Deviation):
        yield ("plan", criteria.plan)
        yield from ((f"plan_{months}", plan) for months, plan in criteria.plans)


def _faults_of_answers(criteria: Criteria) -> Iterator[tuple[str, str]]:
    if not isinstance(criteria, Choice):
        return
    if len(criteria.options) > MOST_ANSWERS:
        yield "options", _("Give at most %(most)s answers.") % {"most": MOST_ANSWERS}
    for number, option in enumerate(criteria.options, start=1):
        if len(option.title) > MOST_LETTERS:
            words = {"most": MOST_LETTERS}
            yield f"option_{number}_title", _("This is too long. Use at most %(most)s letters.") % words


def faults_of_round(
    framework: Framework, year: Criteria, months: int, criteria: Criteria | None
) -> Iterator[tuple[str, str]]:
    """Why a round cannot be judged by criteria of its own beside the year's: pairs of a form's field and a sentence.

    They are of the year's kind, and a choice has as many answers, because one figure is reported for both.
    """
    if months not in framework.run.definition.reporting.rounds:
        yield "", _("Choose a round of this year.")
    if criteria is None:
        return
    if isinstance(year, Milestones):
        yield "", _("Milestones of each round are part of the year's criteria. Revise those.")
        return
    if criteria.kind != year.kind:
        yield "criteria_kind", _("A round is judged by criteria of the same kind as the year.")
        return
    if isinstance(criteria, Choice) and isinstance(year, Choice) and len(criteria.options) != len(year.options):
        words = {"count": len(year.options)}
        yield "options", _("Give %(count)s answers, as the year has: what is reported is the number of one.") % words
    yield from faults_of_criteria(criteria, stored_scheme(framework.scheme))
