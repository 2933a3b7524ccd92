"""Answers about preliminary results: what waits, and how far own scores were from official ones over the years."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from raprong.access.queries import holds
from raprong.assessments.models import SelfAssessment
from raprong.core.clock import day_of
from raprong.evaluations.enums import State as EvaluationState
from raprong.evaluations.models import Evaluation
from raprong.evaluations.totals import rule_of
from raprong.objections.enums import ProposalState
from raprong.objections.models import Objection, Preliminary, Proposal, ProposedScore
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import unit_of


@dataclass(frozen=True)
class Gap:
    """Of one round of a year: what the unit gave itself, and what was official in the end."""

    fiscal_year: int
    months: int
    own: Decimal
    official: Decimal

    @property
    def gap(self) -> Decimal:
        """How much more the unit gave itself; below nought where it gave itself less."""
        return self.own - self.official


def gaps_of(unit: Unit) -> list[Gap]:
    """Every final result of a unit beside its own score, the earliest first."""
    rows = Evaluation.objects.filter(
        assessment__run__unit=unit,
        state=EvaluationState.CONFIRMED,
        sealed__isnull=False,
        total__isnull=False,
        assessment__total__isnull=False,
    ).select_related("assessment__run")
    return [
        Gap(row.run.fiscal_year, row.assessment.months, row.assessment.total, row.total)
        for row in rows.order_by("assessment__run__fiscal_year", "assessment__months")
        if row.assessment.total is not None and row.total is not None
    ]


def is_closed_to(evaluation: Evaluation, person: Person, *, at: datetime) -> bool:
    """Whether official scores are still closed to somebody who sees them from the side of the unit.

    Where the scheme gives days to object, nobody of the unit reads a score, a total among them, before somebody who
    answers for it has opened the confirmed result: proven reading starts the days, so no other reading comes first.
    """
    if evaluation.is_final or rule_of(evaluation).result.objection_days is None:
        return False
    if not _is_of_the_unit(person, evaluation.run.unit, at=at):
        return False
    preliminary = Preliminary.objects.filter(evaluation=evaluation).first()
    return preliminary is None or (preliminary.opened_at is None and preliminary.settled_at is None)


def _is_of_the_unit(person: Person, unit: Unit, *, at: datetime) -> bool:
    """Who answers for it, or works in it and does not score it."""
    on = day_of(at)
    if holds(person, "objections.answer", unit, on=on):
        return True
    if holds(person, "evaluations.score", unit, on=on):
        return False
    own = unit_of(person, on=on)
    return own is not None and own.office.pk == unit.pk


def objections_of(preliminary: Preliminary) -> list[Objection]:
    return list(preliminary.objections.with_story().prefetch_related("proofs").order_by("filed_at", "pk"))


def objections_that_changed(evaluation: Evaluation) -> dict[int, Objection]:
    """The objection whose decision changed each score, by the score's primary key."""
    changes = ProposedScore.objects.filter(score__evaluation=evaluation, proposal__state=ProposalState.TAKEN)
    return {one.score_id: one.proposal.objection for one in changes.select_related("proposal__objection")}


@dataclass(frozen=True)
class Rank:
    """The place of a result among those of the agency's units in the same round of the year and by the same scheme.

    `waiting` counts the units whose reports of the round are in and whose results are not final yet.
    """

    place: int
    of: int
    waiting: int


def rank_of(evaluation: Evaluation) -> Rank | None:
    """The place of a final result, where the scheme publishes it; equal totals share a place."""
    if not evaluation.is_final or evaluation.total is None or not rule_of(evaluation).result.ranked:
        return None
    run = evaluation.run
    reports = SelfAssessment.objects.submitted().filter(
        run__unit__agency=run.unit.agency_id,
        run__fiscal_year=run.fiscal_year,
        months=evaluation.assessment.months,
        scheme__code=rule_of(evaluation).code,
    )
    peers = Evaluation.objects.filter(assessment__in=reports, sealed__isnull=False, total__isnull=False)
    waiting = reports.exclude(evaluation__sealed__isnull=False)
    return Rank(peers.filter(total__gt=evaluation.total).count() + 1, peers.count(), waiting.count())


def taken_of(objection: Objection) -> Proposal | None:
    """The decision on an objection, where there is one."""
    return objection.proposals.filter(state=ProposalState.TAKEN).select_related("proposed_by", "sealed").first()
