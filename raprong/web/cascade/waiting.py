"""What waits for a person of what was handed on to them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.cascade.models import Commitment
from raprong.cascade.policies import ACKNOWLEDGED
from raprong.cascade.queries import waiting_for
from raprong.processes.models import Run
from raprong.web.home.desk import Desk, Waiting
from raprong.web.shell.filters import digits


def commitments(desk: Desk) -> Iterator[Waiting]:
    """KPIs that were given to this person and not acknowledged yet, one line for each run."""
    by_run: dict[Run, list[Commitment]] = {}
    for commitment in waiting_for(desk.person):
        by_run.setdefault(commitment.kpi.framework.run, []).append(commitment)
    for run, given in by_run.items():
        count = len(given)
        words = ngettext("%(count)s KPI was given to you", "%(count)s KPIs were given to you", count)
        yield Waiting(
            title=_("Acknowledge the KPIs that are yours"),
            sentence=words % {"count": digits(count)},
            due_on=desk.due_on(run, ACKNOWLEDGED),
            url=reverse("cascade:mine", kwargs={"run": run.public_id}),
            label=_("Read and acknowledge"),
            key=f"acknowledge {run.public_id}",
            run=run,
            asked_at=max(commitment.assigned_at for commitment in given),
        )
