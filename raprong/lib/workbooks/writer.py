"""Writing a KPI workbook that officers can fill in, and that reads back the same."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from raprong.lib.workbooks import reader
from raprong.lib.workbooks.shape import KPI_SHEET, MONTHS, RESULT_SHEET, KpiRow, KpiWorkbook

_HEADING_FONT = Font(name="TH Sarabun New", size=14, bold=True, color="FFFFFF")
_FONT = Font(name="TH Sarabun New", size=14)
_HEADING_FILL = PatternFill("solid", start_color="1B4F72")
_WIDTHS = {reader.TITLE: 46, reader.GROUP: 24, reader.FORMULA: 40, reader.DATA_SOURCE: 28, reader.FIGURE_SOURCE: 40}
_PAST_YEARS = 3


def write_workbook(workbook: KpiWorkbook, *, fiscal_year: int) -> bytes:
    """Write a workbook for a fiscal year (พ.ศ.), with columns for the results of the three years before it.

    A workbook without KPIs is the empty form.
    """
    book = Workbook()
    years = list(range(fiscal_year - _PAST_YEARS, fiscal_year))
    book.remove(book.worksheets[0])
    _fill(book.create_sheet(KPI_SHEET), _kpi_headings(years), [list(_kpi_cells(kpi, years)) for kpi in workbook.kpis])
    month_rows = [[row.code, *(_shown(figure) for _, figure in row.figures)] for row in workbook.months]
    _fill(book.create_sheet(RESULT_SHEET), [reader.CODE, *(heading for _, heading in MONTHS)], month_rows)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _kpi_headings(years: Sequence[int]) -> list[str]:
    past = [f"ผลปี {year}" for year in years]
    return [*reader.REQUIRED, *past, *reader.OPTIONAL]


def _kpi_cells(kpi: KpiRow, years: Sequence[int]) -> Iterator[Any]:
    levels, past = dict(kpi.levels), dict(kpi.baseline)
    yield from (kpi.code, kpi.title, kpi.dimension, kpi.group, kpi.measure, _shown(kpi.weight))
    yield from (_shown(levels.get(level)) for level, _ in reader.LEVELS)
    yield _shown(kpi.target)
    yield from (_shown(past.get(year)) for year in years)
    yield from (kpi.formula or None, kpi.data_source or None, kpi.figure_source or None)


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font, cell.fill = _HEADING_FONT, _HEADING_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for column, heading in enumerate(headings, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(heading, 12)
        if heading == reader.CODE:
            sheet.column_dimensions[letter].number_format = "@"
        for cell in sheet[letter][1:]:
            cell.font = _FONT
            if isinstance(cell.value, str):
                cell.data_type = "s"  # what begins with = is text here, never a formula
                cell.number_format = "@"
    sheet.freeze_panes = "C2" if sheet.title == KPI_SHEET else "B2"


def _shown(number: Decimal | None) -> int | Decimal | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else number
