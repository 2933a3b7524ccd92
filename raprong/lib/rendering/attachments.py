"""Read what is attached to a PDF."""

import threading

import pypdfium2

PDFIUM = threading.Lock()  # PDFium serves one caller at a time


def attached(pdf: bytes, name: str) -> bytes | None:
    """The content of the first attachment called `name`; None where there is none, or the file is no PDF."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return None
        try:
            return _content_of(document, name)
        finally:
            document.close()


def _content_of(document: pypdfium2.PdfDocument, name: str) -> bytes | None:
    for order in range(document.count_attachments()):
        attachment = document.get_attachment(order)
        if attachment.get_name() == name:
            return bytes(attachment.get_data())
    return None
