"""Answers about preliminary results: what waits, and how far own scores were from official ones over the years."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from raprong.access.queries import holds
from raprong.core.clock import day_of
from raprong.evaluations.enums import State as EvaluationState
from raprong.evaluations.models import Evaluation
from raprong.evaluations.totals import rule_of
from raprong.objections.enums import ProposalState
from raprong.objections.models import Objection, Preliminary, Proposal
from raprong.organisation.models import Person, Unit


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


def unopened_result(evaluation: Evaluation, person: Person, *, at: datetime) -> Preliminary | None:
    """The result that somebody who answers for the unit has yet to open before they look at its scores."""
    preliminary = Preliminary.objects.open().filter(evaluation=evaluation, opened_at__isnull=True).first()
    answers = holds(person, "objections.answer", evaluation.run.unit, on=day_of(at))
    return preliminary if answers else None


def objections_of(preliminary: Preliminary) -> list[Objection]:
    return list(preliminary.objections.with_story().prefetch_related("proofs").order_by("filed_at", "pk"))


@dataclass(frozen=True)
class Rank:
    """The place of a result among those of the agency's units in the same round of the year and by the same scheme."""

    place: int
    of: int


def rank_of(evaluation: Evaluation) -> Rank | None:
    """The place of a final result, where the scheme publishes it; equal totals share a place."""
    if not evaluation.is_final or evaluation.total is None or not rule_of(evaluation).result.ranked:
        return None
    run = evaluation.run
    peers = Evaluation.objects.filter(
        assessment__run__unit__agency=run.unit.agency_id,
        assessment__run__fiscal_year=run.fiscal_year,
        assessment__months=evaluation.assessment.months,
        scheme__code=rule_of(evaluation).code,
        sealed__isnull=False,
        total__isnull=False,
    )
    return Rank(peers.filter(total__gt=evaluation.total).count() + 1, peers.count())


def taken_of(objection: Objection) -> Proposal | None:
    """The decision on an objection, where there is one."""
    return objection.proposals.filter(state=ProposalState.TAKEN).select_related("proposed_by").first()
