"""What waits for a person of evaluations: scores, questions, claims, meetings, advice, seeds and result letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.assessments.models import SelfAssessment
from raprong.assessments.queries import rounds_standing
from raprong.assessments.rounds import round_title
from raprong.circulation.enums import LetterKind
from raprong.evaluations import permissions
from raprong.evaluations.enums import AdviceState, InquiryState
from raprong.evaluations.models import (
    Evaluation,
    ExternalFactor,
    GivenScore,
    Inquiry,
    ModerationMeeting,
    Recommendation,
)
from raprong.evaluations.policies import CIRCULAR_CARD, RESULT_LETTER_CARD
from raprong.evaluations.queries import evaluation_of, final_round_of, reports_to_score
from raprong.processes.queries import step_with_work
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, long_date, short_date


def evaluations(desk: Desk) -> Iterator[Waiting]:
    """Reports to score, and scores to confirm. A round waits no longer once a later one is scored."""
    reports = list(reports_to_score(desk.person, on=desk.on))
    scored_upto = _scored_upto(reports)
    for report in reports:
        evaluation = evaluation_of(report)
        if evaluation is None and report.months < scored_upto.get(report.run_id, 0):
            continue
        words = {"round": round_title(report.months), "unit": unit_name(report.run.unit)}
        known: Any = {"key": f"score {report.public_id}", "asked_at": report.submitted_at, "run": report.run}
        sent = _("Submitted on %(day)s") % {"day": short_date(report.submitted_at)}
        if evaluation is None:
            if not refusal(permissions.check_may_open, desk.person, report, at=desk.at):
                page = reverse("evaluations:list", query={"state": "new"})
                yield Waiting(_("Score %(unit)s, %(round)s") % words, sent, None, page, _("Open"), True, **known)
            continue
        page = reverse("evaluations:evaluation", kwargs={"evaluation": evaluation.public_id})
        if not refusal(permissions.check_may_score, desk.person, evaluation, at=desk.at):
            own = desk.person.pk in permissions.scorers_of(evaluation) | {evaluation.opened_by_id}
            said = sent if own else _begun_by(evaluation)
            yield Waiting(_("Score %(unit)s, %(round)s") % words, said, None, page, _("Go on"), own, **known)
        elif not refusal(permissions.check_may_confirm, desk.person, evaluation, at=desk.at):
            scored = _("Scored by %(person)s") % {"person": evaluation.scored_by}
            page = reverse("evaluations:confirm", kwargs={"evaluation": evaluation.public_id})
            known |= {"key": f"confirm {report.public_id}", "asked_at": evaluation.scored_at}
            yield Waiting(_("Confirm %(unit)s, %(round)s") % words, scored, None, page, _("Confirm"), True, **known)


def _begun_by(evaluation: Evaluation) -> str:
    """For those who have no hand in it yet: joining in costs them the right to confirm."""
    return _("Begun by %(person)s. Whoever scores too cannot confirm the scores.") % {"person": evaluation.opened_by}


def _scored_upto(reports: Iterable[SelfAssessment]) -> dict[int, int]:
    """For each run the months of its last round that somebody has begun to score."""
    begun = [(report.run_id, report.months) for report in reports if evaluation_of(report)]
    return {run: max(months for each, months in begun if each == run) for run, _months in begun}


def inquiries(desk: Desk) -> Iterator[Waiting]:
    """Questions that one's group answers, and answers that one looks at."""
    for inquiry in Inquiry.objects.visible_to(desk.person, on=desk.on).open().with_story():
        kpi, asked = inquiry.score.item.kpi, inquiry.state == InquiryState.ASKED
        check = permissions.check_may_answer if asked else permissions.check_may_close
        if refusal(check, desk.person, inquiry, at=desk.at):
            continue
        words = {"code": digits(kpi.code), "title": kpi.title}
        yield Waiting(
            (_("Answer about %(code)s %(title)s") if asked else _("Look at the answer about %(code)s %(title)s"))
            % words,
            _("Asked by %(person)s") % {"person": inquiry.asked_by} if asked else unit_name(kpi.group),
            inquiry.due_on if asked else None,
            reverse("evaluations:inquiry", kwargs={"inquiry": inquiry.public_id}),
            _("Answer") if asked else _("Look"),
            True,
            key=f"answer {inquiry.public_id}" if asked else f"look {inquiry.public_id}",
            asked_at=inquiry.asked_at,
            place=kpi.group,
            run=kpi.run,
        )


def external_factors(desk: Desk) -> Iterator[Waiting]:
    """Claims of external factors that this person may decide about."""
    waiting = ExternalFactor.objects.visible_to(desk.person, on=desk.on).undecided().with_story()
    scores = {
        score.item_id: score
        for score in GivenScore.objects.filter(item__in=[one.item_id for one in waiting]).select_related(
            "item__kpi", "evaluation__assessment__run__unit", "evaluation__assessment__run__sop"
        )
    }
    for factor in waiting:
        score = scores.get(factor.item_id)
        if refusal(permissions.check_may_decide_factor, desk.person, factor, score, at=desk.at):
            continue
        kpi = factor.item.kpi
        yield Waiting(
            _("Decide about an external factor for %(code)s") % {"code": digits(kpi.code)},
            unit_name(kpi.group),
            None,
            reverse("evaluations:factor", kwargs={"factor": factor.public_id}),
            _("Decide"),
            True,
            key=f"factor {factor.public_id}",
            asked_at=factor.claimed_at,
            place=kpi.group,
            run=kpi.run,
        )


