"""Work that comes back by itself: what it is, when it is done next, and how it went last.

A room registers its job at start. The worker does what is due and asks to be woken for the next; a job that was due
while the worker was away is done once, when it comes back.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.functional import Promise

from raprong.core.models import RegularRun
from raprong.lib.thai.dates import BANGKOK

log = logging.getLogger(__name__)

# A run as old as this that never ended belongs to a worker that was killed, and is begun again.
RUN_LASTS = timedelta(minutes=30)
AFTER_A_FAILURE = timedelta(minutes=15)


@dataclass(frozen=True)
class RegularJob:
    """`code` is kept in the database and never reused.

    `work` does what is due at a moment and answers how many things it did. It may come twice for the same moment, and
    must then do nothing twice.
    """

    code: str
    title: str | Promise
    next_after: Callable[[datetime], datetime]
    work: Callable[[datetime], int]


def in_an_hour(moment: datetime) -> datetime:
    return moment + timedelta(hours=1)


def just_after_midnight(at: datetime) -> datetime:
    """Five past midnight of the next day: what counts from a day counts before anybody works on it."""
    return datetime.combine(at.astimezone(BANGKOK).date() + timedelta(days=1), time(0, 5), BANGKOK)


_jobs: dict[str, RegularJob] = {}


def register(job: RegularJob) -> None:
    _jobs[job.code] = job


def all_jobs() -> list[RegularJob]:
    return list(_jobs.values())


def do_due(*, at: datetime) -> datetime | None:
    """Do every job that is due, and answer when to look again; None where no job is registered."""
    for job in all_jobs():
        if _claim(job, at):
            _do(job, at)
    return RegularRun.objects.filter(code__in=_jobs).order_by("next_at").values_list("next_at", flat=True).first()


@transaction.atomic
def _claim(job: RegularJob, at: datetime) -> bool:
    """Take a job that is due, or one that a killed worker had taken; a job seen for the first time waits its turn."""
    RegularRun.objects.get_or_create(code=job.code, defaults={"next_at": job.next_after(at)})
    unfinished = Q(ended_at__isnull=True) | Q(ended_at__lt=F("started_at"))
    abandoned = unfinished & Q(started_at__lte=at - RUN_LASTS)
    due = RegularRun.objects.filter(Q(next_at__lte=at) | abandoned, code=job.code)
    run = due.select_for_update().first()
    if run is None:
        return False
    run.started_at, run.next_at = at, job.next_after(at)
    run.save(update_fields=["started_at", "next_at"])
    return True


def _do(job: RegularJob, at: datetime) -> None:
    try:
        done = job.work(at)
    except Exception as fault:  # one job that fails must not keep the others from being done
        log.exception("The regular job %s failed and is tried again", job.code)
        again = min(job.next_after(at), at + AFTER_A_FAILURE)
        RegularRun.objects.filter(code=job.code).update(
            ended_at=at, next_at=again, fault=(str(fault) or type(fault).__name__)[:300]
        )
    else:
        RegularRun.objects.filter(code=job.code).update(ended_at=at, done=done, fault="")
