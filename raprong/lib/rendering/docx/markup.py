"""The elements of WordprocessingML that python-docx has no words for."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu

FONT_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


def element(tag: str, **attributes: str) -> Any:
    """`element("w:sz", val="32")`; attributes are of the w: namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_letters(properties: Any, *, family: str = "", points: float = 0, bold: bool | None = None) -> None:
    """Set font, size and weight of run properties, for Thai as well.

    Word prints Thai with the font, size and weight of complex scripts, which it keeps apart from the Latin ones.
    """
    if family:
        fonts = element("w:rFonts", **dict.fromkeys(FONT_SLOTS, family))
        _put(properties, fonts)
    if points:
        half_points = str(round(points * 2))
        _put(properties, element("w:sz", val=half_points))
        _put(properties, element("w:szCs", val=half_points))
    if bold is not None:
        value = "1" if bold else "0"
        _put(properties, element("w:b", val=value))
        _put(properties, element("w:bCs", val=value))


def set_in_table(properties: Any, child: Any) -> None:
    """Set a property of a table at its place: Word may call a file damaged where they stand in another order."""
    _put(properties, child, _TABLE_ORDER)


def _put(properties: Any, child: Any, order: Sequence[str] = ()) -> None:
    """In the place of one of the same name, or in the order the schema asks for."""
    for old in properties.findall(child.tag):
        properties.remove(old)
    order = order or _ORDER
    successors = order[order.index(child.tag) + 1 :]
    for sibling in properties:
        if sibling.tag in successors:
            sibling.addprevious(child)
            return
    properties.append(child)


_ORDER = [
    qn(f"w:{name}")
    for name in ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "sz", "szCs", "u", "lang")
]
_TABLE_ORDER = [
    qn(f"w:{name}")
    for name in ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook")
]


def field(code: str, *, stale: bool = False) -> list[Any]:
    """A field that the word processor fills in, such as PAGE; a `stale` one when the file is opened."""
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    begin = element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if stale else {}))
    return [begin, text, element("w:fldChar", fldCharType="end")]


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A name for the place of a paragraph, which fields refer to."""
    start, end = element("w:bookmarkStart", id=str(number), name=name), element("w:bookmarkEnd", id=str(number))
    paragraph.runs[0]._r.addprevious(start)
    paragraph._p.append(end)


def anchored(inline: Any, *, left: Emu, centred: bool) -> Any:
    """A picture that stands at the head of the text and lets it run on, instead of in a line of it."""
    if centred:
        across = '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
    else:
        across = f'<wp:positionH relativeFrom="margin"><wp:posOffset>{int(left)}</wp:posOffset></wp:positionH>'
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{across}'
        '<wp:positionV relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="0" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/></wp:anchor>'
    )
    anchor.find(qn("wp:extent")).attrib.update(inline.find(qn("wp:extent")).attrib)
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(inline.find(qn(name)))
    return anchor
