"""Answers about preliminary results: what waits, and how far own scores were from official ones over the years."""

from dataclasses import dataclass
from decimal import Decimal

from raprong.evaluations.enums import State as EvaluationState
from raprong.evaluations.models import Evaluation
from raprong.objections.models import Objection, Preliminary
from raprong.organisation.models import Unit


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


def objections_of(preliminary: Preliminary) -> list[Objection]:
    return list(preliminary.objections.with_story().prefetch_related("proofs").order_by("filed_at", "pk"))
