"""Pages of a PDF as pictures, for looking at on a screen."""

import threading
from io import BytesIO

import pypdfium2

POINTS_PER_INCH = 72
_ONE_AT_A_TIME = threading.Lock()  # PDFium serves one thread at a time


def page_pictures(pdf: bytes, *, most: int, dots_per_inch: int = 96) -> list[bytes]:
    """The first pages of a PDF as PNG pictures, at most so many."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_picture(document, page, dots_per_inch) for page in range(min(most, len(document)))]
        finally:
            document.close()


def _picture(document: pypdfium2.PdfDocument, page: int, dots_per_inch: int) -> bytes:
    drawn = document[page].render(scale=dots_per_inch / POINTS_PER_INCH, grayscale=False).to_pil()
    content = BytesIO()
    drawn.quantize(64).save(content, format="PNG", optimize=False)
    return content.getvalue()
