"""Opening a closed month again, and comparing what its closings said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_not_done
from raprong.results.models import MonthClose, Reopening
from raprong.results.months import month_title
from raprong.results.notices import tell_of_reopening
from raprong.results.policies import CARD

MOST_LETTERS = 2000


@dataclass(frozen=True)
class Difference:
    """A KPI whose figure one closing says otherwise than another; None where it was not reported."""

    code: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@transaction.atomic
def reopen_month(run: Run, month: date, *, because: str, by: Person, at: datetime) -> Reopening:
    """Open a closed month again. What was closed stays as it was; the next closing is a new revision.

    For those who close months, while the SOP's step of reporting is not done. Those who report are told why.
    """
    close = MonthClose.objects.standing().filter(run=run, month=month).order_by("pk").first()
    check_may_reopen(by, run, close, month, at=at)
    assert close is not None, "a month that may be reopened is closed"
    if not because.strip():
        raise Faults([Fault("because", _("Say why the month is opened again."))])
    if len(because) > MOST_LETTERS:
        raise Faults([Fault("because", _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS})])

    opened = Reopening.objects.create(close=close, because=because.strip(), reopened_at=at, reopened_by=by)
    tell_of_reopening(opened, on=day_of(at), by=by, at=at)

    record(
        "result.month_reopened",
        about=close,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        month=month,
        revision=close.revision,
        because=because.strip(),
    )
    return opened


def check_may_reopen(person: Person, run: Run, close: MonthClose | None, month: date, *, at: datetime) -> None:
    """Those who close months, a month that is closed, while the SOP's step of reporting is not done."""
    check_holds(person, "results.close", run.unit, on=day_of(at))
    check_work_is_not_done(run, CARD)
    if close is None:
        raise Refused(_("%(month)s is not closed.") % {"month": month_title(month)})


def closings_of(run: Run, month: date) -> QuerySet[MonthClose]:
    """Every closing of a month, the first one first, each with its reopening."""
    return MonthClose.objects.filter(run=run, month=month).select_related("closed_by", "reopening__reopened_by")


def differences(earlier: MonthClose, later: MonthClose) -> list[Difference]:
    """The KPIs whose figures two closings of a month say otherwise, in the order of their codes."""
    before, after = earlier.snapshot["figures"], later.snapshot["figures"]
    return [
        Difference(code, before.get(code), after.get(code))
        for code in sorted({*before, *after})
        if before.get(code) != after.get(code)
    ]
