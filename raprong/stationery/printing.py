"""Papers as a unit prints them, and their pages as pictures while somebody types."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from raprong.documents import Paper, render
from raprong.lib.rendering import Fault, PaperRefused
from raprong.lib.rendering.pictures import page_pictures
from raprong.organisation.models import Unit

LONGEST_DRAWN = 40_000  # characters: about ten pages, and well under a second
MOST_PAGES_DRAWN = 4


def draw(paper: Paper, unit: Unit) -> list[bytes]:
    """The first pages of a unit's paper as PNG pictures.

    A paper too long to be drawn while somebody types is refused with a sentence; it can still be printed.
    """
    length = sum(len(text) for text in _texts(paper))
    if length > LONGEST_DRAWN:
        raise PaperRefused([_too_long(length)])
    return page_pictures(render(paper), most=MOST_PAGES_DRAWN)


def _too_long(length: int) -> Fault:
    return Fault(
        "",
        f"The paper holds {length:,} characters; up to {LONGEST_DRAWN:,} are shown while typing. Open it as PDF.",
        f"เอกสารมี {length:,} ตัวอักษร แสดงขณะพิมพ์ได้ไม่เกิน {LONGEST_DRAWN:,} ตัวอักษร โปรดเปิดเป็น PDF",
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from _texts(getattr(value, item.name))