def recommendations(desk: Desk) -> Iterator[Waiting]:
    """Recommendations that are this person's to follow, and own ones about which something was done."""
    followed = Recommendation.objects.followed().with_story()
    for advice in followed.filter(owner=desk.person, state=AdviceState.OPEN):
        yield _advice(advice, _("Act on a recommendation"), _("Say what was done"), f"follow {advice.public_id}", True)
    for advice in followed.filter(made_by=desk.person, state=AdviceState.DONE):
        if not refusal(permissions.check_may_judge_advice, desk.person, advice, at=desk.at):
            title = _("Look at what was done about a recommendation")
            yield _advice(advice, title, _("Look"), f"followed {advice.public_id}", False)


def _advice(advice: Recommendation, title: str, label: str, key: str, due: bool) -> Waiting:
    last = advice.steps.last()
    return Waiting(
        title,
        advice.text,
        advice.due_on if due else None,
        reverse("evaluations:advice", kwargs={"recommendation": advice.public_id}),
        label,
        key=key,
        asked_at=last.at if last else advice.made_at,
        place=advice.kpi.group if advice.kpi else advice.evaluation.run.unit,
        run=advice.evaluation.run,
    )


def moderation_meetings(desk: Desk) -> Iterator[Waiting]:
    """Meetings that this person opened and has still to close."""
    opened = ModerationMeeting.objects.visible_to(desk.person, on=desk.on).filter(opened_by=desk.person, closed_at=None)
    for meeting in opened.select_related("unit__agency"):
        if not refusal(permissions.check_may_keep_meeting, desk.person, meeting, at=desk.at):
            words = {"meeting": digits(meeting), "day": long_date(meeting.held_on), "place": meeting.place}
            yield Waiting(
                _("Keep moderation meeting %(meeting)s, and close it") % words,
                _("%(day)s, %(place)s. Its minutes are sealed when it is closed.") % words,
                None,
                reverse("evaluations:moderation", kwargs={"meeting": meeting.public_id}),
                _("Go on"),
                key=f"meeting {meeting.public_id}",
                asked_at=meeting.opened_at,
                place=meeting.unit,
            )


def letters_to_draft(desk: Desk) -> Iterator[Waiting]:
    """Final results of rounds within the year that no letter tells of yet, where the SOP has such a letter.

    Of the last round the SOP's own steps speak.
    """
    ways = (
        (RESULT_LETTER_CARD, LetterKind.RESULT_LETTER, permissions.check_may_announce, _("Draft the result letter")),
        (CIRCULAR_CARD, LetterKind.CIRCULAR, permissions.check_may_circulate, _("Draft the circular")),
    )
    runs = {run.pk: run for run, _standing in desk.runs}
    seen = Evaluation.objects.visible_to(desk.person, on=desk.on).filter(sealed__isnull=False, assessment__run__in=runs)
    for evaluation in seen.select_related("assessment__run__unit", "assessment__run__sop"):
        run = runs[evaluation.assessment.run_id]
        for card, kind, check, label in ways if evaluation.assessment.months != final_round_of(run) else ():
            if step_with_work(run, card) and not refusal(check, desk.person, evaluation, at=desk.at):
                words = {"unit": unit_name(run.unit), "round": round_title(evaluation.assessment.months)}
                yield Waiting(
                    f"{label}: " + _("%(unit)s, %(round)s") % words,
                    _("The result is final."),
                    None,
                    reverse("evaluations:evaluation", kwargs={"evaluation": evaluation.public_id}),
                    _("Draft"),
                    key=f"write-letter {evaluation.public_id} {kind}",
                    asked_at=evaluation.confirmed_at,
                    place=run.unit,
                    run=run,
                )


def seeds(desk: Desk) -> Iterator[Waiting]:
    """Seeds of random samples to publish before the first report of a round is in; one for an agency's round."""
    found: dict[str, Waiting] = {}
    for run, _standing in desk.runs:
        agency = run.unit.agency
        for stands in rounds_standing(run):
            known = (desk.person, agency, run.fiscal_year, stands.months)
            if stands.opens_on <= desk.on and not refusal(permissions.check_may_publish_seed, *known, at=desk.at):
                key = f"seed {agency.pk} {run.fiscal_year} {stands.months}"
                found[key] = Waiting(
                    _("Publish the seed of the random sample, %(round)s") % {"round": round_title(stands.months)},
                    _("Before the first report of the round is in; afterwards no sample can be drawn."),
                    stands.ends_on,
                    reverse("evaluations:samples"),
                    _("Publish"),
                    key=key,
                )
    yield from found.values()
