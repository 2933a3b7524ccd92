"""What a paper says, as a reader of the PDF would find it."""

from io import BytesIO

from pypdf import PdfReader

from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.lib.signing import verify


def words_in(paper: StoredFile | bytes) -> str:
    """The text of every page without blanks: where lines break is the printer's business."""
    content = paper if isinstance(paper, bytes) else content_of(paper)
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def is_sealed(paper: StoredFile) -> bool:
    """Whether the installation's seal is there and what it covers is unchanged."""
    return verify(content_of(paper), trust_roots=[]).intact


def content_of(paper: StoredFile) -> bytes:
    with open_content(paper.sha256) as file:
        return file.read()
