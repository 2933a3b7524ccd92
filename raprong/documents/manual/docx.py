"""The manual of the year as a Word document."""

from collections.abc import Mapping, Sequence
from typing import Any

from raprong.documents.kpi_sheet_docx import kpi_sheet
from raprong.documents.labels import labels
from raprong.documents.letter_docx import digits, signer
from raprong.lib.rendering.docx import Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, SECTION, STRONG, TEXT_WIDTH

SECTIONS = ("purpose", "scope", "reporting", "storage")
STEP_WIDTHS = {"number": 1.1, "done_by": 3.0, "when": 2.3, "standard": 2.0, "control_points": 4.2}  # centimetres


def lay_out(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    words = labels()["manual"]
    agency = data["agency"] if data["agency"] != data["unit"] else ""
    paper.title(data["subject"], data["unit"], agency, labels()["year"] + data["fiscal_year"])
    known = {**data, "approved_by": data["signatory"]["post"], "dated_on": data["dated_on"] if data["number"] else ""}
    facts = ("number", "sop", "sop_in_force_on", "prepared_by", "reviewed_by", "approved_by", "dated_on")
    paper.fields((words[key], known[key] or "") for key in facts)
    paper.signature(signer(data["signatory"]), role=words["approver"])
    written = [key for key in SECTIONS if data[key]]
    for order, key in enumerate(written, start=1):
        paper.paragraph(f"{digits(paper, order)}. {words[key]}", SECTION)
        paper.paragraphs([data[key]], indent=1.5)
    paper.paragraph(f"{digits(paper, len(written) + 1)}. {words['steps']}", SECTION)
    _steps(paper, data)
    _kpis(paper, data["kpis"])


def _steps(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    """An SOP that counts by the calendar has no standard minutes, one that counts minutes has no windows."""
    words = labels()["manual"]
    rows = [_row(step) for step in data["steps"]]
    shown = [key for key in rows[0] if any(row[key] for row in rows)] if rows else []
    free = TEXT_WIDTH - sum(STEP_WIDTHS.get(key, 0) for key in shown)
    headings = words | {"number": words["step_number"], "title": words["step"]}
    columns = [Column(STEP_WIDTHS.get(key, free), heading=headings[key], align=_align(key)) for key in shown]
    if columns:
        paper.table(columns, [[row[key] or "–" for key in shown] for row in rows])
    if data["standard_total"]:
        paper.paragraph(f"{words['standard_total']} {data['standard_total']}", REMARK, letters=STRONG)
    if data["notes"]:
        paper.paragraph(words["notes"], REMARK)
        paper.listed(["–"] * len(data["notes"]), data["notes"], indent=0.5, small=True)


def _row(step: Mapping[str, Any]) -> dict[str, str]:
    row = {key: step[key] for key in ("number", "title", "done_by", "when", "standard")}
    return row | {"control_points": "\n".join(step["control_points"])}


def _align(key: str) -> Any:
    return "center" if key in ("number", "when", "standard") else "left"


def _kpis(paper: EditablePaper, kpis: Sequence[Mapping[str, Any]]) -> None:
    for order, sheet in enumerate(kpis):
        if order == 0:
            paper.title(labels()["manual"]["kpis"], new_page=True)
        heading = f"{labels()['kpi']['code']} {sheet['code']} {sheet['name']}"
        paper.paragraph(heading, SECTION).paragraph_format.page_break_before = order > 0
        kpi_sheet(paper, sheet)
