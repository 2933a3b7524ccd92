"""What rooms above do once scores are confirmed. They leave a card here, as they do for an SOP; this room calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # rooms register before the models are loaded
    from raprong.evaluations.models import Evaluation
    from raprong.organisation.models import Person

Follower = Callable[["Evaluation", "Person", datetime], None]

_preliminary: list[Follower] = []


def on_preliminary(follower: Follower) -> None:
    """Call this whenever confirmed scores wait for the unit's word, in the transaction that confirms them."""
    _preliminary.append(follower)


def preliminary(evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    for follower in _preliminary:
        follower(evaluation, by, at)
