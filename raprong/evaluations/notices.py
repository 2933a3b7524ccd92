"""The messages this room sends."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import holds_in_agency, people_with_role
from raprong.access.roles import roles_that_hold
from raprong.core.clock import day_of
from raprong.evaluations.models import (
    Conflict,
    Evaluation,
    ExternalFactor,
    Inquiry,
    ModerationDecision,
    ModerationMeeting,
    Recommendation,
)
from raprong.lib.thai.dates import long_date
from raprong.notifications.actions import tell
from raprong.organisation.models import Person, Unit

KINDS: dict[str, str | Promise] = {
    "evaluation.scored": _("The scores of %(unit)s for %(months)s months wait for a second person to confirm them."),
    "evaluation.sent_back": _("The scores of %(unit)s for %(months)s months came back: %(because)s"),
    "evaluation.asked": _("%(person)s asks for more about %(kpi)s, by %(day)s."),
    "evaluation.answered": _("%(unit)s answered your question about %(kpi)s."),
    "evaluation.inquiry_closed": _("The question about %(kpi)s is closed: %(because)s"),
    "evaluation.conflict_declared": _(
        "%(person)s declared a conflict with %(thing)s. Scores to look at again: %(count)s."
    ),
    "evaluation.conflict_lifted": _("Your conflict with %(thing)s was lifted: %(because)s"),
    "evaluation.factor_claimed": _("%(unit)s claims an external factor for %(kpi)s. It waits for a decision."),
    "evaluation.factor_decided": _("The external factor for %(kpi)s is decided: %(because)s"),
    "evaluation.recommended": _("%(person)s recommends, by %(day)s: %(text)s"),
    "evaluation.advice_reported": _("Something was done about your recommendation: %(text)s"),
    "evaluation.advice_returned": _("More is asked about the recommendation, by %(day)s: %(because)s"),
    "evaluation.moderation_opened": _("Moderation meeting %(meeting)s is held on %(day)s at %(place)s."),
    "evaluation.moderated": _("Moderation meeting %(meeting)s changed your score of %(kpi)s, %(unit)s: %(because)s"),
    "evaluation.moderation_closed": _("Moderation meeting %(meeting)s is closed. Its minutes are sealed."),
    "evaluation.confirmed": _("The scores of %(unit)s for %(months)s months are confirmed: %(total)s"),
}


def tell_confirmers(evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    people = people_who_hold("evaluations.confirm", evaluation.run.unit, at=at)
    tell(people, "evaluation.scored", about=evaluation, at=at, besides=by, **_words(evaluation))


def tell_scorer(evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    if evaluation.scored_by is not None:
        words = {**_words(evaluation), "because": evaluation.sent_back_because}
        tell([evaluation.scored_by], "evaluation.sent_back", about=evaluation, at=at, besides=by, **words)


def tell_unit(evaluation: Evaluation, *, by: Person | None, at: datetime) -> None:
    """Those who pass the result on in the unit learn it first."""
    people = people_who_hold("evaluations.circulate", evaluation.run.unit, at=at)
    words = {**_words(evaluation), "total": "–" if evaluation.total is None else f"{evaluation.total:f}"}
    tell(people, "evaluation.confirmed", about=evaluation, at=at, besides=by, **words)


def tell_group_of_question(inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    words = {"person": str(by), "kpi": inquiry.score.item.kpi.code, "day": long_date(inquiry.due_on)}
    tell(_writers(inquiry, at=at), "evaluation.asked", about=inquiry, at=at, besides=by, **words)


def tell_asker_of_answer(inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    words = {"unit": str(inquiry.score.item.kpi.group), "kpi": inquiry.score.item.kpi.code}
    tell([inquiry.asked_by], "evaluation.answered", about=inquiry, at=at, besides=by, **words)


def tell_group_of_closing(inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    words = {"kpi": inquiry.score.item.kpi.code, "because": inquiry.closed_because}
    tell(_writers(inquiry, at=at), "evaluation.inquiry_closed", about=inquiry, at=at, besides=by, **words)


def tell_of_conflict(conflict: Conflict, *, doubted: int, at: datetime) -> None:
    """Those who confirm there hear of it, and how many scores wait for another's look."""
    people = people_who_hold("evaluations.confirm", conflict.run.unit, at=at)
    words = {"person": str(conflict.person), "thing": conflict_words(conflict), "count": str(doubted)}
    tell(people, "evaluation.conflict_declared", about=conflict, at=at, besides=conflict.person, **words)


