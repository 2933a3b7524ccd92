"""What waits for a person of the year's run: to start a year, to do and to end its steps, to hand in and to check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds, units_where
from raprong.access.rules import refusal
from raprong.lib.sop.shape import ASK, Step
from raprong.lib.sop.standing import RunStanding, State, StepStanding, window_days
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Unit
from raprong.organisation.queries import groups_of
from raprong.processes import permissions
from raprong.processes.cards import ask
from raprong.processes.library import all_sops
from raprong.processes.models import Run
from raprong.processes.words import text_of, title_of
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import due_day, unit_name, year_name
from raprong.web.processes.work_pages import PAGES, comes_in_parts, has_hand_in, work_url
from raprong.web.shell.filters import digits, moment


def years(desk: Desk) -> Iterator[Waiting]:
    """Years to start: a unit's first, and the next one from the day on which its SOP's first step begins."""
    for unit in units_where(desk.person, "runs.start", on=desk.on).filter(kind=UnitKind.OFFICE):
        last = Run.objects.filter(unit=unit).with_sop().order_by("-fiscal_year").first()
        this_year = FiscalYear.of(desk.on).be
        year = FiscalYear(max(last.fiscal_year + 1, this_year) if last else this_year)
        definition = all_sops().get(last.sop.code, last.definition) if last else None
        window = window_days(definition.steps[0], year) if definition else None
        begins_on = window[0] if window else year.starts_on
        if begins_on <= desk.on:
            yield Waiting(
                title=_("Start %(year)s") % {"year": year_name(year)},
                sentence=_("%(unit)s · its first step then opens, and everybody's work comes here.")
                % {"unit": unit_name(unit)},
                due_on=begins_on if last else None,
                url=reverse("processes:start"),
                label=_("Start"),
                primary=True,
                key=f"start {unit.public_id} {year.be}",
                place=unit,
            )


def steps(desk: Desk) -> Iterator[Waiting]:
    """The open step of each run, for those who can bring it on: who do what is missing, or who say that it is done."""
    for run, standing in desk.runs:
        current = standing.current
        if current is None or refusal(permissions.check_acts, desk.person, run, current.step, at=desk.at):
            continue
        if not _waits_for_others(desk, run, current):
            yield _step(run, current)


def _waits_for_others(desk: Desk, run: Run, stands: StepStanding) -> bool:
    """Whether the work that comes next is not this person's. What comes in parts waits for people part by part;
    whoever gathers the groups' pieces looks after them all the time."""
    if stands.pieces or not stands.works_missing:
        return False
    card, places = stands.works_missing[0].card, [run.unit, *groups_of(run.unit)]
    return comes_in_parts(card) or not has_hand_in(desk.person, card, places, on=desk.on)


def _step(run: Run, stands: StepStanding) -> Waiting:
    next_work = "" if stands.pieces or not stands.works_missing else work_url(run, stands.works_missing[0].card)
    return Waiting(
        title=_("Step %(number)s %(title)s") % {"number": digits(stands.step.number), "title": title_of(stands.step)},
        sentence=digits(f"{unit_name(run.unit)} · {_what_is_missing(stands)}"),
        due_on=due_day(stands),
        url=next_work or _step_page(run, stands),
        label=_label(stands),
        primary=stands.can_be_done,
        key=f"step {run.public_id} {stands.code}",
        run=run,
        place=run.unit,
    )


def _label(stands: StepStanding) -> str:
    if stands.can_be_done:
        return _("Finish")
    return _("Open") if stands.works_missing or stands.pieces_missing else _("Answer")


def _what_is_missing(stands: StepStanding) -> str:
    """What comes next in the step, and how much follows it."""
    if stands.can_be_done:
        return _("Everything is there: say that the step is done.")
    said = [*_pieces_missing(stands), *_works_missing(stands), *_controls_missing(stands)]
    if len(said) < 2:
        return "".join(said)
    words = ngettext("then %(count)s more thing", "then %(count)s more things", len(said) - 1)
    return f"{said[0].rstrip('.')} · {words % {'count': digits(len(said) - 1)}}"


def _pieces_missing(stands: StepStanding) -> Iterator[str]:
    if count := len(stands.pieces_missing):
        words = ngettext("%(count)s group is not accepted yet", "%(count)s groups are not accepted yet", count)
        yield words % {"count": digits(count)}


def _works_missing(stands: StepStanding) -> Iterator[str]:
    """Of work that groups hand in piece by piece the pieces speak, as long as some are missing."""
    if not stands.pieces_missing:
        yield from (work.sentence for work in stands.works_missing if work.sentence)


