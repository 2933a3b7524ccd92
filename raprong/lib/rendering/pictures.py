"""Pages of a PDF as pictures, for looking at on a screen."""

import threading
from collections.abc import Sequence
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


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def bound(pictures: Sequence[bytes], *, dots_per_inch: int = 200) -> bytes:
    """JPEG pictures, in their order, as the pages of one PDF, each as large as its pixels make it."""
    with _ONE_AT_A_TIME:
        document, content = pypdfium2.PdfDocument.new(), BytesIO()
        for picture in pictures:
            _add_sheet(document, picture, POINTS_PER_INCH / dots_per_inch)
        document.save(content)
        document.close()
        return content.getvalue()


def _add_sheet(document: pypdfium2.PdfDocument, picture: bytes, points_per_pixel: float) -> None:
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(BytesIO(picture))
    width, height = (pixels * points_per_pixel for pixels in image.get_px_size())
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = document.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()


def _picture(document: pypdfium2.PdfDocument, page: int, dots_per_inch: int) -> bytes:
    drawn = document[page].render(scale=dots_per_inch / POINTS_PER_INCH, grayscale=False).to_pil()
    content = BytesIO()
    drawn.quantize(64).save(content, format="PNG", optimize=False)
    return content.getvalue()
