"""The SOP as a Word document: the same header on every page, the chart as a table of its steps."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.letter_docx import digits, rest_of
from raprong.lib.rendering.docx import Cell, Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, STRONG, SUBSECTION, TEXT_WIDTH

Data = Mapping[str, Any]
Printed = Callable[[EditablePaper, Data, Data], None]

CHART_WIDTHS = {
    "number_in_table": 1.0,
    "done_by": 3.0,
    "control_points": 4.2,
    "quality": 3.0,
    "indicators": 2.6,
    "time": 2.2,
}
STORAGE_WIDTHS = {"number_in_table": 1.0, "place": 3.0, "responsible": 2.8, "arrangement": 2.6, "years": 1.8}
PARTY_STEPS = 5.0
HAND_TASK = 6.0
NOTE_WIDTHS = (1.0, 3.6)
SIGNERS = (Column(3.0), Column(rest_of(3.0), align="center"))
DIGEST_SHOWN = 16


def lay_out(paper: EditablePaper, data: Data) -> None:
    words = labels()["sop_document"]
    _head(paper, data)
    _cover(paper, data)
    contents = labels()["contents"]
    paper.contents(_said(data, "contents"), contents["heading"], contents["page"])
    for order, section in enumerate(data["sections"], start=1):
        title = section["title"] or _said(data, section["role"])
        paper.heading(f"{digits(paper, order)}. {title}", new_page=order == 1)
        PRINTED.get(section["role"], _prose)(paper, data, section)
    if data["source"]:
        paper.paragraph(f"{words['source']} {data['source']}", REMARK)


def _head(paper: EditablePaper, data: Data) -> None:
    """What stands at the top of every page."""
    words = labels()["sop_document"]
    numbered = [f"{words[key]} {data[key] or '–'}" for key in ("number", "edition", "revision")]
    in_force, status = (f"{words[key]} {data[key] or '–'}" for key in ("in_force_on", "status"))
    paper.running_head(
        [_said(data, "name"), *dict.fromkeys((data["unit"], data["agency"]))],
        f"{words['subject']} {data['subject']}",
        [numbered, [in_force, "", status]],
        counted=(words["page"], words["of"]),
    )


def _cover(paper: EditablePaper, data: Data) -> None:
    """What the document is, and room for those who prepared, reviewed and approved it."""
    words = labels()["sop_document"]
    paper.title(*dict.fromkeys((data["agency"], data["unit"])), before=20)
    paper.title(_said(data, "name"), data["subject"], before=20)
    if data["number"]:
        paper.centred(f"({data['number']})", after=20)
    for role in ("prepared", "reviewed", "approved"):
        paper.gap(24)
        post = f"{words['post']} {data[f'{role}_by'] or '.' * 50}"
        room = f"{words['signed']} {'.' * 50}\n({'.' * 52})\n{post}"
        paper.table(SIGNERS, [[Cell(_said(data, role), bold=True), room]], small=False, ruled=False)
    paper.gap(40)
    paper.fields((words[key], data[key] or "–") for key in ("edition", "revision", "in_force_on", "status"))
    if data["digest"]:
        paper.paragraph(f"{words['printed_from']} {data['digest'][:DIGEST_SHOWN]}", REMARK)


def _over_table(paper: EditablePaper, text: str) -> None:
    paper.paragraph(text, SUBSECTION)


def _said(data: Data, key: str) -> str:
    return " ".join(data["wording"].get(key, ()))


def _prose(paper: EditablePaper, data: Data, section: Data) -> None:
    paper.paragraphs(section["paragraphs"] or [_said(data, "unsaid")], indent=1.5)


def _duties(paper: EditablePaper, data: Data, section: Data) -> None:
    words = labels()["sop_document"]
    _prose(paper, data, section)
    if data["parties"]:
        _over_table(paper, words["parties"])
        columns = [
            Column(TEXT_WIDTH - PARTY_STEPS, heading=words["party"]),
            Column(PARTY_STEPS, heading=words["steps_of"]),
        ]
        paper.table(columns, [[party["title"], party["steps"] or "–"] for party in data["parties"]])


def _chart(paper: EditablePaper, data: Data, section: Data) -> None:
    """Word has no flow chart that people can go on editing: the steps stand in a table, in their order."""
    words = labels()["sop_document"]
    paper.paragraphs(section["paragraphs"], indent=1.5)
    rows = [_chart_row(step) for step in data["steps"]]
    shown = [key for key in CHART_WIDTHS if any(row[key] for row in rows)]
    widths = [CHART_WIDTHS[key] for key in shown]
    scale = min(1.0, (TEXT_WIDTH - 3.4) / sum(widths)) if widths else 1.0  # the step itself keeps 3.4 centimetres
    first, *after = (
        Column(
            round(CHART_WIDTHS[key] * scale, 2), "center" if key in ("number_in_table", "time") else "left", words[key]
        )
        for key in shown
    )
    step = Column(rest_of(first.width, *(column.width for column in after)), heading=words["step"])
    table = [[row["number_in_table"], row["step"], *(row[key] or "–" for key in shown[1:])] for row in rows]
    paper.table([first, step, *after], table)
    if data["total"]:
        paper.paragraph(f"{words['total']} {data['total']} {data['total_remark']}".strip(), REMARK, letters=STRONG)


def _chart_row(step: Data) -> dict[str, str]:
    lines = {key: "\n".join(step[key]) for key in ("done_by", "control_points", "quality", "indicators")}
    time = "\n".join(filter(None, (step["time"], step["remark"])))
    return lines | {"number_in_table": step["number"], "step": step["title"], "time": time}


def _steps(paper: EditablePaper, data: Data, section: Data) -> None:
    words = labels()["sop_document"]
    paper.paragraphs(section["paragraphs"], indent=1.5)
    for step in data["steps"]:
        row = _chart_row(step)
        paper.paragraph(f"{words['step_number']} {step['number']} {step['title']}", SUBSECTION)
        paper.paragraphs(step["text"], indent=1.5)
        paper.fields(
            (words[key], value)
            for key, value in (
                ("done_by", row["done_by"].replace("\n", ", ")),
                ("checked_by", step["checked_by"]),
                ("time", row["time"].replace("\n", " ")),
                ("control_points", row["control_points"]),
                ("quality", row["quality"]),
                ("indicators", row["indicators"]),
            )
        )


def _references(paper: EditablePaper, data: Data, section: Data) -> None:
    words = labels()["sop_document"]
    if not any(data[key] for key in ("laws", "standards", "forms")):
        _prose(paper, data, section)
    for key in ("laws", "standards", "forms"):
        _named(paper, words[key], data[key])


def _storage(paper: EditablePaper, data: Data, section: Data) -> None:
    words = labels()["sop_document"]
    if not data["storage"] and not data["readers"]:
        _prose(paper, data, section)
    if data["storage"]:
        _over_table(paper, words["kept"])
        number, *others = (Column(width, heading=words[key]) for key, width in STORAGE_WIDTHS.items())
        record = Column(rest_of(*STORAGE_WIDTHS.values()), heading=words["record"])
        paper.table([number, record, *others], [_kept(paper, *each) for each in enumerate(data["storage"], start=1)])
    _named(paper, words["readers"], data["readers"])


def _kept(paper: EditablePaper, order: int, kept: Data) -> list[str]:
    years = f"{kept['years']} {labels()['sop_document']['years_unit']}"
    return [digits(paper, order), kept["record"], kept["place"], kept["responsible"], kept["arrangement"], years]


def _reporting(paper: EditablePaper, data: Data, section: Data) -> None:
    words = labels()["sop_document"]
    _prose(paper, data, section)
    if data["hands"]:
        _over_table(paper, words["hands"])
        columns = [Column(HAND_TASK, heading=words["task"]), Column(rest_of(HAND_TASK), heading=words["said"])]
        paper.table(columns, [[hand["task"], hand["said"]] for hand in data["hands"]])


def _appendix(paper: EditablePaper, data: Data, section: Data) -> None:
    words = labels()["sop_document"]
    if section["paragraphs"] or not data["notes"]:
        _prose(paper, data, section)
    if data["notes"]:
        _over_table(paper, _said(data, "notes"))
        number, about = NOTE_WIDTHS
        columns = [
            Column(number, "center", words["number_in_table"]),
            Column(about, heading=words["about"]),
            Column(rest_of(*NOTE_WIDTHS), heading=words["note"]),
        ]
        rows = [[digits(paper, order), note["about"], note["text"]] for order, note in enumerate(data["notes"], 1)]
        paper.table(columns, rows)


def _named(paper: EditablePaper, heading: str, values: Sequence[str]) -> None:
    if values:
        _over_table(paper, heading)
        paper.listed([f"{digits(paper, order)}." for order in range(1, len(values) + 1)], values)


PRINTED: dict[str, Printed] = {
    "duties": _duties,
    "chart": _chart,
    "steps": _steps,
    "references": _references,
    "storage": _storage,
    "reporting": _reporting,
    "appendix": _appendix,
}
