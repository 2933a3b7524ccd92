"""The clock that stands at the door. Below the doors, time is an argument."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from raprong.core.models import DemonstrationClock


class ClockRefused(Exception):
    """The demonstration's clock cannot be moved as asked."""


def now() -> datetime:
    """The moment at which a request is being answered; in a demonstration, its own clock's moment."""
    moment = timezone.now()
    if settings.DEMONSTRATION:
        ahead = DemonstrationClock.objects.values_list("ahead_seconds", flat=True).first() or 0
        moment += timedelta(seconds=ahead)
    return moment


def today() -> date:
    """The day in the office's own time zone."""
    return day_of(now())


@transaction.atomic
def move_to(moment: datetime) -> None:
    """Set the demonstration's clock. It never runs backwards: what has been recorded would lie in the future."""
    if not settings.DEMONSTRATION:
        raise ClockRefused("Only a demonstration has a clock that can be moved.")
    if moment < now():
        raise ClockRefused("The demonstration's clock only moves forward.")
    ahead = int((moment - timezone.now()).total_seconds())
    DemonstrationClock.objects.update_or_create(id=1, defaults={"ahead_seconds": ahead})


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in the office's own time zone."""
    return timezone.localdate(moment)
