"""Papers that people still edit, as Word documents made of the very data that the PDF is printed from."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, Final

from raprong.documents.circular.docx import lay_out as circular
from raprong.documents.committee_order.docx import lay_out as committee_order
from raprong.documents.manual.docx import lay_out as manual
from raprong.documents.paper import Paper, to_json
from raprong.documents.result_letter.docx import lay_out as result_letter
from raprong.documents.round_report.docx import lay_out as round_report
from raprong.documents.self_assessment.docx import lay_out as self_assessment
from raprong.documents.sop_document.docx import lay_out as sop_document
from raprong.lib.rendering import SARABUN, PrintStyle
from raprong.lib.rendering.docx import EditablePaper, Page
from raprong.lib.thai.dates import BANGKOK

LAYOUTS: Final[Mapping[str, Callable[[EditablePaper, Mapping[str, Any]], None]]] = {
    "result_letter": result_letter,
    "circular": circular,
    "committee_order": committee_order,
    "manual": manual,
    "self_assessment": self_assessment,
    "round_report": round_report,
    "sop_document": sop_document,
}
MEMO_TOP: Final = 1.5  # centimetres: a memorandum begins higher on its page
LYING: Final = {"round_report"}  # its table needs the long side, and most of it
LYING_TOP, LYING_SIDE = 2.0, 1.5
HEADED_TOP: Final = 3.9  # and a controlled document leaves room for its header


def is_editable(kind: str) -> bool:
    return kind in LAYOUTS


def to_docx(paper: Paper, *, style: PrintStyle = SARABUN) -> bytes:
    """The paper as a Word document; the same paper and style give the same bytes.

    It never says that somebody signed: what can be changed is not signed. Raises PaperRefused as `render` does, and
    KeyError for a kind that nobody edits.
    """
    lay_out = LAYOUTS[paper.kind]
    data = to_json(paper)
    page = Page(
        title=paper.title,
        author=paper.author,
        dated=datetime.combine(paper.dated_on, time(), BANGKOK),
        thai_digits=paper.thai_digits,
        **_form(paper.kind, data),
    )
    written = EditablePaper(page, style)
    lay_out(written, data)
    return written.bytes()


def _form(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The margins and the way a page lies, where they are not the ruled ones."""
    if kind in LYING:
        return {"lying": True, "top": LYING_TOP, "left": LYING_SIDE, "right": LYING_SIDE}
    if kind == "sop_document":
        return {"top": HEADED_TOP}
    return {"top": MEMO_TOP} if data.get("form") == "memo" or kind == "circular" else {}
