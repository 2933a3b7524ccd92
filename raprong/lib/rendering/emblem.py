"""The state emblem as a picture, for papers that are not typeset by us."""

from functools import cache
from pathlib import Path

import typst

from raprong.lib.rendering.style import PrintStyle

TEMPLATE = Path(__file__).with_name("emblem.typ")
DOTS_PER_INCH = 300


@cache
def emblem_png(style: PrintStyle, *, height_mm: int, name: str) -> bytes:
    """A PNG of the emblem, or of a frame that bears its `name` where the style has no drawing."""
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=list(style.folders), ignore_system_fonts=True)
    inputs = {
        "height": str(height_mm),
        "font_family": style.family,
        "garuda": style.garuda_svg,
        "name": name,
    }
    picture = compiler.compile(format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs)
    assert isinstance(picture, bytes)
    return picture
