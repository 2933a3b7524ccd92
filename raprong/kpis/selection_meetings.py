"""The verbs of a selection meeting: opened, told what to say of itself, closed with minutes that are sealed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.audit.actions import record
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis import permissions
from raprong.kpis.locks import locked_framework
from raprong.kpis.minutes import minutes_paper, posts_present
from raprong.kpis.models import Framework, SelectionMeeting
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit

TITLE = "รายงานการประชุมคัดเลือกตัวชี้วัด ครั้งที่ "  # in the cabinet words are Thai in every language
MOST_LETTERS = {"place": 200, "chair": 200, "present": 10_000, "remarks": 10_000}
LARGEST_NUMBER = 999


@dataclass(frozen=True)
class Meeting:
    """What a meeting says of itself. `chair` is a post, `present` the posts that came, one a line."""

    number: int
    held_on: date
    place: str
    chair: str
    present: str = ""
    remarks: str = ""


@transaction.atomic
def open_meeting(run: Run, meeting: Meeting, *, by: Person, at: datetime) -> SelectionMeeting:
    """Open a meeting in which candidates are chosen. Refused while another one of the year is open.

    Refused with every fault at once: a number that another meeting of the year has, no place, no post that leads it.
    """
    framework = locked_framework(run)
    permissions.check_may_open_meeting(by, run, at=at)
    _check(framework, meeting)

    opened = SelectionMeeting.objects.create(framework=framework, **asdict(meeting), opened_at=at, opened_by=by)

    _record("kpis.meeting_opened", opened, by, at, number=meeting.number, held_on=meeting.held_on)
    return opened


@transaction.atomic
def revise_meeting(
    held: SelectionMeeting, meeting: Meeting, *, seen: int | None, by: Person, at: datetime
) -> SelectionMeeting:
    """Change what an open meeting says of itself, such as who came."""
    held = _locked(held)
    permissions.check_may_keep_meeting(by, held, at=at)
    check_fresh(held, seen)
    _check(held.framework, meeting, this=held)

    said = asdict(meeting)
    changed = {name: [getattr(held, name), now] for name, now in said.items() if getattr(held, name) != now}
    for name, now in said.items():
        setattr(held, name, now)
    held.version += 1
    held.save(update_fields=[*said, "version"])

    _record("kpis.meeting_revised", held, by, at, changed=changed)
    return held


@transaction.atomic
def close_meeting(held: SelectionMeeting, *, seen: int | None = None, by: Person, at: datetime) -> Record:
    """Close a meeting for good: its minutes are sealed and put into the cabinet, as the candidates stand now.

    Refused until it says who came. The selection need not be settled; a later meeting may go on with it.
    """
    framework = locked_framework(held.framework.run)
    held = _locked(held)
    permissions.check_may_keep_meeting(by, held, at=at)
    check_fresh(held, seen)
    with all_at_once() as found:
        if not posts_present(held):
            found.add("present", _("Write down who was present, one post a line."))

    held.closed_at, held.closed_by = at, by
    held.version += 1
    held.save(update_fields=["closed_at", "closed_by", "version"])
    kept = _deposit(held, framework, by=by, at=at)

    _record("kpis.meeting_closed", held, by, at, decisions=held.decisions.count(), sha256=kept.sha256)
    return kept


def _deposit(meeting: SelectionMeeting, framework: Framework, *, by: Person, at: datetime) -> Record:
    run = framework.run
    return seal_and_deposit(
        minutes_paper(meeting, at=at),
        title=f"{TITLE}{meeting} {run.unit.name}",
        about=meeting,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=by,
        at=at,
        which=f"{run.fiscal_year}-{meeting.number}",
    )


def _check(framework: Framework, meeting: Meeting, *, this: SelectionMeeting | None = None) -> None:
    with all_at_once() as found:
        others = framework.meetings.exclude(pk=this.pk) if this else framework.meetings.all()
        if not 1 <= meeting.number <= LARGEST_NUMBER:
            found.add("number", _("Number the meetings of a year from 1 on."))
        elif others.filter(number=meeting.number).exists():
            found.add("number", _("Another meeting of this year has this number."))
        if not meeting.place.strip():
            found.add("place", _("Say where the meeting is held."))
        if not meeting.chair.strip():
            found.add("chair", _("Name the post that leads the meeting."))
        _check_lengths(found, meeting)


def _check_lengths(found: FaultList, meeting: Meeting) -> None:
    for name, most in MOST_LETTERS.items():
        if len(getattr(meeting, name)) > most:
            found.add(name, _("This is too long. Use at most %(most)s letters.") % {"most": most})


def _locked(meeting: SelectionMeeting) -> SelectionMeeting:
    return (
        SelectionMeeting.objects.select_for_update(of=("self",))
        .select_related("framework__run__unit__agency")
        .get(pk=meeting.pk)
    )


def _record(kind: str, meeting: SelectionMeeting, by: Person, at: datetime, **facts: Any) -> None:
    run = meeting.framework.run
    record(kind, about=meeting, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, **facts)
