"""The order that appoints a committee, as a Word document."""

from collections.abc import Mapping
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.letter_docx import LETTER_EMBLEM, digits, numbers, rest_of, signer
from raprong.lib.rendering.docx import Column, EditablePaper
from raprong.lib.rendering.docx.styles import NORMAL, SECTION

UNDER_EMBLEM = 100  # points: the emblem stands above the title
NUMBER, SEAT = 1.5, 4.6  # centimetres
MEMBERS = (Column(NUMBER, align="right"), Column(rest_of(NUMBER, SEAT)), Column(SEAT))


def lay_out(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    words = labels()["order"]
    paper.title(words["order"] + data["unit"], before=UNDER_EMBLEM)
    paper.emblem(LETTER_EMBLEM, labels()["emblem"], centred=True)
    paper.centred(f"{words['number']} {data['number'] or '.' * 20}")
    paper.centred(f"{words['subject']} {data['subject']}")
    paper.rule(4.0)
    paper.paragraphs([data["preamble"]])
    for order, section in enumerate(data["sections"], start=1):
        _section(paper, section, order)
    paper.paragraphs([data["effective"]], before=6)
    paper.signature(
        signer(data["signatory"]), opening=f"{words['ordered_on']} {_ordered_on(data, words['year'])}", indent=3.5
    )


def _section(paper: EditablePaper, section: Mapping[str, Any], order: int) -> None:
    paper.paragraph(f"{digits(paper, order)}. {section['title']}", SECTION)
    rows = [
        (f"{digits(paper, order)}.{digits(paper, place)}", _member(each), each["role"])
        for place, each in enumerate(section["members"], start=1)
    ]
    paper.table(MEMBERS, rows, small=False, ruled=False)
    if section["duties"]:
        paper.paragraph(labels()["order"]["duties"], NORMAL, before=6, left=1.0).paragraph_format.keep_with_next = True
        paper.listed(numbers(paper, len(section["duties"]), "({})"), section["duties"], indent=1.5)


def _member(member: Mapping[str, str]) -> str:
    return "\n".join(filter(None, (member["name"], member["post"])))


def _ordered_on(data: Mapping[str, Any], year: str) -> str:
    """The day with พ.ศ. before its year, as orders have it; dots while there is no number."""
    if not data["number"]:
        return "." * 40
    *day, last = data["dated_on"].split("\u00a0")
    return "\u00a0".join([*day, year, last])
