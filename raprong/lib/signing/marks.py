"""What a signature looks like on the page: a drawing of ours, laid into the place that the paper keeps for it."""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.content import AnnotAppearances
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp import BaseStampStyle


@dataclass(frozen=True)
class Place:
    """Where on a paper a signature stands, in points from the top left corner of a page; pages count from 1."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """One signature's appearance: the first page of `pdf`, fitted into `place`.

    The drawing comes from our own typesetter, with its fonts in it, so that a PDF/A stays one. pyHanko's own stamp
    names a font that it does not embed.
    """

    pdf: bytes
    place: Place


def field_for(mark: Mark, paper: PdfFileReader, *, name: str, said_aloud: str) -> SigFieldSpec:
    """The visible field of a mark on a paper, `said_aloud` to those who cannot see it."""
    place = mark.place
    top = _height(paper, place.page) - place.top
    box = (round(place.left), round(top - place.height), round(place.left + place.width), round(top))
    return SigFieldSpec(name, on_page=place.page - 1, box=box, readable_field_name=said_aloud)


@dataclass(frozen=True)
class Drawing(BaseStampStyle):
    """Draws a signature's field with a page of ours."""

    pdf: bytes = b""

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: object) -> "_Drawn":  # type: ignore[override]
        return _Drawn(writer.import_page_as_xobject(PdfFileReader(BytesIO(self.pdf))))


@dataclass(frozen=True)
class _Drawn:
    drawing: IndirectObject

    def as_appearances(self) -> AnnotAppearances:
        return AnnotAppearances(normal=self.drawing)


def _height(paper: PdfFileReader, page: int) -> float:
    """A page without a size of its own has its parents'."""
    found = paper.find_page_for_modification(page - 1)[0].get_object()  # type: ignore[no-untyped-call]
    while "/MediaBox" not in found:
        found = found["/Parent"]
    _left, bottom, _right, top = found["/MediaBox"]
    return float(top) - float(bottom)
