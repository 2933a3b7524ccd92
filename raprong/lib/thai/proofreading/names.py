"""Names of units: one that is nearly the right one is a slip of the pen, and the sealed paper would keep it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from raprong.lib.thai.proofreading.shape import Remark

FEWEST_LETTERS = 12  # shorter names are near too many other words
MOST_OFF = 5
_DIGITS = re.compile("[0-9๐-๙]")


def name_misspelt(words: str, names: Sequence[str]) -> Iterator[Remark]:
    """Near-misses of the names that the paper may bear: up to one letter in eight differs, five at most.

    Names that differ in a figure alone, such as groups by number, are different groups and no slip.
    """
    taken: list[tuple[int, int]] = []
    for name in sorted((name for name in names if len(name) >= FEWEST_LETTERS), key=len, reverse=True):
        for begin, end in _near_misses(words, name):
            typed = words[begin:end]
            overlaps = any(one < end and begin < other for one, other in taken)
            if overlaps or _is_another(typed, name, names, words[begin:]):
                continue
            taken.append((begin, end))
            yield Remark.replacing(begin, end, name, f"The name is written {name}.", f"ชื่อที่ถูกต้องคือ {name}")


def other_agency(words: str, agencies: Sequence[str], names: Sequence[str]) -> Iterator[Remark]:
    """The name of another agency: often left over from a paper that was copied."""
    for agency in agencies:
        if any(agency in name for name in names):
            continue
        for found in re.finditer(re.escape(agency), words):
            yield Remark(
                *found.span(),
                "Another agency is named here. Make sure that it is meant.",
                "ตรงนี้เป็นชื่อของหน่วยงานอื่น โปรดตรวจว่าตั้งใจกล่าวถึง",
            )


def distance(one: str, other: str, most: int = MOST_OFF) -> int:
    """How many letters must be added, left out or changed to make one word the other; more than ``most`` is told as
    one more."""
    return _costs(one, other, most).get(len(other), most + 1)


def _is_another(typed: str, name: str, names: Sequence[str], rest: str) -> bool:
    """Whether what was typed is right as it stands: another name of the paper, or one that differs in a figure."""
    if _DIGITS.sub("", typed) == _DIGITS.sub("", name):
        return True
    return any(other != name and rest.startswith(other) and len(other) >= len(typed) - 1 for other in names)


def _near_misses(words: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a text holds nearly the name: begun like it, or ended like it."""
    most, edge = min(MOST_OFF, len(name) // 8), max(4, len(name) // 4)
    for at in _places(words, name[:edge]):
        length = _nearest_length(words[at : at + len(name) + most], name, most)
        if length:
            yield at, at + length
    backwards = words[::-1], name[::-1]
    for at in _places(backwards[0], backwards[1][:edge]):
        length = _nearest_length(backwards[0][at : at + len(name) + most], backwards[1], most)
        if length:
            yield len(words) - at - length, len(words) - at


def _places(words: str, beginning: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(beginning), words))


@lru_cache(maxsize=4_096)
def _nearest_length(typed: str, name: str, most: int) -> int:
    """How much of the typed text is nearly the name; nought where it is the name, or too far from it."""
    if typed.startswith(name):
        return 0
    costs = _costs(name, typed, most)
    near = [length for length, cost in costs.items() if 0 < cost <= most]
    return min(near, key=lambda length: (costs[length], abs(length - len(name))), default=0)


def _costs(one: str, other: str, most: int) -> dict[int, int]:
    """The distance of the first word from each beginning of the second, by its length; none where it is over ``most``.

    Only lengths within ``most`` of each other can be so near, so only a band of the table is worked out.
    """
    costs = {length: length for length in range(min(most, len(other)) + 1)}
    for row, letter in enumerate(one, start=1):
        above, costs = costs, {}
        for column in range(max(0, row - most), min(len(other), row + most) + 1):
            ways = [above[column] + 1] if column in above else []
            if column - 1 in costs:
                ways.append(costs[column - 1] + 1)
            if column - 1 in above:
                ways.append(above[column - 1] + (letter != other[column - 1]))
            if ways and min(ways) <= most:
                costs[column] = min(ways)
        if not costs:
            break
    return costs
