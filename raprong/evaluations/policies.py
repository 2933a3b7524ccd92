from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.assessments.enums import State as ReportState
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.rounds import final_round_of
from raprong.circulation.enums import LetterKind
from raprong.core.clock import day_of
from raprong.core.faults import Fault, FaultList
from raprong.evaluations.enums import AdviceState, FactorState, InquiryState, Move, State
from raprong.evaluations.independence import took_part
from raprong.evaluations.models import (
    Adjustment,
    Conflict,
    Evaluation,
    ExternalFactor,
    GivenScore,
    Inquiry,
    ModerationMeeting,
    Recommendation,
    SampleSeed,
)
from raprong.evaluations.queries import evaluation_of, letter_about
from raprong.evaluations.totals import parts_waiting
from raprong.evaluations.workflow import MOVES
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.stretches import score_places
from raprong.organisation.models import Agency, Person
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_open

CARD = "evaluations.confirmed"
RESULT_LETTER_CARD = "evaluations.result_letter_sent"
CIRCULAR_CARD = "evaluations.circular_sent"


def check_is_independent(person: Person, assessment: SelfAssessment) -> None:
    """Nobody judges what they had a hand in."""
    if took_part(person, assessment):
        raise Refused(_("You had a hand in this report or its results, so somebody else scores and confirms it."))


def check_is_unconflicted(person: Person, run: Run, kpi: KpiYear | None = None) -> None:
    """Nobody judges a unit's year from which they took themselves off, nor, where one is asked about, a KPI of it."""
    declared = Conflict.objects.standing().filter(person=person, run=run)
    if declared.filter(kpi=None).exists():
        raise Refused(_("You declared a conflict with this unit, so somebody else judges it."))
    if kpi is not None and declared.filter(kpi=kpi).exists():
        raise Refused(_("You declared a conflict with this KPI, so somebody else judges it."))


def check_has_no_conflict_at_all(person: Person, run: Run) -> None:
    """Who confirms confirms every score, so a conflict with one KPI is enough to keep away."""
    check_is_unconflicted(person, run)
    named = Conflict.objects.standing().filter(person=person, run=run).order_by("kpi__sort_code")
    if codes := ", ".join(named.values_list("kpi__code", flat=True)):
        raise Refused(_("You declared a conflict with %(codes)s, so somebody else confirms.") % {"codes": codes})


def check_can_declare_conflict(run: Run, *, at: datetime) -> None:
    """A year in which something is judged has begun."""
    if day_of(at) < run.year.starts_on and not SelfAssessment.objects.filter(run=run).exists():
        raise Refused(_("The year has not begun yet."))


def check_can_lift_conflict(conflict: Conflict) -> None:
    if conflict.lifted_at is not None:
        raise Refused(_("This conflict was already lifted."))


def check_is_not_doubted(evaluation: Evaluation) -> None:
    """No score waits for another's look."""
    doubted = evaluation.scores.filter(doubted__isnull=False).order_by("item__kpi__sort_code")
    if codes := ", ".join(doubted.values_list("item__kpi__code", flat=True)):
        raise Refused(
            _("Somebody else looks again at: %(codes)s. Whoever scored declared a conflict.") % {"codes": codes}
        )


def check_can_publish_seed(agency: Agency, fiscal_year: int, months: int) -> None:
    """Once for a round, and before the first report of it is in: later its KPIs could be chosen by trying seeds."""
    seeds = SampleSeed.objects.filter(agency=agency, fiscal_year=fiscal_year, months=months)
    if seeds.exists():
        raise Refused(_("The seed of this round is published already."))
    reports = SelfAssessment.objects.submitted().filter(
        run__unit__agency=agency, run__fiscal_year=fiscal_year, months=months
    )
    if reports.exists():
        raise Refused(_("A report of this round is in already. A seed is published before the first one."))


def check_is_not_moderated(score: GivenScore) -> None:
    """What a meeting decided changes by another decision of a meeting only."""
    decided = score.moderations.select_related("meeting").last()
    if decided is not None:
        sentence = _("Moderation meeting %(meeting)s decided about this score. Only a meeting changes it.")
        raise Refused(sentence % {"meeting": decided.meeting})


def check_is_open_meeting(meeting: ModerationMeeting) -> None:
    if meeting.closed_at is not None:
        raise Refused(_("The meeting is closed. Its minutes are sealed."))


