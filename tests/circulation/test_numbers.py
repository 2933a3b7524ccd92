from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from raprong.circulation import actions
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter, NumberRegister
from raprong.circulation.numbers import number_text, take_next
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Unit
from tests.circulation.conftest import LATER
from tests.factories.agreements import proof_of
from tests.factories.circulation import checked, draft_circular

DAY = date(2026, 12, 15)
NEXT_YEAR = date(2027, 1, 4)
THREADS = 20


class NotSigned(Exception):
    """The letter could not be signed after it had its number."""


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_leave_no_gap_even_where_some_fail(cast: SampleAgency) -> None:
    office = cast.office

    with ThreadPoolExecutor(THREADS) as pool:
        taken = list(pool.map(in_own_connection(office), range(THREADS)))

    numbers = sorted(number for number in taken if number is not None)
    assert numbers == list(range(1, 16))
    assert NumberRegister.objects.get().last == 15


@pytest.mark.django_db(transaction=True)
def test_twenty_letters_signed_at_once_get_twenty_numbers(cast: SampleAgency) -> None:
    letters = [checked(draft_circular(cast, subject=f"เรื่องที่ {number}")) for number in range(THREADS)]
    director = cast.people["director"]

    def sign(letter: Letter) -> int | None:
        try:
            return actions.sign(letter, identity=proof_of(director, at=LATER), by=director, at=LATER).number
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        taken = list(pool.map(sign, letters))

    assert sorted(number or 0 for number in taken) == list(range(1, THREADS + 1))
    assert len(set(Letter.objects.values_list("number_text", flat=True))) == THREADS


def in_own_connection(office: Unit) -> Callable[[int], int | None]:
    def sign_number(thread: int) -> int | None:
        try:
            with transaction.atomic():
                number = take_next(office, LetterKind.CIRCULAR, on=DAY)
                if thread % 4 == 3:
                    raise NotSigned
                return number
        except NotSigned:
            return None
        finally:
            connection.close()

    return sign_number


def test_each_series_and_each_calendar_year_counts_for_itself(cast: SampleAgency) -> None:
    office = cast.office

    taken = [
        take_next(office, LetterKind.RESULT_LETTER, on=DAY),
        take_next(office, LetterKind.CIRCULAR, on=DAY),
        take_next(office, LetterKind.RESULT_LETTER, on=DAY),
        take_next(office, LetterKind.RESULT_LETTER, on=NEXT_YEAR),
    ]

    assert taken == [1, 1, 2, 1]


def test_a_group_takes_its_numbers_from_the_register_of_its_unit(cast: SampleAgency) -> None:
    group = cast.units["mip-plan"]

    assert take_next(cast.office, LetterKind.CIRCULAR, on=DAY) == 1
    assert take_next(group, LetterKind.CIRCULAR, on=DAY) == 2


@pytest.mark.parametrize(
    "kind, printed",
    [
        (LetterKind.RESULT_LETTER, "สธ ๐๗๒๐/๗"),
        (LetterKind.CIRCULAR, "สธ ๐๗๒๐/ว ๗"),
        (LetterKind.COMMITTEE_ORDER, "๗/๒๕๖๙"),
        (LetterKind.MANUAL, "๗/๒๕๖๙"),
    ],
)
def test_numbers_are_printed_as_the_office_writes_them(kind: LetterKind, printed: str, cast: SampleAgency) -> None:
    assert number_text(cast.office, kind, 7, on=DAY) == printed
