"""Jobs of this room."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from raprong.core import clock
from raprong.notifications.dispatch import send_due


@task()
def deliver() -> None:
    """Send what is due. Doing it twice sends nothing twice."""
    for moment in sorted(send_due(at=clock.now())):
        deliver_at(moment)


def deliver_at(moment: datetime) -> None:
    """Ask for a delivery at a moment of the office's clock, which in a demonstration runs ahead of the world's."""
    wait = moment - clock.now()
    job = deliver.using(run_after=timezone.now() + wait) if wait.total_seconds() > 0 else deliver
    job.enqueue()
