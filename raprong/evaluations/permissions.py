from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds, check_holds_in_agency
from raprong.access.queries import holds
from raprong.access.rules import Refused
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.core.clock import day_of
from raprong.evaluations import policies
from raprong.evaluations.models import (
    Conflict,
    Evaluation,
    ExternalFactor,
    GivenScore,
    Inquiry,
    ModerationDecision,
    ModerationMeeting,
    Recommendation,
)
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Agency, Person
from raprong.processes.models import Run


def check_may_open(person: Person, assessment: SelfAssessment, *, at: datetime) -> None:
    """Those who score the unit, if they had no hand in its report."""
    check_holds(person, "evaluations.score", assessment.run.unit, on=day_of(at))
    policies.check_is_independent(person, assessment)
    policies.check_is_unconflicted(person, assessment.run)
    policies.check_can_open(assessment, at=at)


def check_may_score(person: Person, evaluation: Evaluation, *, at: datetime) -> None:
    check_holds(person, "evaluations.score", evaluation.run.unit, on=day_of(at))
    policies.check_is_independent(person, evaluation.assessment)
    policies.check_is_unconflicted(person, evaluation.run)
    policies.check_can_score(evaluation, at=at)


def check_may_score_kpi(person: Person, score: GivenScore, *, at: datetime) -> None:
    """Those who score the unit, unless they declared a conflict with this KPI."""
    check_may_score(person, score.evaluation, at=at)
    policies.check_is_unconflicted(person, score.evaluation.run, score.item.kpi)


def check_may_claim_factor(person: Person, item: AssessmentItem, *, at: datetime) -> None:
    """Those who write the report for the group that answers for the KPI."""
    check_holds(person, "assessments.write", item.kpi.group, on=day_of(at))
    policies.check_can_claim_factor(item)


def check_may_withdraw_factor(person: Person, factor: ExternalFactor, *, at: datetime) -> None:
    check_holds(person, "assessments.write", factor.item.kpi.group, on=day_of(at))
    policies.check_can_withdraw_factor(factor)


def check_may_decide_factor(person: Person, factor: ExternalFactor, score: GivenScore | None, *, at: datetime) -> None:
    """Those who score the KPI; who claims has a hand in the report and is none of them."""
    check_holds(person, "evaluations.score", factor.item.assessment.run.unit, on=day_of(at))
    policies.check_can_withdraw_factor(factor)
    if score is None:
        raise Refused(_("Scoring of this report has not begun yet."))
    check_may_score_kpi(person, score, at=at)


def check_may_recommend(person: Person, evaluation: Evaluation, kpi: KpiYear | None, *, at: datetime) -> None:
    """Those who score the unit, before and after its scores are confirmed."""
    check_holds(person, "evaluations.score", evaluation.run.unit, on=day_of(at))
    policies.check_is_independent(person, evaluation.assessment)
    policies.check_is_unconflicted(person, evaluation.run, kpi)


def check_may_report_advice(person: Person, recommendation: Recommendation, *, at: datetime) -> None:
    """Its owner, and those who write for the KPI's group or for the unit."""
    if recommendation.owner_id != person.pk:
        place = recommendation.kpi.group if recommendation.kpi else recommendation.evaluation.run.unit
        check_holds(person, "assessments.write", place, on=day_of(at))
    policies.check_can_report_advice(recommendation)


def check_may_judge_advice(person: Person, recommendation: Recommendation, *, at: datetime) -> None:
    _check_is_adviser(person, recommendation, at=at)
    policies.check_can_judge_advice(recommendation)


def check_may_close_advice(person: Person, recommendation: Recommendation, *, at: datetime) -> None:
    _check_is_adviser(person, recommendation, at=at)
    policies.check_can_close_advice(recommendation)


def _check_is_adviser(person: Person, recommendation: Recommendation, *, at: datetime) -> None:
    """Those who score the unit; never whoever was to do it."""
    if recommendation.owner_id == person.pk:
        raise Refused(_("This is for you to do. Somebody else says that it is done."))
    check_may_recommend(person, recommendation.evaluation, recommendation.kpi, at=at)


def check_may_publish_seed(person: Person, agency: Agency, fiscal_year: int, months: int, *, at: datetime) -> None:
    """Those who score in the whole agency."""
    check_holds_in_agency(person, "evaluations.score", agency, on=day_of(at))
    policies.check_can_publish_seed(agency, fiscal_year, months)


def check_may_hold_meeting(person: Person, agency: Agency, *, at: datetime) -> None:
    """Those who confirm scores in the whole agency keep its moderation meetings."""
    check_holds_in_agency(person, "evaluations.confirm", agency, on=day_of(at))


