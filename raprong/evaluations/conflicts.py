"""An assessor who is too near to a unit or a KPI says so, and judges it no more (F61).

Who reported a result or wrote in a report is kept away by `independence`; what only the assessor knows, such as kinship
or former work, is declared. A conflict is for one unit's year, or for one of its KPIs; another person may lift it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.access.rules import Refused
from raprong.assessments.models import SelfAssessment
from raprong.audit.actions import record
from raprong.core.faults import Fault, Faults
from raprong.evaluations import notices, permissions
from raprong.evaluations.independence import took_part
from raprong.evaluations.models import Conflict, Evaluation, GivenScore
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run

LONGEST_REASON = 2_000
ENOUGH = 2  # one scores, another confirms


@dataclass(frozen=True)
class Assessor:
    """Somebody who may score a unit by their role: whether they had a hand in it, and what they declared."""

    person: Person
    had_a_hand: bool
    conflicts: tuple[Conflict, ...]

    @property
    def off_the_unit(self) -> bool:
        return self.had_a_hand or any(one.kpi_id is None for one in self.conflicts)


@dataclass(frozen=True)
class AssessorsOfRun:
    """Everybody who may score a unit's year by their role, and who of them remains."""

    run: Run
    assessors: tuple[Assessor, ...]

    @property
    def remaining(self) -> list[Assessor]:
        """Those who may still judge the whole of it."""
        return [one for one in self.assessors if not one.had_a_hand and not one.conflicts]

    @property
    def too_few(self) -> bool:
        """Whether not even one to score and another to confirm is left."""
        return len(self.remaining) < ENOUGH


@transaction.atomic
def declare(run: Run, kpi: KpiYear | None, *, because: str, by: Person, at: datetime) -> Conflict:
    """Declare one's own conflict with a unit's year, or with one KPI of it. It holds from this moment on.

    What the person has scored there is marked for another's look; while a mark stands, scoring is not finished and
    scores are not confirmed. Of confirmed scores the mark tells those who confirm. Refused: who scores nothing there,
    a KPI of another year, no reason, and the same conflict twice.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("unit").get(pk=run.pk)
    permissions.check_may_declare_conflict(by, run, at=at)
    if kpi is not None and kpi.run.pk != run.pk:
        raise Refused(_("This KPI belongs to another year."))
    _check_reason(because, _("Say what makes you too near to judge."))
    standing = Conflict.objects.standing().filter(person=by, run=run)
    if standing.filter(kpi=None).exists() or (kpi is not None and standing.filter(kpi=kpi).exists()):
        raise Refused(_("You have declared this conflict already."))

    conflict = Conflict.objects.create(person=by, run=run, kpi=kpi, because=because.strip(), declared_at=at)
    doubted = _doubt_scores(conflict)

    notices.tell_of_conflict(conflict, doubted=len(doubted), at=at)
    _record("evaluation.conflict_declared", conflict, by=by, at=at, because=conflict.because, doubted=doubted)
    return conflict


@transaction.atomic
def lift(conflict: Conflict, *, because: str, by: Person, at: datetime) -> Conflict:
    """End a conflict, with the reason: by another person who confirms scores there, never by the one it is about.

    Scores that wait for another's look go on waiting.
    """
    conflict = (
        Conflict.objects.select_for_update(of=("self",)).select_related("run__unit", "person").get(pk=conflict.pk)
    )
    permissions.check_may_lift_conflict(by, conflict, at=at)
    _check_reason(because, _("Say why the conflict has ended."))

    conflict.lifted_at, conflict.lifted_by, conflict.lifted_because = at, by, because.strip()
    conflict.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])

    notices.tell_of_lifted_conflict(conflict, by=by, at=at)
    _record("evaluation.conflict_lifted", conflict, by=by, at=at, because=conflict.lifted_because)
    return conflict


def assessors_of(run: Run, *, on: date) -> AssessorsOfRun:
    """Who may score a unit's year by their role, who of them is off what, and who remains."""
    people = {
        person.pk: person
        for role in roles_that_hold("evaluations.score")
        for person in people_with_role(role, run.unit, on=on)
    }
    reports = list(SelfAssessment.objects.filter(run=run))
    declared = list(Conflict.objects.standing().filter(run=run).select_related("kpi", "person"))
    return AssessorsOfRun(run, tuple(_assessor(one, reports, declared) for one in people.values()))


def _assessor(person: Person, reports: Iterable[SelfAssessment], declared: Iterable[Conflict]) -> Assessor:
    own = tuple(one for one in declared if one.person_id == person.pk)
    return Assessor(person, any(took_part(person, report) for report in reports), own)


def _doubt_scores(conflict: Conflict) -> list[str]:
    """Mark what the person has scored; answers the codes of the KPIs."""
    scores = GivenScore.objects.filter(evaluation__assessment__run=conflict.run, looked_at_by=conflict.person_id)
    if conflict.kpi_id is not None:
        scores = scores.filter(item__kpi=conflict.kpi_id)
    found = list(scores.select_related("item__kpi").order_by("item__kpi__sort_code"))
    evaluations = {score.evaluation_id for score in found}
    list(Evaluation.objects.select_for_update().filter(pk__in=evaluations).order_by("pk"))
    for score in found:
        score.doubted = conflict
        score.version += 1
        score.save(update_fields=["doubted", "version"])
    return [score.item.kpi.code for score in found]


def _check_reason(because: str, missing: str) -> None:
    if not because.strip():
        raise Faults([Fault("because", missing)])
    if len(because) > LONGEST_REASON:
        raise Faults([Fault("because", _("Use at most %(most)s letters.") % {"most": f"{LONGEST_REASON:,}"})])


def _record(kind: str, conflict: Conflict, *, by: Person, at: datetime, **facts: Any) -> None:
    run = conflict.run
    kpi = conflict.kpi.code if conflict.kpi else None
    record(kind, about=conflict, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, kpi=kpi, **facts)
