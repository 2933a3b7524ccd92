"""The result letter as a Word document, in either form."""

from collections.abc import Mapping
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.letter_docx import LABEL_WIDTHS, LETTER_EMBLEM, addressed, body, foot, memo, signer
from raprong.lib.rendering.docx import EditablePaper

SENDER_AT = 9.8  # centimetres, where the sender and the address begin
DATE_AT = 8.0
BESIDE_EMBLEM = 58  # points down the page: the emblem's feet stand on the line of the number


def lay_out(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    if data["form"] == "memo":
        memo(paper, data)
    else:
        _letter(paper, data)
    foot(paper, data, copies=data["copies_to"])


def _letter(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    words = labels()["letter"]
    dated = data["dated_on"] if data["number"] else "." * 30
    sender = [line for line in (data["unit"], *data["address"].split("\n")) if line]
    paper.beside(f"{words['number']} {data['number'] or '.' * 20}", sender, at=SENDER_AT, before=BESIDE_EMBLEM)
    paper.emblem(LETTER_EMBLEM, labels()["emblem"], centred=True)
    paper.beside("", [dated], at=DATE_AT, before=6)
    paper.labelled(words["subject"], [data["subject"]], width=LABEL_WIDTHS["subject"], before=6)
    addressed(paper, data)
    body(paper, data)
    paper.signature(signer(data["signatory"]), closing=data["closing"])
    for order, line in enumerate(data["contact"]):
        paper.paragraph(line, before=18 if order == 0 else 0)
