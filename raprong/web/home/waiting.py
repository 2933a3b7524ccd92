"""What waits for a person, room by room. Each room has one small function; `everything` asks them all.

A room whose functions share more than a line or two keeps them in `waiting.py` of its own pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.assessments.rounds import round_title
from raprong.cascade import queries as cascade
from raprong.cascade.models import Commitment
from raprong.circulation import queries as circulation
from raprong.circulation.enums import State as LetterState
from raprong.circulation.models import Letter, Recipient
from raprong.evaluations import permissions as evaluations_permissions
from raprong.evaluations.enums import InquiryState
from raprong.evaluations.models import Inquiry
from raprong.evaluations.queries import evaluation_of, reports_to_score
from raprong.lib.sop.standing import RunStanding, StepStanding
from raprong.organisation.models import Unit
from raprong.organisation.queries import groups_of
from raprong.processes import permissions as processes_permissions
from raprong.processes.cards import ask
from raprong.processes.models import Run
from raprong.processes.words import title_of
from raprong.results.follow_up import actions_of, unexplained
from raprong.results.policies import CARD as MONTHS
from raprong.results.queries import DueMonth, months_due
from raprong.signatures import queries as signatures
from raprong.web.assessments import waiting as assessments
from raprong.web.evaluations import waiting as assessing
from raprong.web.evidence.waiting import missing_proof
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.links import address_of
from raprong.web.objections import waiting as objections
from raprong.web.processes.panel import due_day, unit_name
from raprong.web.processes.work_pages import work_url
from raprong.web.shell.filters import digits, moment, month, short_date


def everything(desk: Desk) -> list[Waiting]:
    """All that waits, the soonest due first; what has no due day comes last."""
    found = [waiting for room in ROOMS for waiting in room(desk)]
    return sorted(found, key=lambda waiting: (waiting.due_on or date.max, not waiting.primary))


# The year's steps


def steps(desk: Desk) -> Iterator[Waiting]:
    """The open step of each run, for those who do it or who say that it is done."""
    for run, standing in desk.runs:
        current = standing.current
        if current and not refusal(processes_permissions.check_acts, desk.person, run, current.step, at=desk.at):
            yield _step(run, current)


def _step(run: Run, stands: StepStanding) -> Waiting:
    missing = stands.works_missing
    step_page = reverse("processes:step", kwargs={"run": run.public_id, "step": stands.code})
    work_page = next((address for work in missing if (address := work_url(run, work.card))), "")
    alone = not stands.pieces
    return Waiting(
        title=_("Step %(number)s %(title)s") % {"number": digits(stands.step.number), "title": title_of(stands.step)},
        sentence=digits(f"{unit_name(run.unit)} · {_what_is_missing(stands)}"),
        due_on=due_day(stands),
        url=work_page if work_page and alone else step_page,
        label=_("Finish") if stands.can_be_done else _("Open"),
        primary=stands.can_be_done,
        key=f"step {run.public_id} {stands.code}",
        place=run.unit,
    )


def _what_is_missing(stands: StepStanding) -> str:
    if stands.can_be_done:
        return _("Everything is there: say that the step is done.")
    said = [work.sentence for work in stands.works_missing if work.sentence]
    if stands.pieces_missing:
        count = len(stands.pieces_missing)
        words = ngettext("%(count)s group is not accepted yet", "%(count)s groups are not accepted yet", count)
        said.append(words % {"count": digits(count)})
    if stands.controls_missing:
        count = len(stands.controls_missing)
        words = ngettext("%(count)s control point is not answered", "%(count)s control points are not answered", count)
        said.append(words % {"count": digits(count)})
    return " · ".join(said)


def pieces(desk: Desk) -> Iterator[Waiting]:
    """Pieces that a group has yet to hand in, and pieces that wait for the checker."""
    for run, standing in desk.runs:
        current = standing.current
        if current and current.pieces:
            groups = {group.public_id: group for group in groups_of(run.unit)}
            for piece in current.pieces:
                yield from _piece(desk, run, standing, current, groups[piece.group])


def _piece(desk: Desk, run: Run, standing: RunStanding, stands: StepStanding, group: Unit) -> Iterator[Waiting]:
    step, asked = stands.step, (desk.person, run, stands.step, group)
    words = {"title": title_of(step), "group": unit_name(group)}
    last = next(piece.last for piece in stands.pieces if piece.group == group.public_id)
    page = reverse("processes:step", kwargs={"run": run.public_id, "step": step.code})
    if not refusal(processes_permissions.check_may_submit, *asked, at=desk.at, standing=standing):
        answers = [ask(card, run, group) for card in step.work]
        lacking = " ".join(answer.sentence for answer in answers if not answer.done)
        returned = last is not None and last.remark
        yield Waiting(
            title=_("Hand in: %(title)s, %(group)s") % words,
            sentence=_("Sent back: %(because)s") % {"because": returned}
            if returned
            else digits(lacking) or _("Complete"),
            due_on=due_day(stands),
            url=page if not lacking else work_url(run, step.work[0]) or page,
            label=_("Open") if lacking else _("Hand in"),
            primary=True,
            key=f"hand-in {run.public_id} {step.code} {group.public_id}",
            place=group,
        )
    if not refusal(processes_permissions.check_may_check, *asked, at=desk.at, standing=standing) and last:
        yield Waiting(
            title=_("Check: %(title)s, %(group)s") % words,
            sentence=_("Handed in by %(person)s on %(moment)s") % {"person": last.by, "moment": moment(last.at)},
            due_on=due_day(stands),
            url=page,
            label=_("Check"),
            primary=True,
            key=f"check {run.public_id} {step.code} {group.public_id}",
            place=group,
        )


# Signing, taking on


def signing(desk: Desk) -> Iterator[Waiting]:
    """Signatures that can be given now."""
    for request in signatures.waiting_for(desk.person):
        yield Waiting(
            title=_("Sign: %(thing)s") % {"thing": request.about_title},
            sentence=_("As %(post)s · asked on %(day)s")
            % {"post": request.post, "day": short_date(request.requested_at)},
            due_on=None,
            url=address_of(request.about),
            label=_("Read and sign"),
            primary=True,
            key=f"sign {request.about}",
            asked_at=request.requested_at,
        )


def commitments(desk: Desk) -> Iterator[Waiting]:
    """KPIs that were given to this person and not acknowledged yet, one line for each run."""
    by_run: dict[Run, list[Commitment]] = {}
    for commitment in cascade.waiting_for(desk.person):
        by_run.setdefault(commitment.kpi.framework.run, []).append(commitment)
    for run, given in by_run.items():
        count = len(given)
        words = ngettext("%(count)s KPI was given to you", "%(count)s KPIs were given to you", count)
        yield Waiting(
            title=_("Acknowledge the KPIs that are yours"),
            sentence=words % {"count": digits(count)},
            due_on=None,
            url=reverse("cascade:mine", kwargs={"run": run.public_id}),
            label=_("Read and acknowledge"),
            key=f"acknowledge {run.public_id}",
            asked_at=max(commitment.assigned_at for commitment in given),
        )


# Results, scores


def months(desk: Desk) -> Iterator[Waiting]:
    """Months without figures: of the whole unit for those who report for all of it, else of one's own groups."""
    for run, standing in desk.runs:
        if not desk.is_open(run, standing, MONTHS):
            continue
        if holds(desk.person, "results.report", run.unit, on=desk.on):
            yield from (_month(run, due) for due in months_due(run, at=desk.at))
            continue
        for group in groups_of(run.unit):
            if holds(desk.person, "results.report", group, on=desk.on):
                yield from (_month(run, due, group) for due in months_due(run, at=desk.at, group=group))


