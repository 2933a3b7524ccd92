"""What waits for a person of KPIs beside the year's steps: uploads to take in, meetings to close, sheets to deposit."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds
from raprong.kpis.deposits import never_deposited
from raprong.kpis.enums import BatchState
from raprong.kpis.models import ImportBatch, SelectionMeeting
from raprong.lib.sop.standing import RunStanding, State
from raprong.processes.models import Run
from raprong.processes.queries import step_with_work
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, short_date

DETAILS = "kpis.details_complete"
SELECTION = "kpis.selection_settled"


def uploads(desk: Desk) -> Iterator[Waiting]:
    """Own uploaded files of which nothing was taken in or thrown away yet."""
    runs = {run.pk: run for run, _standing in desk.runs}
    mine = ImportBatch.objects.filter(state=BatchState.WAITING, uploaded_by=desk.person, framework__run__in=runs)
    for batch in mine.select_related("framework"):
        run = runs[batch.framework.run_id]
        yield Waiting(
            title=_("Take in or throw away: %(file)s") % {"file": batch.file_name},
            sentence=_("%(unit)s · uploaded on %(day)s, nothing of it is taken in yet")
            % {"unit": unit_name(run.unit), "day": short_date(batch.uploaded_at)},
            due_on=None,
            url=reverse("imports:batch", kwargs={"batch": batch.public_id}),
            label=_("Look"),
            key=f"upload {batch.public_id}",
            asked_at=batch.uploaded_at,
            place=run.unit,
            run=run,
        )


def meetings(desk: Desk) -> Iterator[Waiting]:
    """Meetings of selection that this person opened and has still to close."""
    runs = {run.pk: run for run, _standing in desk.runs}
    opened = SelectionMeeting.objects.filter(closed_at=None, opened_by=desk.person, framework__run__in=runs)
    for meeting in opened.select_related("framework__run"):
        run = runs[meeting.framework.run_id]
        yield Waiting(
            title=_("Keep meeting %(meeting)s about the selection, and close it") % {"meeting": digits(meeting)},
            sentence=_("%(unit)s · its minutes are sealed when it is closed") % {"unit": unit_name(run.unit)},
            due_on=desk.due_on(run, SELECTION),
            url=reverse("selection:meeting", kwargs={"meeting": meeting.public_id}),
            label=_("Go on"),
            key=f"meeting {meeting.public_id}",
            asked_at=meeting.opened_at,
            place=run.unit,
            run=run,
        )


def sheets(desk: Desk) -> Iterator[Waiting]:
    """Detail sheets that are written and accepted and lie in no cabinet, for those who check them."""
    for run, standing in desk.runs:
        checks = _are_written(run, standing) and holds(desk.person, "kpis.check", run.unit, on=desk.on)
        if checks and (count := len(never_deposited(run))):
            yield _to_deposit(desk, run, count)


def _are_written(run: Run, standing: RunStanding) -> bool:
    step = step_with_work(run, DETAILS)
    if step is None:
        return False
    stands = standing.step(step.code)
    missing = stands.pieces_missing or any(work.card == DETAILS for work in stands.works_missing)
    return stands.state is State.DONE or (stands.is_open and not missing)


def _to_deposit(desk: Desk, run: Run, count: int) -> Waiting:
    words = ngettext("%(count)s sheet of %(unit)s", "%(count)s sheets of %(unit)s", count)
    return Waiting(
        title=_("Put the detail sheets into the cabinet"),
        sentence=words % {"count": digits(count), "unit": unit_name(run.unit)},
        due_on=desk.due_on(run, DETAILS),
        url=reverse("kpis:details", kwargs={"run": run.public_id}),
        label=_("Deposit"),
        key=f"sheets {run.public_id}",
        place=run.unit,
        run=run,
    )
