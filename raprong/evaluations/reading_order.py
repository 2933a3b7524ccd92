"""The assessor's queue: which claim to read first, and why. Nothing here is stored, and nothing scores."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.assessments.enums import State as ReportState
from raprong.assessments.models import AssessmentItem
from raprong.core.clock import day_of
from raprong.evaluations.definitions import reading_order
from raprong.evaluations.enums import State
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.queries import flags_by_kpi
from raprong.evaluations.samples import names_drawn
from raprong.evaluations.totals import rule_of
from raprong.evidence.proof import proof_of_round
from raprong.lib.reading_order.weighing import Claim, Reason, reasons_for, risk_of
from raprong.organisation.models import Person
from raprong.results.definitions import rhythms
from raprong.results.models import MonthlyResult
from raprong.results.months import last_day_of


@dataclass(frozen=True)
class Queued:
    """A KPI of a report in the queue: why it is risky, and whether the random sample drew it."""

    score: GivenScore
    reasons: tuple[Reason, ...]
    drawn: bool

    @property
    def risk(self) -> Decimal:
        return risk_of(self.reasons)

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it still, or again."""
        return self.score.looked_at is None or self.score.doubted_id is not None


def years_to_read(person: Person, *, on: date) -> list[int]:
    """The fiscal years of which something is being scored that a person may see, the latest first."""
    open_now = Evaluation.objects.visible_to(person, on=on).exclude(state=State.CONFIRMED)
    return sorted(set(open_now.values_list("assessment__run__fiscal_year", flat=True)), reverse=True)


def scores_to_read(person: Person, *, fiscal_year: int, on: date) -> QuerySet[GivenScore]:
    """Every KPI of the year's open evaluations whose scores a person may see."""
    return (
        GivenScore.objects.visible_to(person, on=on)
        .filter(evaluation__assessment__run__fiscal_year=fiscal_year)
        .exclude(evaluation__state=State.CONFIRMED)
        .select_related(
            "item__kpi__group__parent",
            "item__kpi__dimension",
            "item__kpi__parent",
            "item__assessment",
            "evaluation__assessment__run__unit__agency",
            "evaluation__assessment__run__sop",
            "looked_at_by",
        )
        .order_by("evaluation__assessment__run__unit__name", "item__kpi__sort_code", "item__kpi__code")
    )


def queue_of(scores: Iterable[GivenScore]) -> list[Queued]:
    """The scores with their reasons, the riskiest first; of equal risk, what was drawn, then the heavier KPI."""
    by_evaluation: dict[Evaluation, list[GivenScore]] = defaultdict(list)
    for score in scores:
        by_evaluation[score.evaluation].append(score)
    found = [queued for evaluation, some in by_evaluation.items() for queued in _queued(evaluation, some)]
    return sorted(found, key=lambda one: (-one.risk, not one.drawn, -one.score.item.kpi.weight_in_year))


def reason_words(reason: Reason) -> str:
    """A reason as a sentence with its numbers."""
    words = reason.words
    match reason.rule:
        case "high-claim-no-proof":
            return _("Claims %(score)s, and nothing proves it.") % words
        case "high-claim-thin-proof":
            sentence = _("Claims %(score)s with %(proofs)s pieces of evidence; missing at %(holes)s steps or levels.")
            return sentence % words
        case "jump":
            return _("Claims %(score)s; in the same round last year it scored %(before)s.") % words
        case "edited-late":
            return (
                ngettext(
                    "%(count)s figure was reported or changed after its day.",
                    "%(count)s figures were reported or changed after their day.",
                    int(str(words["count"])),
                )
                % words
            )
        case "figures-asked":
            return _("Asked about its figures %(count)s times, %(unanswered)s without an answer.") % words
    return _("Last year the own score was %(gap)s above the official one.") % words


def _queued(evaluation: Evaluation, scores: Sequence[GivenScore]) -> list[Queued]:
    run, months = evaluation.run, evaluation.assessment.months
    kpis = [score.item.kpi for score in scores]
    proofs = {proof.kpi.pk: proof for proof in proof_of_round(run, months, kpis=kpis)}
    flags, late, past = flags_by_kpi(evaluation), _late_figures(evaluation), _last_year(evaluation, scores)
    drawn, top = names_drawn(evaluation.assessment), rule_of(evaluation).scale_max
    found = []
    for score in scores:
        kpi, asked, last = score.item.kpi, flags.get(score.item.kpi_id, []), past.get(score.item.kpi.kpi_id)
        claim = Claim(
            score.item.score,
            top,
            proofs=len(proofs[kpi.pk].credits),
            holes=len(proofs[kpi.pk].holes),
            before=_official(last) if last else None,
            past_gap=_gap(last) if last else None,
            asked=len(asked),
            unanswered=sum(one.answer is None for one in asked),
            late=late[kpi.pk],
        )
        if proofs[kpi.pk].is_sum:  # a parent is proven by its parts
            claim = Claim(score.item.score, top, before=claim.before, past_gap=claim.past_gap, proofs=1)
        found.append(Queued(score, reasons_for(claim, reading_order()), kpi.public_id in drawn))
    return found


def _late_figures(evaluation: Evaluation) -> Counter[int]:
    """How many figures of the round were reported or changed after their days of grace, by the KPI's primary key."""
    run, grace = evaluation.run, timedelta(days=rhythms().on_time_days)
    rows = MonthlyResult.objects.filter(kpi__framework__run=run, month__lte=evaluation.assessment.ends_on)
    return Counter(row.kpi_id for row in rows if day_of(row.reported_at) > last_day_of(run, row.month) + grace)


def _last_year(evaluation: Evaluation, scores: Sequence[GivenScore]) -> dict[int, AssessmentItem]:
    """What the same KPIs said in the same round of the latest year before, by the key of the KPI across years."""
    rows = AssessmentItem.objects.filter(
        kpi__kpi__in=[score.item.kpi.kpi_id for score in scores],
        assessment__months=evaluation.assessment.months,
        assessment__state=ReportState.SUBMITTED,
        assessment__run__fiscal_year__lt=evaluation.run.fiscal_year,
    ).select_related("kpi", "given_score__evaluation")
    return {row.kpi.kpi_id: row for row in rows.order_by("assessment__run__fiscal_year")}


def _confirmed(item: AssessmentItem) -> GivenScore | None:
    given: GivenScore | None = getattr(item, "given_score", None)
    return given if given is not None and given.evaluation.state == State.CONFIRMED else None


def _official(item: AssessmentItem) -> Decimal | None:
    """What it scored: officially where that was confirmed, else by its own word."""
    given = _confirmed(item)
    return item.score if given is None else given.decided


def _gap(item: AssessmentItem) -> Decimal | None:
    given = _confirmed(item)
    if given is None or given.decided is None or item.score is None:
        return None
    return item.score - given.decided
