"""Answers about official scores, for pages, cards and the command line."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from raprong.access.queries import holds_in_agency, units_where
from raprong.assessments.models import SelfAssessment
from raprong.assessments.queries import latest_submitted
from raprong.assessments.rounds import final_round_of
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.references import reference
from raprong.evaluations.enums import State
from raprong.evaluations.models import (
    Adjustment,
    Conflict,
    Evaluation,
    GivenScore,
    Inquiry,
    ModerationDecision,
    ModerationMeeting,
    PartScore,
)
from raprong.evaluations.totals import given_points, official_card, rule_of
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.card import ScoreCard
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.queries import score_card
from raprong.results.questions import Asked, questions_of_run


class Source(StrEnum):
    """Whose word a score is."""

    OFFICIAL = "official"  # confirmed by a second assessor, and final
    SELF = "self"  # the unit's own, as submitted
    RUNNING = "running"  # from the monthly results so far


@dataclass(frozen=True)
class StandingScore:
    """The score of a run as it stands, never without the weight it covers. `months` is the round it speaks of."""

    total: Decimal | None
    reported_weight: Decimal
    source: Source
    months: int | None

    @property
    def provisional(self) -> bool:
        """Whether the score may still change."""
        return self.source is not Source.OFFICIAL


def standing_score(run: Run) -> StandingScore:
    """The score that stands for a run: of the longest submitted round the official one, else the unit's own.

    With no report submitted yet it is worked out from every monthly result so far.
    """
    report = latest_submitted(run)
    if report is None:
        card = score_card(run, upto=run.year.ends_on)
        return StandingScore(card.total, card.reported_weight, Source.RUNNING, None)
    evaluation = Evaluation.objects.filter(assessment=report, state=State.CONFIRMED, sealed__isnull=False).first()
    source, said = (Source.OFFICIAL, evaluation) if evaluation else (Source.SELF, report)
    assert said is not None
    return StandingScore(said.total, said.reported_weight or Decimal(0), source, report.months)


def final_evaluation_of(run: Run) -> Evaluation | None:
    """The evaluation of the round that counts for the year, where one was opened."""
    return Evaluation.objects.filter(assessment__run=run, assessment__months=final_round_of(run)).first()


def scores_of(evaluation: Evaluation) -> QuerySet[GivenScore]:
    """The official scores in the order of their KPIs."""
    return evaluation.scores.select_related(
        "item__kpi__group",
        "item__kpi__dimension",
        "item__kpi__parent",
        "item__assessment",
        "looked_at_by",
        "doubted__person",
        "evaluation__assessment__run",
    ).order_by("item__kpi__dimension__order", "item__kpi__sort_code", "item__kpi__code")


def adjustments_of(evaluation: Evaluation) -> QuerySet[Adjustment]:
    """The adjustments that stand, in the order in which they were made."""
    return evaluation.adjustments.standing().select_related("score__item__kpi", "made_by").order_by("made_at", "pk")


def withdrawn_from(evaluation: Evaluation) -> QuerySet[Adjustment]:
    """The adjustments that were taken back."""
    taken_back = evaluation.adjustments.filter(withdrawn_at__isnull=False)
    return taken_back.select_related("score__item__kpi", "made_by", "withdrawn_by").order_by("withdrawn_at", "pk")


def card_of(evaluation: Evaluation) -> ScoreCard:
    """The official scores of an evaluation as they stand, by its rule in force."""
    scores, made = list(scores_of(evaluation)), adjustments_of(evaluation)
    return official_card(scores, made, rule_of(evaluation), given_points(evaluation))


def points_given_in(runs: Iterable[Run], person: Person, *, on: date) -> dict[int, dict[str, Decimal]]:
    """What this person may see of the points given to the other parts of final scores, by the run's key and the part.

    Of several rounds the latest counts, part by part. Where a unit opens its result itself, its people see points
    beside the running score once they are final; who reads the scores of the whole agency sees them as they are given.
    """
    given: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = PartScore.objects.visible_to(person, on=on).filter(evaluation__assessment__run__in=list(runs))
    rows = rows.select_related("evaluation__assessment__run__unit__agency").order_by("evaluation__assessment__months")
    for row in rows:
        evaluation, run = row.evaluation, row.evaluation.run
        open_to_unit = evaluation.is_final or rule_of(evaluation).result.objection_days is None
        if open_to_unit or holds_in_agency(person, "evaluations.read", run.unit.agency, on=on):
            given[run.pk][row.part] = row.score
    return dict(given)


def part_scores_of(evaluation: Evaluation) -> dict[str, PartScore]:
    """What was given to the other parts of the final score, by the code of the part."""
    return {one.part: one for one in evaluation.part_scores.select_related("given_by")}


def reports_to_score(person: Person, *, on: date) -> QuerySet[SelfAssessment]:
    """Submitted reports of every unit whose evaluations a person may see, newest first, with how far scoring is."""
    return (
        SelfAssessment.objects.submitted()
        .filter(run__unit__in=units_where(person, "evaluations.read", on=on))
        .select_related("run__unit", "run__sop", "evaluation__scored_by", "evaluation__confirmed_by", "submitted_by")
        .annotate(
            kpi_count=Count("items"),
            looked_at_count=Count("items", filter=Q(items__given_score__looked_at__isnull=False)),
        )
        .order_by("-submitted_at")
    )


def letter_about(evaluation: Evaluation, kind: LetterKind) -> Letter | None:
    """The letter of a kind that was drafted about an evaluation."""
    return Letter.objects.standing().filter(about=reference(evaluation), kind=kind).order_by("-drafted_at").first()


def inquiries_by_score(evaluation: Evaluation) -> dict[int, list[Inquiry]]:
    """What was asked about each KPI's claim, by the primary key of its score."""
    found: dict[int, list[Inquiry]] = defaultdict(list)
    for inquiry in Inquiry.objects.filter(score__evaluation=evaluation).select_related("asked_by"):
        found[inquiry.score_id].append(inquiry)
    return found


