"""Who sits where at a ceremony, as it hangs at the door and lies before whoever shows people to their seats."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Seat:
    """One seat, numbered from the left of whoever looks at the stage. An empty `name` is a seat that stays free."""

    number: int
    name: str = ""
    note: str = ""  # the rest of the guest's line: post, part


@dataclass(frozen=True)
class SeatRow:
    """One row, numbered from the stage."""

    number: int
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class SeatPlan:
    """The seats of one ceremony; `unseated` are those for whom there is none."""

    kind: ClassVar[str] = "seat_plan"

    ceremony: str
    agency: str
    unit: str
    venue: str
    held_on: date
    dated_on: date
    rows: tuple[SeatRow, ...]
    unseated: tuple[str, ...] = ()
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"ผังที่นั่ง {self.ceremony}"

    @property
    def author(self) -> str:
        return self.unit