def tell_of_lifted_conflict(conflict: Conflict, *, by: Person, at: datetime) -> None:
    words = {"thing": conflict_words(conflict), "because": conflict.lifted_because}
    tell([conflict.person], "evaluation.conflict_lifted", about=conflict, at=at, besides=by, **words)


def tell_of_factor(factor: ExternalFactor, *, by: Person, at: datetime) -> None:
    """Those who score the unit."""
    people = people_who_hold("evaluations.score", factor.item.assessment.run.unit, at=at)
    words = {"unit": str(factor.item.kpi.group), "kpi": factor.item.kpi.code}
    tell(people, "evaluation.factor_claimed", about=factor, at=at, besides=by, **words)


def tell_of_decided_factor(factor: ExternalFactor, *, by: Person, at: datetime) -> None:
    people = people_who_hold("assessments.write", factor.item.kpi.group, at=at)
    words = {"kpi": factor.item.kpi.code, "because": factor.decided_because}
    tell(people, "evaluation.factor_decided", about=factor, at=at, besides=by, **words)


def tell_of_recommendation(made: Recommendation, *, by: Person, at: datetime) -> None:
    words = {"person": str(by), "day": long_date(made.due_on), "text": made.text}
    tell([made.owner], "evaluation.recommended", about=made, at=at, besides=by, **words)


def tell_adviser(made: Recommendation, *, by: Person, at: datetime) -> None:
    tell([made.made_by], "evaluation.advice_reported", about=made, at=at, besides=by, text=made.text)


def tell_owner_of_return(made: Recommendation, *, because: str, by: Person, at: datetime) -> None:
    words = {"day": long_date(made.due_on), "because": because}
    tell([made.owner], "evaluation.advice_returned", about=made, at=at, besides=by, **words)


def tell_of_meeting(kind: str, meeting: ModerationMeeting, *, by: Person, at: datetime) -> None:
    """Those who score or confirm in the whole agency: it compares what they gave."""
    people = {
        person.pk: person
        for permission in ("evaluations.score", "evaluations.confirm")
        for role in roles_that_hold(permission)
        for person in people_with_role(role, meeting.unit, on=day_of(at))
        if holds_in_agency(person, permission, meeting.unit.agency, on=day_of(at))
    }
    words = {"meeting": str(meeting), "day": long_date(meeting.held_on), "place": meeting.place}
    tell(people.values(), kind, about=meeting, at=at, besides=by, **words)


def tell_scorer_of_moderation(made: ModerationDecision, *, by: Person, at: datetime) -> None:
    """Whoever gave a score hears that a meeting changed it, and why."""
    score = made.score
    if not made.changed or score.looked_at_by is None:
        return
    words = {
        "meeting": str(made.meeting),
        "kpi": score.item.kpi.code,
        "unit": score.evaluation.run.unit.name,
        "because": made.because,
    }
    tell([score.looked_at_by], "evaluation.moderated", about=made.meeting, at=at, besides=by, **words)


def conflict_words(conflict: Conflict) -> str:
    """What a conflict is with: a KPI of a unit, or the whole unit."""
    unit = conflict.run.unit.name
    return f"{conflict.kpi.code}, {unit}" if conflict.kpi else unit


def _writers(inquiry: Inquiry, *, at: datetime) -> list[Person]:
    """Those who answer for the group that the KPI belongs to."""
    return people_who_hold("assessments.write", inquiry.score.item.kpi.group, at=at)


def people_who_hold(permission: str, unit: Unit, *, at: datetime) -> list[Person]:
    """Everybody whose role in a unit, or in one of its groups, holds a permission, each once."""
    people = {
        person.pk: person
        for role in roles_that_hold(permission)
        for place in [unit, *unit.groups.all()]
        for person in people_with_role(role, place, on=day_of(at))
    }
    return list(people.values())


def _words(evaluation: Evaluation) -> dict[str, str]:
    return {"unit": evaluation.run.unit.name, "months": str(evaluation.assessment.months)}
