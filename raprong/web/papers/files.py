"""Files as the browser takes them, and the paper whose data a kept file carries."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.documents import Paper, paper_in
from raprong.documents.editable import to_docx
from raprong.documents.tabular import to_xlsx
from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.records.papers import file_name

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def word_file(paper: Paper) -> FileResponse:
    """A paper to go on editing. It says of nobody that they signed."""
    return _handed_over(to_docx(paper), _named(paper, "docx"), WORD)


def workbook_file(paper: Paper) -> FileResponse:
    return workbook(to_xlsx(paper), _named(paper, "xlsx"))


def workbook(content: bytes, name: str) -> FileResponse:
    return _handed_over(content, name, WORKBOOK)


def paper_of(file: StoredFile) -> Paper:
    """The paper whose data lies in a kept file; refused in words where it was kept without."""
    with open_content(file.sha256) as content:
        paper = paper_in(content.read())
    if paper is None:
        raise Refused(_("This paper was kept before its data was put into it. Only the PDF can be opened."))
    return paper


def _named(paper: Paper, ending: str) -> str:
    return f"{file_name(paper).removesuffix('.pdf')}.{ending}"


def _handed_over(content: bytes, name: str, media_type: str) -> FileResponse:
    response = FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
