"""Two versions of a text side by side: what was taken out and what was put in, in pieces that a person can read.

Thai has no spaces between words, so texts are compared letter by letter with each letter's own marks, and what stays
between two changes is shown as stayed only where it is long enough to be read.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

Change = tuple[Literal["same", "out", "in"], str]

_PIECE = re.compile(r"\{[a-z_]*\}|[A-Za-z]+|[0-9๐-๙]+|[\s\S][ัิ-ฺ็-๎ำะาๅ]*")
_FEWEST_SAME = 3  # pieces; fewer between two changes are read as changed too


def changes(before: str, after: str) -> list[Change]:
    """What became of a text, in its order: stayed, taken out, put in."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Change] = []
    for kind, words in _pieces(old, new):
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + words)
        else:
            found.append((kind, words))
    return found


def _pieces(old: list[str], new: list[str]) -> Iterator[Change]:
    """Runs of change with what is too short between them drawn in: first all that goes, then all that comes."""
    out, come = "", ""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (step, begin, end, first, last) in enumerate(steps):
        inner = 0 < number < len(steps) - 1
        if step == "equal" and not (inner and end - begin < _FEWEST_SAME):
            yield from _told(out, come)
            out = come = ""
            yield "same", "".join(old[begin:end])
        else:
            out, come = out + "".join(old[begin:end]), come + "".join(new[first:last])
    yield from _told(out, come)


def _told(out: str, come: str) -> Iterator[Change]:
    if out:
        yield "out", out
    if come:
        yield "in", come
