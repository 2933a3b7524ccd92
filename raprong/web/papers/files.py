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
from raprong.organisation.models import Unit
from raprong.records.papers import file_name
from raprong.stationery.printing import in_digits_of
from raprong.stationery.queries import style_for

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def word_file(paper: Paper, *, unit: Unit) -> FileResponse:
    """A paper to go on editing, in the typeface, emblem and digits of its unit. It says of nobody that they signed."""
    look = style_for(unit, on=paper.dated_on)
    return _handed_over(to_docx(in_digits_of(look, paper), style=look.style), _named(paper, "docx"), WORD)


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
