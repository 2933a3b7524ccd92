"""What letters and memoranda share as Word documents; the twin of `_common/letter.typ`."""

from collections.abc import Mapping, Sequence
from typing import Any

from raprong.documents.labels import labels
from raprong.lib.rendering.docx import Cell, Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, TEXT_WIDTH, TITLED
from raprong.lib.thai.digits import to_thai_digits

Data = Mapping[str, Any]

MEMO_EMBLEM, LETTER_EMBLEM = 15, 30  # millimetres
LABEL_WIDTHS = {"to": 1.1, "subject": 1.1, "references": 1.4, "enclosures": 2.5}  # centimetres
BETWEEN = 6  # points
FIGURES = (Column(7.5), Column(5.0, align="right"))


def memo(paper: EditablePaper, data: Data) -> None:
    """The whole of a memorandum, from its heading to the signature."""
    words = labels()["letter"]
    paper.paragraph(words["memo"], TITLED)
    paper.emblem(MEMO_EMBLEM, labels()["emblem"], centred=False)
    owner = data["unit"]
    paper.dotted((words["owner"], " ".join([owner, *(line for line in data["contact"] if line != owner)])))
    paper.dotted((words["number"], data["number"]), (words["date"], data["dated_on"] if data["number"] else ""))
    paper.dotted((words["subject"], data["subject"]))
    addressed(paper, data)
    body(paper, data)
    paper.signature(signer(data["signatory"]))


def addressed(paper: EditablePaper, data: Data) -> None:
    """To whom, what is referred to, and what comes along."""
    words = labels()["letter"]
    for key, lines in (("to", [data["to"]]), ("references", data["references"]), ("enclosures", data["enclosures"])):
        if lines:
            paper.labelled(words[key], numbered(paper, lines), width=LABEL_WIDTHS[key], before=BETWEEN)


def body(paper: EditablePaper, data: Data) -> None:
    """The text. Its figures stand before the closing paragraph, which speaks of all that is above it."""
    paper.gap()
    texts = list(data["paragraphs"])
    closing = texts[-1:] if texts and texts[-1].startswith("จึง") else []
    paper.paragraphs(texts[: len(texts) - len(closing)])
    if data["figures"]:
        rows = [(each["label"], Cell(each["value"], bold=True)) for each in data["figures"]]
        paper.table(FIGURES, rows, small=False, left=2.5)
        paper.gap()
    paper.paragraphs(closing)


def foot(paper: EditablePaper, data: Data, *, copies: Sequence[str] = ()) -> None:
    """Who else gets it, and the code by which it is checked."""
    for order, line in enumerate(copies):
        paper.paragraph(line, before=12 if order == 0 else 0)
    if data["verification"]:
        paper.paragraph(f"{labels()['letter']['check_code']} {data['verification']}", REMARK, before=10)


def signer(person: Mapping[str, str]) -> list[str]:
    """The lines under a signature: name, post, and in whose place. Without a name, dots wait for one."""
    name = person["name"] or "." * 40
    return [f"({name})", *filter(None, person["post"].split("\n")), *filter(None, person["acting"].split("\n"))]


def numbered(paper: EditablePaper, lines: Sequence[str]) -> list[str]:
    """Several lines with their numbers; one stands alone."""
    if len(lines) == 1:
        return list(lines)
    return [f"{mark} {line}" for mark, line in zip(numbers(paper, len(lines)), lines, strict=True)]


def numbers(paper: EditablePaper, count: int, form: str = "{}.") -> list[str]:
    """The marks of a list that is counted."""
    return [form.format(digits(paper, number)) for number in range(1, count + 1)]


def digits(paper: EditablePaper, number: int) -> str:
    """A number of the layout itself, in the digits of the paper. Those in the data come in theirs."""
    return to_thai_digits(str(number)) if paper.page.thai_digits else str(number)


def rest_of(*widths: float) -> float:
    """What other columns leave of the width of the text, in centimetres."""
    return round(TEXT_WIDTH - sum(widths), 2)
