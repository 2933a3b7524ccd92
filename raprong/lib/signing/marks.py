"""What a signature looks like on the page: a drawing of ours, laid into the place that the paper keeps for it."""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.content import AnnotAppearances, RawContent
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp import BaseStampStyle

from raprong.lib.rendering.places import Place


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

    def apply_appearance(self, field: DictionaryObject) -> None:
        field["/AP"] = AnnotAppearances(normal=self.drawing).as_pdf_object()


def draw_nothing(field: DictionaryObject, writer: BasePdfFileWriter) -> None:
    """Give a field that is not seen an empty drawing: PDF/A-1 asks every field for one."""
    empty = RawContent(b"", box=BoxConstraints(width=1, height=1)).as_form_xobject()
    field["/AP"] = AnnotAppearances(normal=writer.add_object(empty)).as_pdf_object()


def _height(paper: PdfFileReader, page: int) -> float:
    """A page without a size of its own has its parents'."""
    found = paper.find_page_for_modification(page - 1)[0].get_object()  # type: ignore[no-untyped-call]
    while "/MediaBox" not in found:
        found = found["/Parent"]
    _left, bottom, _right, top = found["/MediaBox"]
    return float(top) - float(bottom)