def _month(run: Run, due: DueMonth, group: Unit | None = None) -> Waiting:
    count = len(due.missing)
    words = ngettext("%(count)s KPI of %(unit)s", "%(count)s KPIs of %(unit)s", count)
    return Waiting(
        title=_("Report %(month)s") % {"month": month(due.month)},
        sentence=words % {"count": digits(count), "unit": unit_name(group or run.unit)},
        due_on=due.due_on,
        url=reverse("results:month", kwargs={"run": run.public_id, "month": f"{due.month:%Y-%m}"}),
        label=_("Report"),
        primary=True,
        key=f"month {run.public_id} {due.month:%Y-%m} {(group or run.unit).public_id}",
        place=group or run.unit,
    )


def causes(desk: Desk) -> Iterator[Waiting]:
    """Figures below the chosen level of one's own groups without a cause and a corrective action."""
    for run, _standing in desk.runs:
        for group in groups_of(run.unit):
            if holds(desk.person, "results.report", group, on=desk.on) and (low := unexplained(run, group=group)):
                yield _cause(run, group, len(low))


def _cause(run: Run, group: Unit, count: int) -> Waiting:
    words = ngettext("%(count)s figure of %(unit)s", "%(count)s figures of %(unit)s", count)
    return Waiting(
        title=_("Write causes and corrective actions"),
        sentence=words % {"count": digits(count), "unit": unit_name(group)},
        due_on=None,
        url=reverse("results:follow-up", kwargs={"run": run.public_id}, query={"group": group.public_id}),
        label=_("Write"),
        key=f"cause {run.public_id} {group.public_id}",
        place=group,
    )


def corrective_actions(desk: Desk) -> Iterator[Waiting]:
    """What this person is to do about a figure."""
    for run, _standing in desk.runs:
        for action in actions_of(run).filter(owner=desk.person, closed_at__isnull=True):
            yield Waiting(
                title=_("Act on KPI %(kpi)s") % {"kpi": digits(action.kpi.code)},
                sentence=action.action,
                due_on=action.due_on,
                url=reverse("results:acted", kwargs={"action": action.public_id}),
                label=_("Say what was done"),
                key=f"act {action.public_id}",
                place=action.kpi.group,
            )


