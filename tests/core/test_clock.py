from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from raprong.core import clock

pytestmark = pytest.mark.django_db


def test_outside_a_demonstration_the_clock_cannot_be_moved() -> None:
    with pytest.raises(clock.ClockRefused):
        clock.move_to(timezone.now() + timedelta(days=1))


def test_a_demonstration_moves_forward_and_goes_on_from_there(settings: Any) -> None:
    settings.DEMONSTRATION = True
    goal = timezone.now() + timedelta(days=100)

    clock.move_to(goal)

    assert goal - timedelta(seconds=2) < clock.now() < goal + timedelta(minutes=1)


def test_a_demonstration_never_runs_backwards(settings: Any) -> None:
    settings.DEMONSTRATION = True
    clock.move_to(timezone.now() + timedelta(days=100))

    with pytest.raises(clock.ClockRefused):
        clock.move_to(timezone.now() + timedelta(days=99))
