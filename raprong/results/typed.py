"""What people type into a cell of the monthly grid, or paste from a worksheet: a figure, a status, or nothing."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.lib.scoring.criteria import Criteria, YesNo
from raprong.lib.workbooks.cells import NotANumber, OutsizeNumber, matching, number_of, text_of
from raprong.results.enums import ResultStatus

# As `matching` writes them: without spaces, in small letters.
STATUS_WORDS = {
    "n/a": ResultStatus.NOT_APPLICABLE,
    "na": ResultStatus.NOT_APPLICABLE,
    "ไม่มีผล": ResultStatus.NOT_APPLICABLE,
    "ไม่เกี่ยวข้อง": ResultStatus.NOT_APPLICABLE,
    "nodata": ResultStatus.MISSING,
    "ไม่มีข้อมูล": ResultStatus.MISSING,
}
ANSWER_WORDS = {
    "ใช่": Decimal(1),
    "yes": Decimal(1),
    "y": Decimal(1),
    "ไม่ใช่": Decimal(0),
    "no": Decimal(0),
    "n": Decimal(0),
}
COUNTED_IN_PER_CENT = ("ร้อยละ", "เปอร์เซ็นต์", "อัตราร้อยละ", "%", "percent", "per cent")


class Unreadable(ValueError):
    """What was typed is neither a figure nor a status. The message says so to the person who typed it."""


@dataclass(frozen=True)
class Typed:
    """What a cell says: a value, a status without a value, or, where both are empty, nothing at all."""

    value: Decimal | None = None
    status: ResultStatus = ResultStatus.VALUE

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.status == ResultStatus.VALUE


def read_typed(text: str, *, measure: str, criteria: Criteria | None = None) -> Typed:
    """Read a cell: Thai or Arabic digits, thousands with commas or spaces, a per cent sign, yes and no, or a status.

    A dash is an empty cell, as on paper. A per cent sign is taken only where the figure is counted in per cent: 5 % of
    something else is another figure. Refused with `Unreadable`: anything else, and more digits than a result can have.
    """
    word = matching(text)
    if word in STATUS_WORDS:
        return Typed(status=STATUS_WORDS[word])
    if isinstance(criteria, YesNo) and word in ANSWER_WORDS:
        return Typed(ANSWER_WORDS[word])
    if word.endswith("%") and not measure.strip().lower().startswith(COUNTED_IN_PER_CENT):
        raise Unreadable(_("This is not counted in per cent. Leave out the sign."))
    try:
        return Typed(number_of(text.replace("\N{NO-BREAK SPACE}", " ")))
    except OutsizeNumber:
        raise Unreadable(_("The figure has at most 11 digits before the point, and at most 4 decimals.")) from None
    except NotANumber:
        sentence = _("“%(text)s” is not a number. Enter one such as 94.50, or “n/a”, or “no data”.")
        raise Unreadable(sentence % {"text": text_of(text)[:40]}) from None
