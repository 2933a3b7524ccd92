"""Tables of editable papers: fixed widths, headings repeated over pages, rows that stay whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from raprong.lib.rendering.docx.markup import element, set_in_table
from raprong.lib.rendering.docx.styles import IN_TABLE, STRONG
from raprong.lib.rendering.docx.unbroken import unbroken

Side = Literal["left", "center", "right"]
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
HEAD_SHADE, SIDE_SHADE = "EBEBEB", "F8F8F8"
LONGEST_WHOLE = 800  # letters; a cell with more may run over to the next page


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` in centimetres."""

    width: float
    align: Side = "left"
    heading: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell that is not plain; it may reach over several columns. Without `align` it stands as its column does."""

    text: str
    span: int = 1
    bold: bool = False
    align: Side | None = None
    shade: str = ""


Row = Sequence[str | Cell]


def add_table(
    document: Document,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    style: str = IN_TABLE,
    ruled: bool = True,
    left: float = 0,
) -> None:
    """A table; the headings of its columns, where they have any, are repeated on every page."""
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid" if ruled else "Normal Table")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    set_in_table(table._tbl.tblPr, _inner_margins())
    if left:
        set_in_table(table._tbl.tblPr, element("w:tblInd", w=str(Cm(left).twips), type="dxa"))
    for column, of_table in zip(columns, table.columns, strict=True):
        of_table.width = Cm(column.width)
    headings = [Cell(each.heading, bold=True, align="center", shade=HEAD_SHADE) for each in columns]
    headed = any(each.heading for each in columns)
    for number, row in enumerate([headings, *rows] if headed else rows):
        _add_row(table, columns, row, style, repeated=headed and number == 0)


def _inner_margins() -> Any:
    """Room within every cell, so that marks over and under letters stay off the rules."""
    margins = element("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margins.append(element(f"w:{side}", w=str(twips), type="dxa"))
    return margins


def _add_row(table: Any, columns: Sequence[Column], row: Row, style: str, *, repeated: bool) -> None:
    made = table.add_row()
    properties = made._tr.get_or_add_trPr()
    if all(len(_cell(each).text) <= LONGEST_WHOLE for each in row):
        properties.append(element("w:cantSplit"))
    if repeated:
        properties.append(element("w:tblHeader"))
    at = 0
    for each in map(_cell, row):
        width = sum(column.width for column in columns[at : at + each.span])
        _fill(_merged(made, at, each.span), each, each.align or columns[at].align, width, style, kept=repeated)
        at += each.span


def _merged(row: Any, at: int, span: int) -> Any:
    return row.cells[at] if span == 1 else row.cells[at].merge(row.cells[at + span - 1])


def _fill(place: Any, cell: Cell, align: Side, width: float, style: str, *, kept: bool) -> None:
    place.width = Cm(width)
    paragraph = place.paragraphs[0]
    paragraph.style, paragraph.alignment = style, ALIGNMENTS[align]
    paragraph.paragraph_format.keep_with_next = kept or None
    add_lines(paragraph, cell.text, STRONG if cell.bold else None)
    if cell.shade:
        place._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=cell.shade))


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def add_lines(paragraph: Any, text: str, style: str | None = None, *, after: bool = False) -> None:
    """A text in a paragraph, its lines beneath each other and `after` those it has; empty ones are left out."""
    for number, line in enumerate(filter(None, text.split("\n"))):
        run = paragraph.add_run(style=style)
        if number or after:
            run.add_break()
        run.add_text(unbroken(line))


def rule_head(table: Any, widths: Sequence[float]) -> None:
    """The table at the top of a page: one cell down its side, one across the rest of its first row."""
    table.autofit = False
    set_in_table(table._tbl.tblPr, _inner_margins())
    table.cell(0, 0).merge(table.cell(len(table.rows) - 1, 0))
    table.cell(0, 1).merge(table.cell(0, len(table.columns) - 1))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    table.cell(0, 1).width = Cm(sum(widths[1:]))
    for row in table.rows[1:]:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
