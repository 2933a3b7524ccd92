"""Who sits where: precedence, rows that are filled from the middle or from the left, and whoever has no seat."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.agreements import ceremonies
from raprong.agreements.ceremonies import Plan
from raprong.agreements.enums import Seating
from raprong.agreements.models import Agreement, Ceremony
from raprong.agreements.seating import places, seat_plan, seated_lines
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.organisation.models import Person
from tests.cast import FISCAL_YEAR, NEW_YEAR
from tests.factories.agreements import SIGNING

GUESTS = ["นายประธาน ตัวอย่าง, อธิบดี, ประธาน", "นางรอง ตัวอย่าง, รองอธิบดี", "นายสาม ตัวอย่าง"]
PLAN = Plan("พิธีลงนาม", day_of(SIGNING), "ห้องประชุมใหญ่", guests=GUESTS, seat_rows=2, seats_in_row=5)


def arranged(agreement: Agreement, planner: Person, plan: Plan = PLAN) -> Ceremony:
    unit = agreement.run.unit
    made = ceremonies.arrange(unit, plan, fiscal_year=FISCAL_YEAR, by=planner, at=NEW_YEAR)
    ceremonies.take_in(made, agreement, by=planner, at=NEW_YEAR)
    return made


def names(ceremony: Ceremony) -> list[list[str]]:
    return [[seat.name.split(" ")[0] for seat in row.seats] for row in seat_plan(ceremony).rows]


@pytest.mark.parametrize(
    "people, seats, expected",
    [(5, 5, [3, 4, 2, 5, 1]), (3, 5, [3, 4, 2]), (4, 4, [3, 4, 2, 1]), (1, 1, [1]), (2, 2, [2, 1]), (0, 5, [])],
)
def test_from_the_middle_right_and_left_in_turn(people: int, seats: int, expected: list[int]) -> None:
    assert places(people, seats, Seating.FROM_MIDDLE) == expected


def test_from_the_left_in_a_line() -> None:
    assert places(3, 5, Seating.FROM_LEFT) == [1, 2, 3]


@given(seats=st.integers(1, 12), data=st.data(), seating=st.sampled_from(list(Seating)))
def test_everybody_has_one_seat_of_the_row(seats: int, data: st.DataObject, seating: Seating) -> None:
    people = data.draw(st.integers(0, seats))

    found = places(people, seats, seating)

    assert len(set(found)) == people
    assert set(found) <= set(range(1, seats + 1))


@given(seats=st.integers(1, 12))
def test_nobody_sits_nearer_the_middle_than_their_better(seats: int) -> None:
    middle = seats // 2 + 1
    far = [abs(seat - middle) for seat in places(seats, seats, Seating.FROM_MIDDLE)]

    assert all(before <= after for before, after in pairwise(far))


def test_the_first_guest_sits_in_the_middle_before_the_stage(drafted: Agreement, planner: Person) -> None:
    [first, second] = names(arranged(drafted, planner))

    assert first[2] == "นายประธาน"
    assert first[3] == "นางรอง"
    assert first[1] == "นายสาม"
    assert any(second)  # those who sign


def test_a_party_who_is_a_guest_sits_once(drafted: Agreement, planner: Person) -> None:
    director = drafted.parties.get(person__user__username="director")
    plan = replace(PLAN, guests=[f"{director.name}, ประธาน"])

    lines = seated_lines(arranged(drafted, planner, plan))

    assert sum(director.name in line for line in lines) == 1


def test_whoever_signs_and_finds_no_seat_is_told(drafted: Agreement, planner: Person) -> None:
    found = seat_plan(arranged(drafted, planner, replace(PLAN, seat_rows=1, seats_in_row=3)))

    assert len(found.unseated) == len(seated_lines(arranged(drafted, planner))) - 3


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"seat_rows": 1, "seats_in_row": 2}, "seats_in_row"),
        ({"seat_rows": 0, "seats_in_row": 2}, "seat_rows"),
        ({"seat_rows": 2, "seats_in_row": 0}, "seats_in_row"),
        ({"seat_rows": 41}, "seat_rows"),
        ({"seats_in_row": 13}, "seats_in_row"),
    ],
)
def test_a_room_that_does_not_do_is_a_fault_of_its_field(
    drafted: Agreement, planner: Person, changes: dict[str, int], field: str
) -> None:
    with pytest.raises(Faults) as refused:
        arranged(drafted, planner, replace(PLAN, **changes))  # type: ignore[arg-type]

    assert [fault.field for fault in refused.value.faults] == [field]


def test_without_rows_nobody_has_a_seat(drafted: Agreement, planner: Person) -> None:
    found = seat_plan(arranged(drafted, planner, replace(PLAN, seat_rows=0, seats_in_row=0)))

    assert found.rows == ()
