"""The other parts of a final score, such as competency: given by an assessor, never reckoned from KPIs."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.faults import Fault, FaultList, Faults
from raprong.core.freshness import Stale
from raprong.evaluations import permissions, policies
from raprong.evaluations.locks import locked_evaluation, mark_changed
from raprong.evaluations.models import Evaluation, PartScore
from raprong.evaluations.totals import other_parts, rule_of
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme, SchemePart
from raprong.organisation.models import Person

NOT_GIVEN = 0  # the version of a part that nobody has given a score yet


@transaction.atomic
def give_part_score(
    evaluation: Evaluation, *, part: str, score: Decimal, because: str, seen: int | None, by: Person, at: datetime
) -> PartScore:
    """Give another part of the final score its points, from 0 to the part's full points, with what they rest on.

    For those who score, while scores are given. Refused is a part that the scheme has not, and the part that the KPIs
    make; as faults, all at once: points off the part's scale, finer than the scheme's scores, and no reason. Given
    again it replaces what was given before; the trail keeps both.
    """
    evaluation = locked_evaluation(evaluation)
    permissions.check_may_score(by, evaluation, at=at)
    scheme = rule_of(evaluation)
    wanted = _part_of(scheme, part)
    made = evaluation.part_scores.filter(part=part).first()
    _check_fresh(evaluation, made, seen)
    if faults := faults_of_part_score(wanted, score, because, scheme):
        raise Faults(faults)

    before = made.score if made else None
    made = made or PartScore(evaluation=evaluation, part=part, version=NOT_GIVEN)
    made.score, made.because = half_up(score, scheme.places), because.strip()
    made.given_at, made.given_by = at, by
    made.version += 1
    made.save()
    mark_changed(evaluation)

    record(
        "evaluation.part_scored",
        about=made,
        **_place(evaluation),
        by=by,
        at=at,
        part=part,
        before=before,
        score=made.score,
        because=made.because,
    )
    return made


def faults_of_part_score(part: SchemePart, score: Decimal, because: str, scheme: Scheme) -> list[Fault]:
    """Everything wrong with the points of a part: off its scale, too fine, or without a reason."""
    found = FaultList()
    if not score.is_finite() or not 0 <= score <= part.full:
        found.add("score", _("A score lies between 0 and %(most)s.") % {"most": f"{part.full.normalize():f}"})
    elif score != half_up(score, scheme.places):
        found.add("score", policies.too_fine_words(scheme))
    if not because.strip():
        found.add("because", _("Say what this score rests on."))
    return found.faults


def _part_of(scheme: Scheme, code: str) -> SchemePart:
    found = next((part for part in other_parts(scheme) if part.code == code), None)
    if found is not None:
        return found
    if any(part.code == code for part in scheme.parts):
        raise Refused(_("This part is the total of the KPIs. It is not given by hand."))
    raise Refused(_("This year's scheme has no such part."))


def _check_fresh(evaluation: Evaluation, made: PartScore | None, seen: int | None) -> None:
    if seen is not None and seen != (made.version if made else NOT_GIVEN):
        raise Stale(made or evaluation)


def _place(evaluation: Evaluation) -> dict[str, Any]:
    """On which chain of the trail it is written down."""
    return {"place": evaluation.run.unit, "fiscal_year": evaluation.run.fiscal_year}