def kpis_off(person: Person, run: Run) -> set[int]:
    """The KPIs of a unit's year that a person took themselves off, by primary keys."""
    declared = Conflict.objects.standing().filter(person=person, run=run, kpi__isnull=False)
    return {kpi for kpi in declared.values_list("kpi_id", flat=True) if kpi is not None}


def name_across_units(kpi: KpiYear) -> tuple[str, str]:
    """What makes KPIs of several units one and the same: the name, and of a part the name of what it is a part of.

    Each unit numbers its own list, so one code may stand for different KPIs, and one KPI may have different codes.
    """
    return kpi.parent.title if kpi.parent else "", kpi.title


def moderated_by(evaluation: Evaluation) -> dict[int, ModerationMeeting]:
    """The meeting that decided last about each score, by the score's primary key."""
    made = ModerationDecision.objects.filter(score__evaluation=evaluation).select_related("meeting")
    return {one.score_id: one.meeting for one in made.order_by("decided_at", "pk")}


def flags_by_kpi(evaluation: Evaluation, kpis: Collection[int] | None = None) -> dict[int, list[Asked]]:
    """What was asked about the figures of the round, with the answers, by the KPI's primary key."""
    ends_on = evaluation.assessment.ends_on
    found: dict[int, list[Asked]] = defaultdict(list)
    for asked in questions_of_run(evaluation.run, kpis=kpis):
        if asked.result.month <= ends_on:
            found[asked.result.kpi_id].append(asked)
    return dict(found)


def evaluation_of(assessment: SelfAssessment) -> Evaluation | None:
    """The evaluation of a report, where one was opened."""
    return getattr(assessment, "evaluation", None)


def narrowed(reports: QuerySet[SelfAssessment], *, state: str, fiscal_year: str) -> QuerySet[SelfAssessment]:
    """Reports of one standing and one fiscal year; `new` are those nobody has opened, empty asks for all."""
    if state == "new":
        reports = reports.filter(evaluation__isnull=True)
    elif state:
        reports = reports.filter(evaluation__state=state)
    return reports.filter(run__fiscal_year=fiscal_year) if fiscal_year else reports