def _controls_missing(stands: StepStanding) -> Iterator[str]:
    """What the system finds by itself, in its own words; then how many answers it asks people for."""
    said = {work.sentence for work in stands.works_missing}
    points = [(control, stands.step.control_point(control.code)) for control in stands.controls_missing]
    asked = [point for _control, point in points if point.check == ASK]
    for control, point in points:
        if point not in asked and control.work and control.work.sentence not in said:
            yield control.work.sentence
    if len(asked) == 1:
        yield _("Control point: %(text)s") % {"text": text_of(asked[0])}
    elif asked:
        yield _("%(count)s control points are not answered") % {"count": digits(len(asked))}


def pieces(desk: Desk) -> Iterator[Waiting]:
    """Pieces that a group has yet to write and to hand in, and pieces that wait for the checker."""
    for run, standing in desk.runs:
        current = standing.current
        if current and current.pieces:
            groups = {group.public_id: group for group in groups_of(run.unit)}
            for piece in current.pieces:
                yield from _piece(desk, run, standing, current, groups[piece.group])


def _piece(desk: Desk, run: Run, standing: RunStanding, stands: StepStanding, group: Unit) -> Iterator[Waiting]:
    step, asked = stands.step, (desk.person, run, stands.step, group)
    known: dict[str, Any] = {"at": desk.at, "standing": standing}
    if not refusal(permissions.check_may_submit, *asked, **known):
        yield _to_hand_in(run, stands, group)
    elif _is_being_written(stands, group) and _writes_only(desk, step, group):
        yield from _to_write(run, stands, group)
    if not refusal(permissions.check_may_check, *asked, **known):
        yield _to_check(run, stands, group)


def _to_hand_in(run: Run, stands: StepStanding, group: Unit) -> Waiting:
    lacking, returned = _lacking(run, stands.step, group), _sent_back(stands, group)
    page = _step_page(run, stands)
    return Waiting(
        title=_("Hand in: %(title)s, %(group)s") % _words(stands, group),
        sentence=returned or lacking or _("Complete"),
        due_on=due_day(stands),
        url=page if not lacking else work_url(run, stands.step.work[0]) or page,
        label=_("Open") if lacking else _("Hand in"),
        primary=True,
        key=f"hand-in {run.public_id} {stands.code} {group.public_id}",
        run=run,
        place=group,
    )


def _to_write(run: Run, stands: StepStanding, group: Unit) -> Iterator[Waiting]:
    """For those who write for a group and leave handing in to its head: while something is lacking or came back."""
    lacking, returned = _lacking(run, stands.step, group), _sent_back(stands, group)
    if lacking or returned:
        yield Waiting(
            title=_("Write: %(title)s, %(group)s") % _words(stands, group),
            sentence=returned or lacking,
            due_on=due_day(stands),
            url=work_url(run, stands.step.work[0]) or _step_page(run, stands),
            label=_("Write"),
            key=f"write {run.public_id} {stands.code} {group.public_id}",
            run=run,
            place=group,
        )


def _to_check(run: Run, stands: StepStanding, group: Unit) -> Waiting:
    last = next(piece.last for piece in stands.pieces if piece.group == group.public_id)
    assert last is not None, "what waits for the checker was handed in"
    return Waiting(
        title=_("Check: %(title)s, %(group)s") % _words(stands, group),
        sentence=_("Handed in by %(person)s on %(moment)s") % {"person": last.by, "moment": moment(last.at)},
        due_on=due_day(stands),
        url=_step_page(run, stands),
        label=_("Check"),
        primary=True,
        key=f"check {run.public_id} {stands.code} {group.public_id}",
        run=run,
        place=group,
    )


def _is_being_written(stands: StepStanding, group: Unit) -> bool:
    state = next(piece.state for piece in stands.pieces if piece.group == group.public_id)
    return state in (State.OPEN, State.RETURNED)


def _writes_only(desk: Desk, step: Step, group: Unit) -> bool:
    """Whether a person writes this work for the group, as its staff do; who does so for the whole unit checks it."""
    return any(
        holds(desk.person, PAGES[card].permission, group, on=desk.on)
        and not holds(desk.person, PAGES[card].permission, group.office, on=desk.on)
        for card in step.work
        if card in PAGES
    )


def _lacking(run: Run, step: Step, group: Unit) -> str:
    answers = [ask(card, run, group) for card in step.work]
    return digits(" ".join(answer.sentence for answer in answers if not answer.done))


def _sent_back(stands: StepStanding, group: Unit) -> str:
    """Why the checker sent a piece back; empty where it did not come back, or was handed in again."""
    piece = next(piece for piece in stands.pieces if piece.group == group.public_id)
    if piece.state is not State.RETURNED or piece.last is None:
        return ""
    return _("Sent back: %(because)s") % {"because": piece.last.remark}


def _words(stands: StepStanding, group: Unit) -> dict[str, str]:
    return {"title": title_of(stands.step), "group": unit_name(group)}


def _step_page(run: Run, stands: StepStanding) -> str:
    return reverse("processes:step", kwargs={"run": run.public_id, "step": stands.code})
