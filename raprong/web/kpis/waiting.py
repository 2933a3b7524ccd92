"""What waits for a person of KPIs, beside the steps of the year: detail sheets to put into the cabinet."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds
from raprong.kpis.deposits import never_deposited
from raprong.lib.sop.standing import RunStanding, State
from raprong.processes.models import Run
from raprong.processes.queries import step_with_work
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits

DETAILS = "kpis.details_complete"


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
