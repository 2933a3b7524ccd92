"""Draw a signature's mark at the size of the place that a paper keeps for it."""

import json
from functools import cache
from pathlib import Path

from raprong.documents.paper import to_json
from raprong.documents.signature_mark.shape import SignatureMark
from raprong.lib.rendering import SARABUN, PdfStandard, Place, PrintStyle, TypstCompiler
from raprong.lib.signing import Mark

ROOT = Path(__file__).resolve().parent.parent


def draw(mark: SignatureMark, place: Place, *, style: PrintStyle = SARABUN) -> Mark:
    """The appearance of one signature, its fonts in it, no larger than its place. Long names are set smaller.

    It is drawn in the strictest form, so that it may be laid into a paper of any.
    """
    inputs = {
        "data": json.dumps(to_json(mark), ensure_ascii=False, sort_keys=True),
        "width": str(place.width),
        "height": str(place.height),
    }
    drawing = _compiler(style).compile(inputs, created_at=mark.signed, standard=PdfStandard.A_1B)
    return Mark(drawing, place)


@cache
def _compiler(style: PrintStyle) -> TypstCompiler:
    return TypstCompiler(template=ROOT / "signature_mark" / "signature_mark.typ", root=ROOT, style=style)
