"""The detail sheet of one KPI in a Word document; the twin of `_common/kpi_sheet.typ`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.letter_docx import digits, rest_of
from raprong.lib.rendering.docx import Cell, Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, SUBSECTION, TEXT_WIDTH

Data = Mapping[str, Any]

LONGEST_IN_COLUMN = 40  # letters
STEP_NUMBER, STEP_TEXT = 1.5, 7.25
AFTER_CRITERIA = "counted_in"  # the first field that stands under the criteria


def kpi_sheet(paper: EditablePaper, sheet: Data) -> None:
    """Only what is filled in."""
    words = labels()["kpi_parts"]
    fields = [(key, label) for key, label in labels()["kpi"].items()]
    middle = [key for key, _label in fields].index(AFTER_CRITERIA)
    paper.fields(_filled(sheet, fields[:middle]))
    paper.paragraph(words["criteria"], SUBSECTION)
    levels(paper, sheet["levels"])
    if sheet["round_criteria"]:
        paper.paragraph(words["round_criteria"], SUBSECTION)
        paper.fields((each["round_name"], each["asks"]) for each in sheet["round_criteria"])
    if sheet["steps"]:
        paper.paragraph(words["steps"], SUBSECTION)
        paper.table(_step_columns(), [_step(paper, each, place) for place, each in enumerate(sheet["steps"], start=1)])
    paper.gap()
    paper.fields(_filled(sheet, fields[middle:]))


def levels(paper: EditablePaper, asked: Data) -> None:
    """What each level asks for: side by side, or beneath each other where a text is long."""
    word = labels()["kpi_parts"]["level"]
    names = [f"{word} {name}" for name in level_names(paper, asked)]
    texts = [text or "–" for text in level_texts(asked)]
    if any(len(text) > LONGEST_IN_COLUMN for text in texts):
        rows = [(Cell(name, bold=True, align="center"), text) for name, text in zip(names, texts, strict=True)]
        paper.table((Column(3.0), Column(rest_of(3.0))), rows)
    else:
        width = round(TEXT_WIDTH / len(names), 2)
        paper.table([Column(width, align="center", heading=name) for name in names], [texts])
    if asked["note"]:
        paper.paragraph(asked["note"], REMARK)


def level_names(paper: EditablePaper, asked: Data) -> list[str]:
    return list(asked["scores"]) or [digits(paper, level) for level in range(1, 6)]


def level_texts(asked: Data) -> list[str]:
    texts = [asked[name] for name in ("one", "two", "three", "four", "five")] + list(asked["more"])
    return texts[: len(asked["scores"]) or 5]


def _filled(sheet: Data, fields: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for key, label in fields:
        yield label, _in_words(key, sheet[key])


def _in_words(key: str, value: Any) -> str:
    words = labels()["kpi_parts"]
    if key in ("supervisor", "collector", "certifier"):
        return _person(value) if value else ""
    if key in ("targets_by_year", "baseline"):
        return "; ".join(f"{words['year']} {each['year']}: {each['value']}" for each in value)
    return "\n".join(value) if isinstance(value, list) else value or ""


def _person(contact: Data) -> str:
    phone = f"{labels()['kpi_parts']['phone']} {contact['phone']}" if contact["phone"] else ""
    return "\n".join(filter(None, (contact["name"], contact["post"], contact["unit"], phone)))


def _step_columns() -> tuple[Column, ...]:
    words = labels()["kpi_parts"]
    return (
        Column(STEP_NUMBER, align="center", heading=words["step_number"]),
        Column(STEP_TEXT, heading=words["step"]),
        Column(rest_of(STEP_NUMBER, STEP_TEXT), heading=words["evidence"]),
    )


def _step(paper: EditablePaper, step: Data, place: int) -> tuple[str, str, str]:
    return digits(paper, place), step["text"], "\n".join(step["evidence"]) or "–"