def check_can_moderate(score: GivenScore) -> None:
    """Given by an assessor, and not confirmed yet."""
    if score.evaluation.state == State.CONFIRMED:
        raise Refused(_("The scores are confirmed and no longer change."))
    if score.looked_at is None:
        raise Refused(_("No assessor has looked at this score yet."))


def check_can_claim_factor(item: AssessmentItem) -> None:
    """Until scoring is finished."""
    evaluation = evaluation_of(item.assessment)
    if evaluation is not None and evaluation.state != State.SCORING:
        raise Refused(_("Scoring is finished, so nothing more is claimed."))


def check_can_withdraw_factor(factor: ExternalFactor) -> None:
    if factor.state != FactorState.CLAIMED:
        raise Refused(_("This claim is no longer waiting for a decision."))


def check_no_factor_waits(evaluation: Evaluation) -> None:
    """Every claim of an external factor is decided or taken back."""
    waiting = ExternalFactor.objects.undecided().filter(item__assessment=evaluation.assessment_id)
    codes = sorted(set(waiting.values_list("item__kpi__code", flat=True)))
    if codes:
        raise Refused(_("External factors that wait for a decision: %(codes)s.") % {"codes": ", ".join(codes)})


def check_is_not_of_a_factor(adjustment: Adjustment) -> None:
    """What a decision on an external factor applied is not taken back by hand."""
    if ExternalFactor.objects.filter(adjustment=adjustment).exists():
        raise Refused(_("This adjustment rests on the decision about an external factor."))


def check_can_report_advice(recommendation: Recommendation) -> None:
    if recommendation.state == AdviceState.CLOSED:
        raise Refused(_("This recommendation is closed."))
    if recommendation.state == AdviceState.DONE:
        raise Refused(_("It is said to be done already. An assessor looks at it."))


def check_can_judge_advice(recommendation: Recommendation) -> None:
    if recommendation.state == AdviceState.CLOSED:
        raise Refused(_("This recommendation is closed."))
    if recommendation.state == AdviceState.OPEN:
        raise Refused(_("Nobody has said yet what was done."))


def check_can_close_advice(recommendation: Recommendation) -> None:
    if recommendation.state == AdviceState.CLOSED:
        raise Refused(_("This recommendation is closed."))


def check_can_open(assessment: SelfAssessment, *, at: datetime) -> None:
    """A submitted report, once."""
    if assessment.state != ReportState.SUBMITTED:
        raise Refused(_("The report has not been submitted yet."))
    if Evaluation.objects.filter(assessment=assessment).exists():
        raise Refused(_("The evaluation of this report is already open."))
    check_step_is_open(assessment, at=at)


def check_step_is_open(assessment: SelfAssessment, *, at: datetime) -> None:
    """The round that counts for the year waits for its step in the SOP; an earlier one is looked at as it comes in."""
    if assessment.months == final_round_of(assessment.run):
        check_work_is_open(assessment.run, CARD, at=at)


def check_can_score(evaluation: Evaluation, *, at: datetime) -> None:
    if evaluation.state == State.SCORED:
        raise Refused(_("Scoring is finished. Whoever confirms can send it back."))
    if evaluation.state == State.CONFIRMED:
        raise Refused(_("The scores are confirmed and no longer change."))
    check_step_is_open(evaluation.assessment, at=at)


def faults_of_given(score: GivenScore, given: Decimal, because: str, scheme: Scheme) -> list[Fault]:
    """Everything wrong with a score that an assessor gives: off the scale, too fine, or different without a reason."""
    found = FaultList()
    if not given.is_finite() or not 0 <= given <= scheme.scale_max:
        found.add("given", _("A score lies between 0 and %(most)s.") % {"most": f"{scheme.scale_max.normalize():f}"})
    elif given != half_up(given, scheme.places):
        found.add("given", too_fine_words(scheme))
    if given != score.calculated and not because.strip():
        found.add("because", _("Say why the score differs from the calculated one."))
    return found.faults


def too_fine_words(scheme: Scheme) -> str:
    """Why a score given by hand is too fine; one that the scheme does not round is written at ten places at most."""
    return _("A score has at most %(places)s decimals.") % {"places": score_places(scheme)}


