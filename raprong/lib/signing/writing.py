"""Appending to a PDF without touching what stands in it."""

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import enumerate_sig_fields

from raprong.lib.signing.refusals import SigningRefused, Why

DIGEST = "sha256"
SEAL_FIELD = "RaprongSeal"
SIGNATURE_FIELD = "Signature"


class UnalteredWriter(IncrementalPdfFileWriter):
    """Leaves the paper's own metadata alone, which PDF/A reads and which would otherwise carry the machine's clock."""

    def _update_meta(self) -> None:
        return


def opened(pdf: bytes) -> UnalteredWriter:
    """A PDF opened for appending. Raises SigningRefused where it cannot be read, or is under a password."""
    try:
        return UnalteredWriter(BytesIO(pdf))
    except (PdfError, ValueError) as error:
        raise SigningRefused(Why.NO_PDF) from error


def next_free(base: str, writer: IncrementalPdfFileWriter) -> str:
    """``RaprongSeal``, then ``RaprongSeal2``; signatures begin at ``Signature1``."""
    taken = {name for name, _value, _reference in enumerate_sig_fields(writer.prev)}
    order = 1
    while (name := base if base != SIGNATURE_FIELD and order == 1 else f"{base}{order}") in taken:
        order += 1
    return name


def refuse_taken(field: str, writer: IncrementalPdfFileWriter) -> None:
    """Refuse to sign where somebody has signed."""
    if any(name == field and value is not None for name, value, _reference in enumerate_sig_fields(writer.prev)):
        raise SigningRefused(Why.FIELD_TAKEN, field=field)
