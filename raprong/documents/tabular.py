"""Papers that are tables, as workbooks; made of the shape itself, so that figures are numbers."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from raprong.documents.agreement.xlsx import sheets as agreement
from raprong.documents.monthly_report.xlsx import sheets as monthly_report
from raprong.documents.paper import Paper, refuse_faulty
from raprong.documents.round_report.xlsx import sheets as round_report
from raprong.documents.score_table.xlsx import sheets as score_table
from raprong.lib.rendering.xlsx import Sheet, write_sheets

TABLES: Final[Mapping[str, Callable[[Any], list[Sheet]]]] = {
    "agreement": agreement,
    "monthly_report": monthly_report,
    "round_report": round_report,
    "score_table": score_table,
}


def is_tabular(kind: str) -> bool:
    return kind in TABLES


def to_xlsx(paper: Paper) -> bytes:
    """The tables of a paper as a workbook. Raises PaperRefused as `render` does, KeyError where a kind has none."""
    refuse_faulty(paper)
    return write_sheets(TABLES[paper.kind](paper), title=paper.title, author=paper.author)
