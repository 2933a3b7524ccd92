"""The Thai government's fiscal year and the days inside it.

A year runs from 1 October to 30 September and is named by the Buddhist year it ends in: พ.ศ. 2570 is 1 October 2026 to
30 September 2027.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from raprong.lib.thai.dates import be_year, ce_year
from raprong.lib.thai.digits import to_thai_digits

_FIRST_MONTH = 10


@dataclass(frozen=True, order=True)
class FiscalYear:
    """One fiscal year, named by its Buddhist year. Years whose days Python's calendar cannot hold are refused."""

    be: int

    def __post_init__(self) -> None:
        if not 1000 <= self.be <= 9999:
            raise ValueError(f"A fiscal year is a four-digit Buddhist year such as 2570, not {self.be}.")

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        """Return the fiscal year that a day lies in."""
        return cls(be_year(day.year) + (1 if day.month >= _FIRST_MONTH else 0))

    @property
    def starts_on(self) -> date:
        """1 October of the calendar year before the one the fiscal year is named by."""
        return date(ce_year(self.be) - 1, _FIRST_MONTH, 1)

    @property
    def ends_on(self) -> date:
        """30 September of the calendar year the fiscal year is named by."""
        return date(ce_year(self.be), 9, 30)

    @property
    def label(self) -> str:
        """``ปีงบประมาณ พ.ศ. ๒๕๗๐``."""
        return f"ปีงบประมาณ พ.ศ. {to_thai_digits(self.be)}"

    @property
    def label_en(self) -> str:
        """``Fiscal year 2570 (2027)``: the Buddhist year, then the Christian year it ends in."""
        return f"Fiscal year {self.be} ({ce_year(self.be)})"

    def months(self) -> tuple[date, ...]:
        """Return the first day of each of the twelve months, October to September."""
        return tuple(self.month((_FIRST_MONTH - 1 + number) % 12 + 1)[0] for number in range(12))

    def month(self, month_number: int, *, years_before: int = 0) -> tuple[date, date]:
        """Return the first and last day of a calendar month (1 to 12) of this fiscal year.

        Months 10 to 12 lie in the first calendar year. ``years_before=1`` asks for the same month of the fiscal year
        before, as an SOP does that begins its work in August before the year: for 2570, ``month(8, years_before=1)``
        is August 2026. A month that is not 1 to 12 is refused.
        """
        if not 1 <= month_number <= 12:
            raise ValueError(f"A calendar month is 1 to 12, not {month_number}.")
        year = ce_year(self.be) - years_before - (1 if month_number >= _FIRST_MONTH else 0)
        return date(year, month_number, 1), date(year, month_number, monthrange(year, month_number)[1])

    def round_ends_on(self, months: int) -> date:
        """Return the last day of the cumulative round of so many months, 1 to 12.

        5 months end on the last day of February, 6 on 31 March, 9 on 30 June, 10 on 31 July, 12 on 30 September.
        """
        if not 1 <= months <= 12:
            raise ValueError(f"A round is 1 to 12 months long, not {months}.")
        return self.month((_FIRST_MONTH + months - 2) % 12 + 1)[1]
