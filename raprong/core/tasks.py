"""Jobs of this storey."""

from datetime import datetime

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from raprong.core import clock, regular


@task()
def do_regular_jobs() -> None:
    """Do what is due and ask to be woken for the next. Doing it twice does nothing twice."""
    moment = regular.do_due(at=clock.now())
    if moment:
        wake_at(moment)


def wake() -> None:
    """Look at once at what is due: when the worker starts, and when a demonstration's clock was moved."""
    do_regular_jobs.enqueue()


def wake_at(moment: datetime) -> None:
    """Ask for a look at a moment of the office's clock, unless somebody asked for one as early."""
    starts = timezone.now() + (moment - clock.now())
    asked = DBTaskResult.objects.filter(task_path=do_regular_jobs.module_path, status=TaskResultStatus.READY)
    if not asked.filter(run_after__lte=starts).exists():
        do_regular_jobs.using(run_after=starts).enqueue()
