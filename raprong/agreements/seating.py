"""Who sits where at a ceremony: guests by precedence, then those who sign, in the rows that the room has."""

from collections.abc import Iterable, Iterator, Sequence

from raprong.agreements.ceremony_standing import agreements_in
from raprong.agreements.enums import PARTIES, Seating
from raprong.agreements.models import Ceremony
from raprong.agreements.queries import parties_of
from raprong.documents.seat_plan.shape import Seat, SeatPlan, SeatRow


def seat_plan(ceremony: Ceremony) -> SeatPlan:
    """The plan of a ceremony as it stands; without rows and seats everybody is unseated."""
    lines = seated_lines(ceremony)
    room = ceremony.seat_rows * ceremony.seats_in_row
    rows = tuple(_rows(ceremony, lines[:room]))
    return SeatPlan(
        ceremony=ceremony.title,
        agency=ceremony.unit.agency.name,
        unit=ceremony.unit.name,
        venue=ceremony.venue,
        held_on=ceremony.held_on,
        dated_on=ceremony.held_on,
        rows=rows,
        unseated=tuple(_named(line)[0] for line in lines[room:]),
    )


def seated_lines(ceremony: Ceremony) -> list[str]:
    """Everybody who sits, the first in precedence first: the guests, then the parties whom no guest's line names."""
    guests = list(ceremony.guests)
    return [*guests, *(line for line in _parties(ceremony) if not any(_named(line)[0] in guest for guest in guests))]


def places(people: int, seats: int, seating: str) -> list[int]:
    """The seat, from 1, of each of `people` of one row in their order of precedence.

    From the middle: the first in the middle, the second at the right hand of the first, who faces the stage, the third
    at the left hand, and so on. Of an even row the seat right of the middle is the middle. From the left: in a line.
    """
    if seating == Seating.FROM_LEFT:
        return list(range(1, people + 1))
    middle = seats // 2 + 1
    return [middle + step for step in _outwards(seats)][:people]


def _outwards(seats: int) -> Iterator[int]:
    """0, 1, -1, 2, -2 ... as far as the row has a seat there."""
    middle = seats // 2 + 1
    yield 0
    for step in range(1, seats):
        yield from (each for each in (step, -step) if 1 <= middle + each <= seats)


def _rows(ceremony: Ceremony, lines: Sequence[str]) -> Iterator[SeatRow]:
    wide = ceremony.seats_in_row
    for number in range(1, ceremony.seat_rows + 1):
        sitting = lines[(number - 1) * wide : number * wide]
        taken = dict(zip(places(len(sitting), wide, ceremony.seating), sitting, strict=True))
        seats = (Seat(seat, *_named(taken[seat])) if seat in taken else Seat(seat) for seat in range(1, wide + 1))
        yield SeatRow(number, tuple(seats))


def _parties(ceremony: Ceremony) -> Iterable[str]:
    """Those who make and receive the agreements, in the running order, each once."""
    named = (
        f"{party.name}, {party.post}"
        for agreement in agreements_in(ceremony)
        for party in parties_of(agreement)
        if party.side in PARTIES
    )
    return dict.fromkeys(named)


def _named(line: str) -> tuple[str, str]:
    """The name and the rest of a line: what stands before its first comma, and behind it."""
    name, _comma, rest = line.partition(",")
    return name.strip(), rest.strip()