def evaluations(desk: Desk) -> Iterator[Waiting]:
    """Reports to score, and scores to confirm."""
    may = evaluations_permissions
    for report in reports_to_score(desk.person, on=desk.on):
        evaluation = evaluation_of(report)
        words = {"round": round_title(report.months), "unit": unit_name(report.run.unit)}
        known: Any = {"key": f"score {report.public_id}", "asked_at": report.submitted_at}
        sent = _("Submitted on %(day)s") % {"day": short_date(report.submitted_at)}
        if evaluation is None:
            if not refusal(may.check_may_open, desk.person, report, at=desk.at):
                page = reverse("evaluations:list")
                yield Waiting(_("Score %(unit)s, %(round)s") % words, sent, None, page, _("Open"), True, **known)
            continue
        page = reverse("evaluations:evaluation", kwargs={"evaluation": evaluation.public_id})
        if not refusal(may.check_may_score, desk.person, evaluation, at=desk.at):
            yield Waiting(_("Score %(unit)s, %(round)s") % words, sent, None, page, _("Go on"), True, **known)
        elif not refusal(may.check_may_confirm, desk.person, evaluation, at=desk.at):
            scored = _("Scored by %(person)s") % {"person": evaluation.scored_by}
            known = {"key": f"confirm {report.public_id}", "asked_at": evaluation.scored_at}
            yield Waiting(_("Confirm %(unit)s, %(round)s") % words, scored, None, page, _("Confirm"), True, **known)


def inquiries(desk: Desk) -> Iterator[Waiting]:
    """Questions that one's group answers, and answers that one looks at."""
    for inquiry in Inquiry.objects.visible_to(desk.person, on=desk.on).open().with_story():
        kpi, asked = inquiry.score.item.kpi, inquiry.state == InquiryState.ASKED
        check = evaluations_permissions.check_may_answer if asked else evaluations_permissions.check_may_close
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
        )


# Letters


def letters_to_check(desk: Desk) -> Iterator[Waiting]:
    """Letters handed in that this person may check, and own drafts that came back."""
    for letter in circulation.letters_to_check(desk.person, on=desk.on):
        drafted = _("Drafted by %(person)s") % {"person": letter.drafted_by}
        yield Waiting(
            _("Check: %(thing)s") % {"thing": letter.subject},
            drafted,
            None,
            _page(letter),
            _("Read and check"),
            True,
            key=f"check-letter {letter.public_id}",
            asked_at=letter.drafted_at,
        )
    for letter, back in circulation.letters_returned_to(desk.person):
        yield Waiting(
            _("Change: %(thing)s") % {"thing": letter.subject},
            _("Sent back: %(because)s") % {"because": back.because},
            None,
            _page(letter),
            _("Open"),
            True,
            key=f"change {letter.public_id} {back.pk}",
            asked_at=back.at,
        )


def letters_to_sign(desk: Desk) -> Iterator[Waiting]:
    """Checked letters that wait for this person's signature."""
    for letter in circulation.letters_to_sign(desk.person, on=desk.on):
        drafted = _("Drafted by %(person)s") % {"person": letter.drafted_by}
        yield Waiting(
            _("Sign: %(thing)s") % {"thing": letter.subject},
            drafted,
            None,
            _page(letter),
            _("Read and sign"),
            True,
            key=f"sign {letter.public_id}",
            asked_at=letter.drafted_at,
        )


def letters_to_send(desk: Desk) -> Iterator[Waiting]:
    """Signed letters that nobody has sent yet."""
    signed = Letter.objects.visible_to(desk.person, on=desk.on).with_units().filter(state=LetterState.SIGNED)
    for letter in signed:
        if holds(desk.person, "circulation.send", letter.unit, on=desk.on):
            number = _("Signed, number %(number)s") % {"number": letter.number_text}
            yield Waiting(
                _("Send: %(thing)s") % {"thing": letter.subject},
                number,
                None,
                _page(letter),
                _("Send"),
                key=f"send {letter.public_id}",
                asked_at=letter.signed_at,
            )


def letters_to_read(desk: Desk) -> Iterator[Waiting]:
    """Letters that reached this person and wait to be acknowledged."""
    received = Recipient.objects.filter(person=desk.person, acknowledged_at__isnull=True).select_related("letter__unit")
    for recipient in received:
        letter = recipient.letter
        sent = _("From %(unit)s on %(day)s") % {
            "unit": unit_name(letter.unit),
            "day": short_date(recipient.delivered_at),
        }
        yield Waiting(
            _("Read: %(thing)s") % {"thing": letter.subject},
            sent,
            None,
            _page(letter),
            _("Read"),
            key=f"read {letter.public_id}",
            asked_at=recipient.delivered_at,
        )


def _page(letter: Letter) -> str:
    return reverse("circulation:letter", kwargs={"letter": letter.public_id})


ROOMS: tuple[Callable[[Desk], Iterator[Waiting]], ...] = (
    steps,
    pieces,
    signing,
    commitments,
    months,
    causes,
    corrective_actions,
    missing_proof,
    assessments.reports,
    evaluations,
    inquiries,
    assessing.external_factors,
    assessing.recommendations,
    objections.results,
    objections.decisions,
    letters_to_check,
    letters_to_sign,
    letters_to_send,
    letters_to_read,
)