def check_may_keep_meeting(person: Person, meeting: ModerationMeeting, *, at: datetime) -> None:
    check_may_hold_meeting(person, meeting.unit.agency, at=at)
    policies.check_is_open_meeting(meeting)


def check_may_moderate(person: Person, meeting: ModerationMeeting, score: GivenScore, *, at: datetime) -> None:
    """Who keeps the meeting, and had no hand in the report and no conflict with the KPI."""
    check_may_keep_meeting(person, meeting, at=at)
    policies.check_is_independent(person, score.evaluation.assessment)
    policies.check_is_unconflicted(person, score.evaluation.run, score.item.kpi)
    policies.check_can_moderate(score)


def check_may_declare_conflict(person: Person, run: Run, *, at: datetime) -> None:
    """Those who score or confirm there, about themselves."""
    if not holds(person, "evaluations.confirm", run.unit, on=day_of(at)):
        check_holds(person, "evaluations.score", run.unit, on=day_of(at))
    policies.check_can_declare_conflict(run, at=at)


def check_may_lift_conflict(person: Person, conflict: Conflict, *, at: datetime) -> None:
    """Another person who confirms scores there."""
    check_holds(person, "evaluations.confirm", conflict.run.unit, on=day_of(at))
    if conflict.person_id == person.pk:
        raise Refused(_("This is your own conflict. Somebody else says when it has ended."))
    policies.check_can_lift_conflict(conflict)


def check_may_finish(person: Person, evaluation: Evaluation, *, at: datetime) -> None:
    check_may_score(person, evaluation, at=at)
    policies.check_can_finish(evaluation, at=at)


def check_may_ask_again(person: Person, inquiry: Inquiry, *, at: datetime) -> None:
    check_may_score_kpi(person, inquiry.score, at=at)
    policies.check_can_ask_again(inquiry)


def check_may_answer(person: Person, inquiry: Inquiry, *, at: datetime) -> None:
    """Those who write the report for the group that answers for the KPI."""
    check_holds(person, "assessments.write", inquiry.score.item.kpi.group, on=day_of(at))
    policies.check_can_answer(inquiry)


def check_may_close(person: Person, inquiry: Inquiry, *, at: datetime) -> None:
    check_may_score_kpi(person, inquiry.score, at=at)
    policies.check_can_close(inquiry, on=day_of(at))


def check_may_send_back(person: Person, evaluation: Evaluation, *, at: datetime) -> None:
    """Those who confirm, and the one who scored and wants it back."""
    check_holds(person, "evaluations.confirm", evaluation.run.unit, on=day_of(at))
    policies.check_is_unconflicted(person, evaluation.run)
    policies.check_can_send_back(evaluation)


def check_may_confirm(person: Person, evaluation: Evaluation, *, at: datetime) -> None:
    """A second assessor: never the one who scored, and never one who had a hand in the report."""
    check_holds(person, "evaluations.confirm", evaluation.run.unit, on=day_of(at))
    policies.check_is_independent(person, evaluation.assessment)
    policies.check_has_no_conflict_at_all(person, evaluation.run)
    policies.check_can_confirm(evaluation, at=at)
    if person.pk in scorers_of(evaluation):
        raise Refused(_("You gave these scores. A second person confirms them."))


def scorers_of(evaluation: Evaluation) -> set[int]:
    """Everybody who looked at a score, changed or adjusted one, gave a part, and who finished the scoring."""
    lookers = evaluation.scores.exclude(looked_at_by=None).values_list("looked_at_by", flat=True)
    adjusters = evaluation.adjustments.values_list("made_by", "withdrawn_by")
    givers = evaluation.part_scores.values_list("given_by", flat=True)
    moderators = [
        made.decided_by_id for made in ModerationDecision.objects.filter(score__evaluation=evaluation) if made.changed
    ]
    people = [
        evaluation.scored_by_id,
        *lookers,
        *givers,
        *moderators,
        *(person for pair in adjusters for person in pair),
    ]
    return {person for person in people if person is not None}


def check_may_announce(person: Person, evaluation: Evaluation, *, at: datetime) -> None:
    check_holds(person, "evaluations.announce", evaluation.run.unit, on=day_of(at))
    policies.check_can_announce(evaluation, at=at)


def check_may_circulate(person: Person, evaluation: Evaluation, *, at: datetime) -> None:
    check_holds(person, "evaluations.circulate", evaluation.run.unit, on=day_of(at))
    policies.check_can_circulate(evaluation, at=at)
