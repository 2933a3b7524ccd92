"""Cards that upper rooms leave here: facts that an SOP may ask about, by the code its YAML names them with.

A step's `work` names cards that must be done before the step can be; a control point's `check` names the card that
answers it. Processes never imports the rooms that know the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:  # rooms register their cards before the models are loaded
    from raprong.organisation.models import Unit
    from raprong.processes.models import Run


@dataclass(frozen=True)
class CardAnswer:
    """Whether the work is done, and a sentence with the figures: what is done, or what is missing."""

    done: bool
    sentence: str


@dataclass(frozen=True)
class Card:
    """A question a room can answer about a run, or about one group's piece of it."""

    code: str
    title: str | Promise
    answer: Callable[[Run, Unit | None], CardAnswer]


_cards: dict[str, Card] = {}


class UnknownCard(Exception):
    """An SOP names a card that no room has left."""


def register(card: Card) -> None:
    _cards[card.code] = card


def card(code: str) -> Card:
    if code not in _cards:
        raise UnknownCard(code)
    return _cards[code]


def all_cards() -> dict[str, Card]:
    return dict(_cards)


def ask(code: str, run: Run, piece: Unit | None = None) -> CardAnswer:
    return card(code).answer(run, piece)
