"""“Are you sure?”: what is asked about the figures of a KPI, and what was answered.

Questions are not stored. They follow from the figures and the rules each time they are looked at, so a figure that is
corrected takes its questions with it. Answers are stored, and hold for the figure that they were given for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.faults import Fault, Faults
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.figure_questions.asking import Figure, Question, questions_about
from raprong.lib.scoring.criteria import Ladder, Steps
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.results import permissions
from raprong.results.actions import LOCKED
from raprong.results.definitions import figure_rules
from raprong.results.models import FigureAnswer, MonthlyResult

MOST_LETTERS = 1000


@dataclass(frozen=True)
class Asked:
    """A question about one figure, and the answer where there is one that still holds."""

    result: MonthlyResult
    question: Question
    answer: FigureAnswer | None

    @property
    def title(self) -> str:
        rule = figure_rules().rule(self.question.rule)
        return rule.title_th if (get_language() or "th").startswith("th") else rule.title_en

    @property
    def sentence(self) -> str:
        return sentence_of(self.question)


def sentence_of(question: Question) -> str:
    """A question as a sentence with its numbers."""
    words = question.words
    match question.rule:
        case "out-of-range" if "most" in words:
            return _("%(figure)s is above %(most)s, the most that its measure knows. Is it right?") % words
        case "out-of-range":
            return _("%(figure)s is below %(least)s, the least that its measure knows. Is it right?") % words
        case "big-step":
            sentence = _(
                "The step from last month's %(last)s is %(step)s; the biggest before was %(usual)s. Is it right?"
            )
            return sentence % words
        case "cumulative-falls":
            sentence = _("%(figure)s is less than last month's %(last)s, and it counts since October. Is it right?")
            return sentence % words
        case "numerator-above-denominator":
            return _("The part, %(part)s, is more than the whole, %(whole)s. Is it right?") % words
    sentence = _("The months before lead to about %(expected)s, between %(from)s and %(to)s. Is the figure right?")
    return sentence % words


def questions_of_run(run: Run, *, group: Unit | None = None, kpis: Collection[int] | None = None) -> list[Asked]:
    """Everything that is asked about the figures of a run, of a group, or of some KPIs by their primary keys."""
    rows = MonthlyResult.objects.filter(kpi__framework__run=run).select_related("kpi__framework__run", "reported_by")
    asked = rows.filter(kpi__group=group) if group else rows
    asked = asked if kpis is None else asked.filter(kpi__in=kpis)
    return asked_about(run, asked.order_by("kpi__sort_code", "kpi__code", "month"))


def questions_of_kpi(kpi: KpiYear) -> list[Asked]:
    """Everything that is asked about the figures of one KPI, month by month."""
    rows = MonthlyResult.objects.filter(kpi=kpi).select_related("kpi__framework__run", "reported_by")
    return asked_about(kpi.run, rows.order_by("month"))


def asked_about(run: Run, results: Iterable[MonthlyResult]) -> list[Asked]:
    """What is asked about figures; each looks at those of its KPI before it, so give all of a KPI's months."""
    by_kpi: dict[int, list[MonthlyResult]] = {}
    for result in results:
        by_kpi.setdefault(result.kpi_id, []).append(result)
    answers = _answers(by_kpi)
    places = {month: place for place, month in enumerate(run.year.months(), start=1)}
    return [
        Asked(result, question, answers.get((result.kpi_id, result.month, question.rule, result.value)))
        for rows in by_kpi.values()
        for number, result in enumerate(rows)
        if result.value is not None
        for question in questions_about(_figure(result, result.value, rows[:number], places), figure_rules())
    ]


@transaction.atomic
def answer(kpi: KpiYear, month: date, rule: str, *, because: str, by: Person, at: datetime) -> FigureAnswer:
    """Say that a figure is right in spite of a question, and why. Those who assess it see both.

    Refused: what is not asked, a second answer for the same figure, an answer without a reason, and whoever does not
    report for the group. A closed month may still be answered for: its figure does not change.
    """
    run = kpi.run
    kpi = LOCKED.get(pk=kpi.pk)
    permissions.check_may_report_for(by, run, kpi.group, at=at)
    found = next((one for one in questions_of_kpi(kpi) if (one.result.month, one.question.rule) == (month, rule)), None)
    if found is None:
        raise Refused(_("This is not asked, or no longer."))
    if found.answer is not None:
        raise Refused(_("%(person)s answered this before.") % {"person": found.answer.answered_by})
    _check_reason(because)
    assert found.result.value is not None, "only figures are asked about"

    given = FigureAnswer.objects.create(
        kpi=kpi,
        month=month,
        rule=rule,
        facts=dict(found.question.words),
        value=found.result.value,
        because=because.strip(),
        answered_at=at,
        answered_by=by,
    )
    record(
        "result.question_answered",
        about=given,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        kpi=reference(kpi),
        month=month,
        rule=rule,
        because=because.strip(),
    )
    return given


def _check_reason(because: str) -> None:
    if not because.strip():
        raise Faults([Fault("because", _("Say why the figure is right."))])
    if len(because) > MOST_LETTERS:
        raise Faults([Fault("because", _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS})])


def _answers(kpis: Iterable[int]) -> dict[tuple[int, date, str, Decimal | None], FigureAnswer]:
    given = FigureAnswer.objects.filter(kpi__in=list(kpis)).select_related("answered_by")
    return {(one.kpi_id, one.month, one.rule, one.value): one for one in given}


def _figure(
    result: MonthlyResult, value: Decimal, before: Sequence[MonthlyResult], places: Mapping[date, int]
) -> Figure:
    kpi = result.kpi
    return Figure(
        value,
        month=places[result.month],
        before=[(places[one.month], one.value) for one in before if one.value is not None],
        counting=kpi.counting,
        measure=kpi.measure,
        fewer_is_better=_fewer_is_better(kpi),
        inputs=_inputs(result),
        expression=kpi.expression,
    )


def _fewer_is_better(kpi: KpiYear) -> bool:
    """Whether the levels climb as the figure falls; of other criteria than levels of a figure nothing is known."""
    criteria = criteria_of(kpi)
    return not isinstance(criteria, Ladder | Steps) or criteria.rungs[0].at > criteria.rungs[-1].at


def _inputs(result: MonthlyResult) -> dict[str, Decimal]:
    try:
        return {name: Decimal(figure) for name, figure in result.inputs.items()}
    except InvalidOperation:
        return {}
