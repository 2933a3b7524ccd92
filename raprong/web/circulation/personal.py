"""A circular that becomes personal: whoever opens it sees the KPIs of their own first, with their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from raprong.cascade.models import Commitment
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.queries import card_of, scores_of
from raprong.organisation.models import Person
from raprong.organisation.queries import unit_of
from raprong.processes.models import Run

ABOUT = Evaluation._meta.label_lower


@dataclass(frozen=True)
class OwnResult:
    """A KPI as its people see it: the unit's own score and the official one."""

    score: GivenScore
    official: Decimal | None


@dataclass(frozen=True)
class PersonalResults:
    """The KPIs of the reader or of their group, and then those of the others."""

    own: Sequence[OwnResult]
    others: Sequence[OwnResult]


def results_for(letter: Letter, person: Person, *, on: date) -> PersonalResults | None:
    """What a circular about a final result tells its reader; None for any other letter."""
    evaluation = _evaluation_of(letter)
    if evaluation is None or not evaluation.is_final:
        return None
    card, mine = card_of(evaluation), _kpis_of(person, evaluation.run, on=on)
    every = [OwnResult(score, card.kpi(score.item.kpi.code).score) for score in scores_of(evaluation)]
    group = unit_of(person, on=on)
    own = [one for one in every if one.score.item.kpi_id in mine or one.score.item.kpi.group == group]
    return PersonalResults(own, [one for one in every if one not in own])


def _evaluation_of(letter: Letter) -> Evaluation | None:
    kind, _, public_id = letter.about.partition(":")
    if letter.kind != LetterKind.CIRCULAR or kind != ABOUT:
        return None
    return Evaluation.objects.select_related("assessment__run__unit").filter(public_id=public_id).first()


def _kpis_of(person: Person, run: Run, *, on: date) -> set[int]:
    """What was given to the reader personally."""
    given = Commitment.objects.filter(person=person, kpi__framework__run=run)
    return set(given.values_list("kpi_id", flat=True))