def check_can_finish(evaluation: Evaluation, *, at: datetime) -> None:
    """Scoring is finished when every KPI has been looked at and every other part of the final score is given."""
    check_can_score(evaluation, at=at)
    waiting = evaluation.scores.filter(looked_at__isnull=True).order_by("item__kpi__code")
    codes = ", ".join(waiting.values_list("item__kpi__code", flat=True))
    if codes:
        raise Refused(_("Not looked at yet: %(codes)s.") % {"codes": codes})
    check_is_not_doubted(evaluation)
    check_no_factor_waits(evaluation)
    asked = Inquiry.objects.open().filter(score__evaluation=evaluation).order_by("score__item__kpi__code")
    if codes := ", ".join(asked.values_list("score__item__kpi__code", flat=True)):
        raise Refused(_("Questions that are still open: %(codes)s. Close them first.") % {"codes": codes})
    if parts := parts_waiting(evaluation):
        thai = (get_language() or "th").startswith("th")
        titles = ", ".join((part.title_th if thai else part.title_en) or part.code for part in parts)
        raise Refused(_("These parts of the final score have no score yet: %(parts)s.") % {"parts": titles})


def check_can_ask_again(inquiry: Inquiry) -> None:
    if inquiry.state == InquiryState.CLOSED:
        raise Refused(_("This question is closed. Ask a new one."))
    if inquiry.state == InquiryState.ASKED:
        raise Refused(_("Your last question is not answered yet."))


def check_can_answer(inquiry: Inquiry) -> None:
    if inquiry.state == InquiryState.CLOSED:
        raise Refused(_("This question is closed."))
    if inquiry.state == InquiryState.ANSWERED:
        raise Refused(_("This question is answered. The assessor looks at the answer."))


def check_can_close(inquiry: Inquiry, *, on: date) -> None:
    """Answered, or unanswered after its day."""
    if inquiry.state == InquiryState.CLOSED:
        raise Refused(_("This question was already closed."))
    if inquiry.state == InquiryState.ASKED and on <= inquiry.due_on:
        raise Refused(_("The group has time to answer until the end of its day."))


def check_can_send_back(evaluation: Evaluation) -> None:
    _check_move(evaluation, Move.SEND_BACK)


def check_can_confirm(evaluation: Evaluation, *, at: datetime) -> None:
    _check_move(evaluation, Move.CONFIRM)
    check_is_not_doubted(evaluation)
    check_step_is_open(evaluation.assessment, at=at)


def _check_move(evaluation: Evaluation, move: Move) -> None:
    starts, _to = MOVES[move]
    if evaluation.state == State.CONFIRMED:
        raise Refused(_("The scores are confirmed and no longer change."))
    if evaluation.state not in starts:
        raise Refused(_("Scoring is not finished yet."))


def check_can_announce(evaluation: Evaluation, *, at: datetime) -> None:
    """A final result is announced by one letter."""
    _check_final(evaluation)
    if letter_about(evaluation, LetterKind.RESULT_LETTER):
        raise Refused(_("The result letter is already drafted."))
    if evaluation.assessment.months == final_round_of(evaluation.run):
        check_work_is_open(evaluation.run, RESULT_LETTER_CARD, at=at)


def check_can_circulate(evaluation: Evaluation, *, at: datetime) -> None:
    """A final result is passed on to the unit's people by one circular."""
    _check_final(evaluation)
    if letter_about(evaluation, LetterKind.CIRCULAR):
        raise Refused(_("The circular is already drafted."))
    if evaluation.assessment.months == final_round_of(evaluation.run):
        check_work_is_open(evaluation.run, CIRCULAR_CARD, at=at)


def check_is_preliminary(evaluation: Evaluation) -> None:
    """Confirmed, and not sealed yet: the unit has its say."""
    _check_confirmed(evaluation)
    if evaluation.is_final:
        raise Refused(_("The result is final and no longer changes."))


def _check_final(evaluation: Evaluation) -> None:
    _check_confirmed(evaluation)
    if not evaluation.is_final:
        raise Refused(_("The result is preliminary: the unit accepts it or objects first."))


def _check_confirmed(evaluation: Evaluation) -> None:
    if evaluation.state != State.CONFIRMED:
        raise Refused(_("The scores are not confirmed yet."))
