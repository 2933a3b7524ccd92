"""The paper as a whole: places left empty, what a template left behind, lines that do not fit, how it ends."""

import re
from collections.abc import Iterator

from raprong.lib.thai.proofreading.settings import Closing
from raprong.lib.thai.proofreading.shape import Passage, Remark

_LEFTOVER = re.compile(
    r"\{[a-z_]*\}"  # a field nobody filled in
    r"|\.{4,}|…{2,}|_{3,}"  # dots and lines for a pen
    r"|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])"
    r"|[\[(<](?:ระบุ|ใส่|กรอก|เติม|ชื่อ|วันที่|เลขที่)[^\])>\n]{0,60}[\])>]"
    r"|\b(?:TODO|TBD|lorem ipsum)\b",
    re.IGNORECASE,
)
_WITHOUT_A_BREAK = re.compile(r"[^ \t\r\n\u200b/\u0e00-\u0e7f-]+")


def empty(passage: Passage) -> Iterator[Remark]:
    if passage.required and not passage.words.strip():
        yield Remark(0, 0, "Fill this in: the paper needs it.", "โปรดกรอกช่องนี้ เอกสารต้องมีข้อความนี้")


def leftover(words: str) -> Iterator[Remark]:
    """Placeholders, and dots or lines that wait for a pen."""
    for found in _LEFTOVER.finditer(words):
        yield Remark(
            *found.span(),
            "A placeholder was left in the text. Put the words here that belong in its place.",
            "มีข้อความแบบร่างหรือจุดไข่ปลาค้างอยู่ ให้ใส่ข้อความจริงแทน",
        )


def too_wide(words: str, *, room: int) -> Iterator[Remark]:
    """A run of letters in which no line can end and that is wider than the line. Thai letters can always be parted."""
    for found in _WITHOUT_A_BREAK.finditer(words):
        if len(found.group()) > room:
            yield Remark(
                *found.span(),
                f"{len(found.group())} letters without a place to break do not fit a line of {room}. Put in a space.",
                f"ข้อความติดกัน {len(found.group())} ตัวอักษรยาวเกินบรรทัด (ประมาณ {room} ตัวอักษร) ให้เว้นวรรค",
            )


def closing_missing(words: str, closing: Closing) -> Iterator[Remark]:
    """A text that does not end as papers of its kind do. An empty text is told as empty."""
    lines = [line for line in words.split("\n") if line.strip()]
    if not lines:
        return
    last = lines[-1].strip()
    if (closing.last_begins and last.startswith(closing.last_begins)) or last in closing.one_of:
        return
    begin = words.rindex(lines[-1])
    wanted = " / ".join(closing.one_of or tuple(f"{words}…" for words in closing.last_begins))
    yield Remark(
        begin,
        begin + len(lines[-1]),
        f"A paper of this kind ends with: {wanted}",
        f"เอกสารชนิดนี้ควรลงท้ายด้วย {wanted}",
    )
