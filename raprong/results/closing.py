"""Closing a whole round of the SOP: every month of it that is still open, in one move."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.core.faults import Faults, all_at_once
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results import actions
from raprong.results.models import MonthClose
from raprong.results.queries import closed_months

Waivers = Mapping[date, Mapping[str, str]]  # by month and by the KPI's public id


def months_of_round(run: Run, months: int) -> list[date]:
    """The months of a round that are not closed yet. The rounds are those of the SOP that runs the year."""
    if months not in run.definition.reporting.rounds:
        raise Refused(_("This year has no round of %(months)s months.") % {"months": months})
    closed = closed_months(run)
    return [month for month in run.year.months()[:months] if month not in closed]


@transaction.atomic
def close_round(
    run: Run, months: int, *, because: str = "", waived: Waivers | None = None, by: Person, at: datetime
) -> list[MonthClose]:
    """Close every month of a round that is still open: all of them, or none and every fault at once.

    Refused before the round's last day, and where every month is closed already. The rest is as in `close_month`.
    """
    open_months = months_of_round(run, months)
    if day_of(at) < run.year.round_ends_on(months):
        raise Refused(_("The round of %(months)s months is not over yet.") % {"months": months})
    if not open_months:
        raise Refused(_("Every month of this round is closed already."))
    closings = []
    with all_at_once() as found:
        for month in open_months:
            of_month = (waived or {}).get(month, {})
            try:
                closings.append(actions.close_month(run, month, because=because, waived=of_month, by=by, at=at))
            except Faults as refused:
                found.faults += refused.faults
    return closings
