"""Drawings that people hand in as SVG, made safe: shapes and paints stay, whatever acts or reaches outside does not.

What editors leave behind (their own elements and attributes, comments, metadata) goes without a word. A script, an
event, a picture or text from elsewhere and a reference to another address are refused: a drawing that needs them would
not be the drawing that was meant.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from raprong.lib.rendering.faults import Fault

LARGEST_DRAWING = 300_000  # bytes
MOST_SHAPES = 5_000
MOST_COPIES = 50  # a copy of a copy of a copy grows without end
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

_SHAPES = {
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
}  # fmt: skip
_LEFT_OUT = {"title", "desc", "metadata"}
_ELSEWHERE = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:|expression\(", re.IGNORECASE)


class DrawingRefused(ValueError):
    """The drawing cannot be taken; `faults` says why, each in both languages."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.english for fault in faults))
        self.faults = tuple(faults)


def safe_drawing(content: bytes) -> str:
    """The text of an SVG drawing with nothing in it but shapes and paints. Raises DrawingRefused with every reason."""
    if len(content) > LARGEST_DRAWING:
        raise DrawingRefused([_too_large(len(content))])
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise DrawingRefused([_DOCTYPE])
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError):
        raise DrawingRefused([_NOT_SVG]) from None
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingRefused([_NOT_SVG])
    faults = list(dict.fromkeys(_faults_in(root)))
    if faults:
        raise DrawingRefused(faults)
    _clean(root)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode")


def _faults_in(root: ElementTree.Element) -> Iterator[Fault]:
    elements = list(root.iter())
    if len(elements) > MOST_SHAPES or sum(_local(element.tag) == "use" for element in elements) > MOST_COPIES:
        yield Fault(
            "",
            f"The drawing has too many shapes; at most {MOST_SHAPES:,} and {MOST_COPIES} copies. Simplify it.",
            f"ภาพมีรูปทรงมากเกินไป รับได้ไม่เกิน {MOST_SHAPES:,} รูปทรง และ {MOST_COPIES} สำเนา โปรดลดความซับซ้อน",
        )
    if "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        yield Fault("", "The drawing has no size. Save it with a viewBox.", "ภาพไม่ได้ระบุขนาด โปรดบันทึกใหม่โดยมี viewBox")
    for element in elements:
        name = _local(element.tag)
        if _is_svg(element) and name not in _SHAPES | _LEFT_OUT:
            yield Fault(
                "",
                f"<{name}> is not drawn here. Turn texts and pictures into shapes, and take scripts out.",
                f"ภาพมี <{name}> ซึ่งใช้ไม่ได้ โปรดแปลงข้อความและรูปภาพเป็นเส้น และนำสคริปต์ออก",
            )
        yield from _faults_in_attributes(element)


def _faults_in_attributes(element: ElementTree.Element) -> Iterator[Fault]:
    for attribute, value in element.attrib.items():
        name = _local(attribute)
        if name.lower().startswith("on"):
            yield Fault("", f"The drawing acts on its own ({name}). Take that out.", f"ภาพมีคำสั่ง {name} โปรดนำออก")
        elif (name == "href" and not value.startswith("#")) or _ELSEWHERE.search(value):
            yield Fault(
                "",
                "The drawing refers to another file or address. Draw everything in the file itself.",
                "ภาพอ้างถึงไฟล์หรือที่อยู่อื่น โปรดวาดทุกส่วนไว้ในไฟล์เดียว",
            )


def _clean(element: ElementTree.Element) -> None:
    for attribute in [name for name in element.attrib if name.startswith("{") and not name.startswith(f"{{{XLINK}}}")]:
        del element.attrib[attribute]
    for child in list(element):
        if not _is_svg(child) or _local(child.tag) in _LEFT_OUT:
            element.remove(child)
        else:
            _clean(child)
    element.text = element.tail = None


def _is_svg(element: ElementTree.Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(f"{{{SVG}}}")


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _too_large(size: int) -> Fault:
    return Fault(
        "",
        f"The drawing has {size // 1024:,} kB; at most {LARGEST_DRAWING // 1000} kB. Simplify its curves.",
        f"ภาพมีขนาด {size // 1024:,} กิโลไบต์ รับได้ไม่เกิน {LARGEST_DRAWING // 1000} กิโลไบต์ โปรดลดความซับซ้อนของเส้น",
    )


_DOCTYPE = Fault(
    "",
    "The drawing defines things outside of SVG (DOCTYPE). Save it as plain SVG.",
    "ภาพมี DOCTYPE หรือ ENTITY โปรดบันทึกใหม่เป็น Plain SVG",
)
_NOT_SVG = Fault(
    "",
    "This is no SVG drawing. Hand in a file that a drawing program saved as SVG.",
    "ไฟล์นี้ไม่ใช่ภาพ SVG โปรดส่งไฟล์ที่บันทึกจากโปรแกรมวาดภาพเป็น SVG",
)
