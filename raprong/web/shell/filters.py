"""How values are written on a page: dates, moments, digits and figures, in the language of the reader.

Running text in Thai has Thai digits and the Buddhist year. Figures that people compare or copy keep Arabic digits in
both languages.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from raprong.documents.words import unbroken_words
from raprong.kpis.criteria_words import result_words
from raprong.kpis.enums import CriteriaKind
from raprong.lib.thai import dates
from raprong.lib.thai.digits import to_thai_digits
from raprong.lib.thai.writing import parts_of

NOTHING = "–"
ANSWERS = {CriteriaKind.YES_NO, CriteriaKind.CHOICE}
NO_BREAK = "\u00a0"
BEFORE_THE_FIGURE = {"ร้อยละ", "ระดับ", "อันดับ", "อันดับที่", "ลำดับที่"}
CELL = re.compile(r"<(td|th)\b")


def in_thai() -> bool:
    """Whether the reader reads Thai."""
    return (get_language() or "th").startswith("th")


def day_of(value: date | datetime) -> date:
    """The calendar day in Bangkok on which a moment falls; a day stays itself."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def digits(value: object) -> str:
    """A number inside running text: Thai digits for a Thai reader."""
    if value is None:
        return NOTHING
    return to_thai_digits(str(value)) if in_thai() else str(value)


def figure(value: Decimal | int | str | None, places: int | None = None) -> str:
    """A number in a column: Arabic digits, thousands separated, half-up at `places` (None keeps its own places)."""
    if value is None or value == "":
        return NOTHING
    number = Decimal(str(value))
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{number:,f}"


def amount(value: Decimal | int | str | None) -> str:
    """A number inside running text, without the noughts its column adds: ๑๒.๕, or 12.5."""
    if value is None or value == "":
        return NOTHING
    held = Decimal(str(value))
    return digits(figure(held.quantize(Decimal(1)) if held == held.to_integral_value() else held.normalize()))


def weight_of(kpi: Any) -> str:
    """The weight of a KPI in running text; of a part the one inside its KPI, and which KPI that is."""
    if kpi.parent is None:
        return amount(kpi.weight)
    words = {"weight": amount(kpi.weight_inside), "code": digits(kpi.parent.code)}
    return _("%(weight)s inside KPI %(code)s") % words


def weight_figure(kpi: Any) -> str:
    """The weight of a KPI in a column; of a part the one inside its KPI, in brackets as on papers."""
    return figure(kpi.weight, 2) if kpi.parent_id is None else f"({figure(kpi.weight_inside, 2)})"


def with_measure(written: object, measure: str) -> str:
    """A figure with what it is measured in: Thai puts ร้อยละ, ระดับ and อันดับ before it, other measures after it."""
    return f"{measure} {written}" if measure.strip() in BEFORE_THE_FIGURE else f"{written} {measure}"


def long_date(value: date | datetime | None) -> str:
    """๒๒ กุมภาพันธ์ ๒๕๖๗, or 22 February 2024."""
    if value is None:
        return NOTHING
    return dates.long_date(day_of(value)) if in_thai() else dates.long_date_en(day_of(value))


def short_date(value: date | datetime | None) -> str:
    """๒๒ ก.พ. ๒๕๖๗, or 22 Feb 2024."""
    if value is None:
        return NOTHING
    return dates.short_date(day_of(value)) if in_thai() else dates.short_date_en(day_of(value))


def weekday_date(value: date | datetime | None) -> str:
    """วันพฤหัสบดีที่ ๒๒ กุมภาพันธ์ ๒๕๖๗, or Thursday, 22 February 2024."""
    if value is None:
        return NOTHING
    return dates.weekday_date(day_of(value)) if in_thai() else dates.weekday_date_en(day_of(value))


def month(value: date | datetime | None) -> str:
    """กุมภาพันธ์ ๒๕๖๗, or February 2024."""
    if value is None:
        return NOTHING
    return dates.month_and_year(day_of(value)) if in_thai() else dates.month_and_year_en(day_of(value))


def moment(value: datetime | None) -> str:
    """A day and a time in Bangkok, as `raprong.lib.thai` writes them; a line may end before the time, not within it."""
    if value is None:
        return NOTHING
    if not in_thai():
        return dates.date_and_time_en(value)
    day, time = dates.date_and_time(value).split(" เวลา ")
    return f"{day} เวลา{NO_BREAK}{time.replace(' ', NO_BREAK)}"


def sentence(text: object) -> str | Markup:
    """A sentence made elsewhere (a refusal, a message): its digits as running text has them. Markup stays as it is."""
    return text if isinstance(text, Markup) else digits(text)


def named(unit: Any) -> str:
    """The name of a unit or an agency in the reader's language, where it has one."""
    return str((not in_thai() and unit.name_en) or unit.name)


def minutes(value: int | None) -> str:
    """๑,๕๔๐ นาที, or 1,540 minutes."""
    if value is None:
        return NOTHING
    return ngettext("%(count)s minute", "%(count)s minutes", value) % {"count": digits(figure(value))}


def file_size(value: int | None) -> str:
    """The size of a file, in bytes, KB or MB of 1,024."""
    if value is None:
        return NOTHING
    for unit, bytes_each in (("MB", 1024**2), ("KB", 1024)):
        if value >= bytes_each:
            return f"{digits(figure(Decimal(value) / bytes_each, 1))} {unit}"
    return ngettext("%(count)s byte", "%(count)s bytes", value) % {"count": digits(value)}


def labelled(cells: object, columns: list[dict[str, Any]]) -> Markup:
    """The cells of a table's row, each with the words of its column: a phone sets them beneath each other."""
    labels = iter(columns)

    def add(cell: re.Match[str]) -> str:
        column = next(labels, {})
        label = "" if column.get("hidden") else column.get("label", "")
        role = "rowheader" if cell[1] == "th" else "cell"
        return f'{cell[0]} role="{role}"' + (f' data-label="{escape(label)}"' if label else "")

    return Markup(CELL.sub(add, str(cells)))


def target_words(kpi: Any) -> str:
    """The target of a KPI in a column: a figure, yes or no, or the answer that is meant."""
    return result_words(kpi, kpi.target, write=_without_noughts) or NOTHING


def target_said(kpi: Any) -> str:
    """The same inside running text, a figure with what it is measured in."""
    written = digits(target_words(kpi))
    return written if kpi.criteria_kind in ANSWERS else with_measure(written, kpi.measure)


def _without_noughts(number: Decimal) -> str:
    return figure(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize())


def whole_words(text: object) -> Markup:
    """Running Thai in which known words stay whole at the end of a line; browsers break inside some of them."""
    escaped = str(escape(text))
    return Markup(unbroken_words().sub(lambda word: f'<span class="whole">{word[0]}</span>', escaped))


FILTERS = {
    "labelled": labelled,
    "sentence": sentence,
    "amount": amount,
    "digits": digits,
    "figure": figure,
    "long_date": long_date,
    "short_date": short_date,
    "thai_date": long_date,
    "weekday_date": weekday_date,
    "month": month,
    "named": named,
    "target_words": target_words,
    "target_said": target_said,
    "moment": moment,
    "minutes": minutes,
    "file_size": file_size,
    "whole_words": whole_words,
    "weight_figure": weight_figure,
    "weight_of": weight_of,
    "with_measure": with_measure,
    "parts_of": parts_of,
}
