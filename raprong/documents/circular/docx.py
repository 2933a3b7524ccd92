"""The circular as a Word document."""

from collections.abc import Mapping
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.letter_docx import foot, memo, numbers
from raprong.lib.rendering.docx import EditablePaper
from raprong.lib.rendering.docx.styles import SECTION


def lay_out(paper: EditablePaper, data: Mapping[str, Any]) -> None:
    memo(paper, data)
    if data["recipients"]:
        paper.paragraph(labels()["letter"]["circulated"], SECTION)
        paper.listed(numbers(paper, len(data["recipients"])), data["recipients"])
    foot(paper, data)
