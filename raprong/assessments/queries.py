"""Answers about self-assessment reports, for pages, cards and the rooms above."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from raprong.assessments.enums import State
from raprong.assessments.models import AssessmentItem, Receipt, SelfAssessment
from raprong.assessments.policies import missing_in
from raprong.assessments.rounds import due_on, first_day_of_last_month, rounds_of
from raprong.evidence.models import Credit
from raprong.evidence.queries import count_in_round, credits_in_round, folder_version
from raprong.kpis.queries import measured, scheme_of
from raprong.lib.scoring.card import ScoreCard, ScoredKpi, Status
from raprong.lib.scoring.criteria import criteria_as_data, criteria_from_stored
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.rollup import score_card as card_of
from raprong.lib.scoring.scheme import Scheme, scheme_from_data
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.results.queries import score_card


@dataclass(frozen=True)
class RoundStanding:
    """One round of a run: when it can be written, when it ends, and its report where one was opened."""

    months: int
    opens_on: date
    ends_on: date
    due_on: date
    assessment: SelfAssessment | None

    @property
    def submitted(self) -> bool:
        return self.assessment is not None and self.assessment.state == State.SUBMITTED

    @property
    def receipt(self) -> Receipt | None:
        """The receipt of a submitted report; reports of earlier editions of the system have none."""
        return getattr(self.assessment, "receipt", None)


@dataclass(frozen=True)
class Completeness:
    """How many of a group's KPIs lack nothing in a report."""

    group: Unit
    complete: int
    count: int


def rounds_standing(run: Run) -> list[RoundStanding]:
    """Every round that the SOP asks a report for, the shortest first."""
    reports = {
        report.months: report for report in run.assessments.select_related("run__unit", "submitted_by", "receipt")
    }
    return [
        RoundStanding(
            months,
            first_day_of_last_month(run.year, months),
            run.year.round_ends_on(months),
            due_on(run, months),
            reports.get(months),
        )
        for months in rounds_of(run)
    ]


def items_of(assessment: SelfAssessment) -> QuerySet[AssessmentItem]:
    """The parts of a report in the order of their KPIs, each with `standing_evidence`, its count of evidence."""
    return (
        assessment.items.select_related(
            "kpi__group__parent", "kpi__dimension", "kpi__parent", "assessment__run", "written_by"
        )
        .annotate(standing_evidence=count_in_round(assessment.run, assessment.months))
        .order_by("kpi__dimension__order", "kpi__sort_code", "kpi__code")
    )


def round_before(assessment: SelfAssessment) -> SelfAssessment | None:
    """The last submitted report of an earlier round of the same year."""
    earlier = SelfAssessment.objects.filter(run=assessment.run, months__lt=assessment.months, state=State.SUBMITTED)
    return earlier.order_by("-months").first()


def evidence_by_item(assessment: SelfAssessment) -> dict[int, list[Credit]]:
    """The evidence that stands, by the primary key of its item."""
    by_kpi: dict[int, list[Credit]] = defaultdict(list)
    for credit in credits_in_round(assessment.run, assessment.months):
        by_kpi[credit.kpi_id].append(credit)
    return {pk: by_kpi[kpi] for pk, kpi in assessment.items.order_by().values_list("pk", "kpi")}


def version_read(assessment: SelfAssessment) -> int:
    """Counts every change of a report and of its evidence: whoever submits submits what they have read."""
    return assessment.version + folder_version(assessment.run, assessment.months)


def newest_card(assessment: SelfAssessment) -> ScoreCard:
    """The scores from the monthly results as they stand now, up to the end of the round."""
    return score_card(assessment.run, upto=assessment.ends_on)


def scheme_in_force(assessment: SelfAssessment) -> Scheme:
    """The rule a report is scored by: of a submitted one, that of the day it was submitted."""
    return scheme_from_data(assessment.scheme) if assessment.scheme else scheme_of(assessment.run)


def card_of_report(assessment: SelfAssessment, items: Iterable[AssessmentItem]) -> ScoreCard:
    """The scores of a report from the results that were drawn into it."""
    return card_of([measured_item(item) for item in items], scheme_in_force(assessment))


def measured_item(item: AssessmentItem) -> MeasuredKpi:
    """A KPI with the result that was drawn into a report, or the status it had instead, and why."""
    status = Status(item.status) if item.status else None
    stated = None if status in (Status.REPORTED, Status.NOT_REPORTED) else status
    because = item.kpi.cancelled_because if status is Status.CANCELLED else item.no_figure_because
    bare = measured(item.kpi, item.result, months=item.assessment.months)
    return replace(bare, **_frozen(item), status=stated, because=because if item.result is None else "")


def _frozen(item: AssessmentItem) -> dict[str, Any]:
    """What a KPI was scored by when it was drawn into a report, whatever has become of it since."""
    if not item.basis:
        return {}
    stored = item.basis["criteria"]
    return {
        "weight": Decimal(item.basis["weight"]),
        "criteria": criteria_from_stored(stored) if stored else None,
        "parent": item.basis["parent"],
        "result": item.result,
    }


def basis_of(scored: ScoredKpi) -> dict[str, Any]:
    """What a KPI is scored by, as plain data."""
    criteria = criteria_as_data(scored.criteria) if scored.criteria else None
    return {"weight": format(scored.weight, "f"), "criteria": criteria, "parent": scored.parent}


def is_outdated(items: Iterable[AssessmentItem], card: ScoreCard) -> bool:
    """Whether monthly results changed after they were drawn into these items."""
    newest = {scored.code: scored for scored in card.kpis}
    drawn = {item.kpi.code: item for item in items}
    return newest.keys() != drawn.keys() or any(_differs(drawn[code], scored) for code, scored in newest.items())


def _differs(item: AssessmentItem, scored: ScoredKpi) -> bool:
    drawn = (item.result, item.status or str(scored.status), item.score, item.weighted)
    if drawn != (scored.result, str(scored.status), scored.score, scored.weighted):
        return True
    return bool(item.basis) and item.basis != basis_of(scored)


def completeness_by_group(items: Iterable[AssessmentItem]) -> list[Completeness]:
    """For each group with KPIs in a report, how many of these lack nothing."""
    groups: dict[int, Unit] = {}
    complete: dict[int, list[bool]] = defaultdict(list)
    for item in items:
        groups[item.kpi.group_id] = item.kpi.group
        lacking = any(missing_in(item, evidence=item.standing_evidence))  # type: ignore[attr-defined]
        complete[item.kpi.group_id].append(not lacking)
    ordered = sorted(groups.values(), key=lambda group: (group.order, group.name))
    return [Completeness(group, sum(complete[group.pk]), len(complete[group.pk])) for group in ordered]


def latest_submitted(run: Run) -> SelfAssessment | None:
    """The submitted report of the longest round."""
    return SelfAssessment.objects.filter(run=run).submitted().order_by("-months").first()
