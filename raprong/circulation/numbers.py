"""Running numbers of letters: one register per unit, series and calendar year, without gaps."""

from datetime import date
from typing import Any

from raprong.circulation.enums import LetterKind
from raprong.circulation.models import NumberRegister
from raprong.lib.thai.dates import be_year
from raprong.lib.thai.digits import to_thai_digits
from raprong.organisation.models import Unit

# Letters share one series, as in the register of a secretariat; circulars, orders and manuals have their own.
SERIES = {
    LetterKind.RESULT_LETTER: "letter",
    LetterKind.CIRCULAR: "circular",
    LetterKind.COMMITTEE_ORDER: "order",
    LetterKind.MANUAL: "manual",
}


def take_next(unit: Unit, kind: LetterKind, *, on: date) -> int:
    """Take the next number of the unit's series in the calendar year of a day.

    The register is locked until the transaction ends: a number is given only with the letter that bears it, so a
    letter that fails to be signed leaves no gap.
    """
    key: dict[str, Any] = {"unit": unit.office, "year": be_year(on.year), "series": SERIES[kind]}
    NumberRegister.objects.get_or_create(**key)
    register = NumberRegister.objects.select_for_update().get(**key)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last


def number_text(unit: Unit, kind: LetterKind, number: int, *, on: date) -> str:
    """The number as the paper prints it.

    A letter: ``สธ ๐๗๒๐/๑``; a circular: ``สธ ๐๗๒๐/ว ๑``; an order and a manual: ``๑/๒๕๗๐`` with the calendar year.
    Source: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖.
    """
    if kind in (LetterKind.COMMITTEE_ORDER, LetterKind.MANUAL):
        return to_thai_digits(f"{number}/{be_year(on.year)}")
    mark = "ว " if kind == LetterKind.CIRCULAR else ""
    code = unit.letter_code or unit.office.letter_code
    return to_thai_digits(f"{code}/{mark}{number}" if code else f"{mark}{number}")
