"""Brackets and quotation marks: each that opens is closed, in the same line, and by its own kind."""

import re
from collections.abc import Iterator

from raprong.lib.thai.proofreading.shape import Remark

_BRACKETS = {")": "(", "]": "[", "}": "{"}
_QUOTES = {"”": "“", "’": "‘", "»": "«"}
_NUMBER_OF_A_LIST = re.compile(r"^\s*(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*|[ก-ฮa-z])\)", re.MULTILINE)


def brackets(words: str) -> Iterator[Remark]:
    """Brackets without their pair; the bracket after the number of a list has none and needs none."""
    numbers = {found.end() - 1 for found in _NUMBER_OF_A_LIST.finditer(words)}
    for at, opening in _unpaired(words, _BRACKETS, numbers):
        yield Remark(
            at,
            at + 1,
            f"This bracket is not {'closed' if opening else 'opened'}. Add its pair or take it out.",
            f"วงเล็บนี้ไม่มี{'ปิด' if opening else 'เปิด'} ให้เติมคู่ของวงเล็บหรือลบออก",
        )


def quotes(words: str) -> Iterator[Remark]:
    """Quotation marks without their pair; straight ones come in twos in each line."""
    for at, opening in _unpaired(words, _QUOTES, set()):
        yield _quote(at, opening=opening)
    begin = 0
    for line in words.split("\n"):
        if line.count('"') % 2:
            yield _quote(begin + line.rindex('"'), opening=True)
        begin += len(line) + 1


def _quote(at: int, *, opening: bool) -> Remark:
    return Remark(
        at,
        at + 1,
        f"This quotation mark is not {'closed' if opening else 'opened'}. Add its pair or take it out.",
        f"อัญประกาศนี้ไม่มี{'ปิด' if opening else 'เปิด'} ให้เติมคู่หรือลบออก",
    )


def _unpaired(words: str, pairs: dict[str, str], passed_over: set[int]) -> Iterator[tuple[int, bool]]:
    """Where a mark has no pair, and whether it is one that opens."""
    waiting: list[tuple[int, str]] = []
    for at, letter in enumerate(words):
        if letter in pairs.values():
            waiting.append((at, letter))
        elif letter in pairs and at not in passed_over:
            if waiting and waiting[-1][1] == pairs[letter]:
                waiting.pop()
            else:
                yield at, False
    for at, _letter in waiting:
        yield at, True
