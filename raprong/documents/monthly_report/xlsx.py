"""The monthly report as a workbook."""

from raprong.documents.labels import labels
from raprong.documents.monthly_report.shape import MonthlyReport, MonthlyRow
from raprong.documents.sheet_parts import CODE, FIGURE, NAME, TEXT, UNIT, in_agency, in_dimensions
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, Value


def sheets(paper: MonthlyReport) -> list[Sheet]:
    words = labels()["monthly_report"]
    columns = [
        SheetColumn(words["number"], CODE),
        SheetColumn(words["kpi"], NAME),
        SheetColumn(words["unit_of_measure"], UNIT),
        SheetColumn(words["target"], FIGURE, counts=True),
        *(SheetColumn(month, FIGURE, counts=True) for month in paper.months),
        SheetColumn(words["remark"], TEXT),
    ]
    through = f" {words['until']}{paper.through}" if paper.through else ""
    return [
        Sheet(
            title=paper.through or str(paper.fiscal_year),
            columns=columns,
            rows=list(in_dimensions(paper.rows, lambda row: _values(row, len(paper.months)), len(columns))),
            above=(words["title"], in_agency(paper), f"{labels()['year']}{paper.fiscal_year}{through}"),
            beneath=(paper.coverage,) if paper.coverage else (),
        ),
        *_followed(paper),
    ]


def _followed(paper: MonthlyReport) -> list[Sheet]:
    """The figures below the chosen level, on a sheet of their own where there are some."""
    words = labels()["monthly_report"]
    if not paper.followed:
        return []
    columns = [
        SheetColumn(words["number"], CODE),
        SheetColumn(words["month"], UNIT),
        SheetColumn(words["figure"], FIGURE),
        *(SheetColumn(words[name], TEXT) for name in ("cause", "action", "owner", "due", "standing")),
    ]
    rows = [
        SheetRow([one.code, one.month, one.figure, one.cause, one.action, one.owner, one.due, one.standing])
        for one in paper.followed
    ]
    return [Sheet(title=words["standing"], columns=columns, rows=rows, above=(words["followed"], in_agency(paper)))]


def _values(row: MonthlyRow, months: int) -> list[Value]:
    """Months after the last that is reported stay empty."""
    figures = [*row.values, *[None] * (months - len(row.values))]
    return [row.code, row.name, row.unit_of_measure, row.target or None, *figures, row.remark or None]
