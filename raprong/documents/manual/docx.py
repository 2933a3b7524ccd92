"""The manual of the year as a Word document."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from raprong.documents.kpi_sheet_docx import kpi_sheet
from raprong.documents.labels import labels
from raprong.documents.letter_docx import digits, signer
from raprong.lib.rendering.docx import Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, STRONG, TEXT_WIDTH

Printed = Callable[[EditablePaper, Mapping[str, Any]], None]

SECTIONS = ("purpose", "scope", "definitions", "duties", "framework", "steps", "reporting", "forms", "storage")
STEP_WIDTHS = {"number": 1.1, "done_by": 3.0, "when": 2.3, "standard": 2.0, "control_points": 4.2}  # centimetres


def lay_out(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    words = labels()["manual"]
    agency = data["agency"] if data["agency"] != data["unit"] else ""
    paper.title(data["subject"], data["unit"], agency, labels()["year"] + data["fiscal_year"])
    known = {**data, "approved_by": data["signatory"]["post"], "dated_on": data["dated_on"] if data["number"] else ""}
    facts = ("number", "sop", "sop_in_force_on", "prepared_by", "reviewed_by", "approved_by", "dated_on")
    paper.fields((words[key], known[key] or "") for key in facts)
    paper.signature(signer(data["signatory"]), role=words["approver"])
    contents = labels()["contents"]
    paper.contents(contents["title"], contents["heading"], contents["page"])
    for order, key in enumerate(_written(data), start=1):
        paper.heading(f"{digits(paper, order)}. {words[key]}", new_page=order == 1)
        PRINTED.get(key, _prose(key))(paper, data)
    _kpis(paper, data["kpis"])


def _written(data: Mapping[str, Any]) -> list[str]:
    """The sections that have something to say."""
    also = {
        "framework": data["kpis"],
        "reporting": [data["reporting"], *data["rounds"]],
        "storage": [data["storage"], *data["readers"]],
    }
    return [key for key in SECTIONS if any(also.get(key, data.get(key, "")))]


def _prose(key: str) -> Printed:
    return lambda paper, data: paper.paragraphs([data[key]], indent=1.5)


def _framework(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    words = labels()["manual"]
    columns = [
        Column(1.2, "center", words["kpi_code"]),
        Column(TEXT_WIDTH - 10.2, heading=words["kpi"]),
        Column(1.8, "center", words["weight"]),
        Column(2.6, "center", words["target"]),
        Column(4.6, heading=words["responsible"]),
    ]
    rows = [
        [kpi["code"], kpi["name"], kpi["weight"] or "–", kpi["target"] or "–", _answering(kpi) or "–"]
        for kpi in data["kpis"]
    ]
    paper.table(columns, rows)


def _answering(kpi: Mapping[str, Any]) -> str:
    """Who supervises a KPI and who collects its figures, each on a line."""
    people = [kpi[key] for key in ("supervisor", "collector") if kpi[key]]
    lines = (" ".join(filter(None, (each["name"], each["post"]))) for each in people)
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _reporting(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    words = labels()["manual"]
    paper.paragraphs([data["reporting"]], indent=1.5)
    if data["rounds"]:
        columns = [Column(TEXT_WIDTH - 6, heading=words["round"]), Column(6, "center", words["ends_on"])]
        paper.table(columns, [[each["name"], each["ends_on"]] for each in data["rounds"]])


def _forms(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    _numbered(paper, data["forms"])


def _storage(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    paper.paragraphs([data["storage"]], indent=1.5)
    if data["readers"]:
        paper.paragraph(labels()["manual"]["readers"], letters=STRONG)
        _numbered(paper, data["readers"])


def _numbered(paper: EditablePaper, items: Sequence[str]) -> None:
    paper.listed([f"{digits(paper, order)}." for order in range(1, len(items) + 1)], items)


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
        paper.heading(heading, new_page=order > 0)
        kpi_sheet(paper, sheet)


PRINTED: dict[str, Printed] = {
    "framework": _framework,
    "steps": _steps,
    "reporting": _reporting,
    "forms": _forms,
    "storage": _storage,
}
