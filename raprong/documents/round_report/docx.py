"""The report of a round as a Word document."""

from collections.abc import Iterator, Mapping
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.letter_docx import signer
from raprong.lib.rendering.docx import Cell, Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, STRONG

Data = Mapping[str, Any]

WIDTHS = {
    "number": 1.2,
    "unit_of_measure": 2.2,
    "weight": 1.9,
    "target": 2.8,
    "result": 2.8,
    "score": 2.0,
    "weighted": 2.3,
}  # centimetres
EARLIER = 2.3
SHADE = "F8F8F8"


def lay_out(paper: EditablePaper, data: Data) -> None:
    words = labels()["round_report"]
    unit = " ".join(dict.fromkeys((data["unit"], data["agency"])))
    paper.title(f"{words['title']} {data['round_name']}", unit, labels()["year"] + data["fiscal_year"])
    between = paper.centred(f"{words['from']} {data['starts_on']} {words['until']} {data['ends_on']}", after=6)
    if data["provisional"]:
        between.add_run(f" {words['provisional']}", style=STRONG)
    paper.table(_columns(paper, data), list(_rows(data)))
    for sentence in _remarks(data):
        paper.paragraph(sentence, REMARK)
    if data["reported"]:
        paper.signature(signer(data["reported"]), role=words["reported_by"])


def _columns(paper: EditablePaper, data: Data) -> list[Column]:
    words = labels()["round_report"]
    before = [Column(EARLIER, "center", f"{words['score']}\n{data['earlier_round']}")] if data["earlier_round"] else []
    taken = sum(WIDTHS.values()) + sum(column.width for column in before)
    kpi = Column(round(paper.width - taken, 2), heading=words["kpi"])
    number, *figures = (Column(width, "center", words[key]) for key, width in WIDTHS.items())
    return [number, kpi, *figures, *before]


def _rows(data: Data) -> Iterator[list[str | Cell]]:
    words = labels()["round_report"]
    for dimension in data["dimensions"]:
        if dimension["title"]:
            yield [
                Cell(dimension["title"], span=3, bold=True, align="left", shade=SHADE),
                _part(dimension["weight"]),
                _part("", span=3),
                _part(dimension["weighted"] or "–"),
                *_earlier(data, _part("")),
            ]
        yield from (_row(data, each) for each in dimension["rows"])
    yield [
        Cell(words["sum"], span=3, bold=True, align="right", shade=SHADE),
        _part(data["total_weight"]),
        Cell(words["total"], span=3, bold=True, align="right", shade=SHADE),
        _part(data["total"] or "–"),
        *_earlier(data, _part(data["earlier_total"] or "–")),
    ]


def _row(data: Data, row: Data) -> list[str | Cell]:
    name = "\n".join(filter(None, (row["name"], row["responsible"], row["remark"])))
    weight = f"({row['weight']})" if row["inside"] else row["weight"]
    figures = [row[key] or "–" for key in ("target", "result", "score", "weighted")]
    return [row["code"], name, row["unit_of_measure"], weight, *figures, *_earlier(data, row["earlier"] or "–")]


def _earlier(data: Data, cell: str | Cell) -> list[str | Cell]:
    """What stands in the column of the round before, which the first round does not have."""
    return [cell] if data["earlier_round"] else []


def _part(text: str, span: int = 1) -> Cell:
    return Cell(text, span=span, bold=True, shade=SHADE)


def _remarks(data: Data) -> Iterator[str]:
    words = labels()["round_report"]
    yield words["self_scored"]
    yield f"{words['covers']} {data['reported_weight'] or '–'} {words['of_all']} {data['total_weight']}"
    if data["band"]:
        yield f"{words['band']} {data['band']}"
    if any(row["inside"] for dimension in data["dimensions"] for row in dimension["rows"]):
        yield labels()["parts_remark"]
    if data["scheme"]:
        yield f"{words['scheme']} {data['scheme']}"
