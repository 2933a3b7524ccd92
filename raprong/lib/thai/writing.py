"""One way of writing a Thai text, so that what people typed differently is found and compared as the same.

Marks are put into one order and written once, a decomposed sara am becomes one letter, Thai digits become Arabic ones,
case and stray spaces go. Nothing that a reader hears is taken away: ขาว, ข่าว and ข้าว stay three words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from raprong.lib.thai.digits import to_arabic_digits

_SARA_AA, _SARA_AM, _NIKHAHIT = "\u0e32", "\u0e33", "\u0e4d"
_VOWELS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e4d"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_THAI = "\u0e01-\u0e4f"
_NOTHING = re.compile(f"[{_IGNORED}]+")
_SPACE_INSIDE_THAI = re.compile(rf"(?<=[{_THAI}])\s+(?=[{_THAI}])")
_PIECE = re.compile(
    rf"(?P<am>[{_MARKS}]*{_SARA_AM}[{_MARKS}{_SARA_AM}]*|[{_MARKS}]*{_NIKHAHIT}[{_MARKS}]*{_SARA_AA}[{_MARKS}]*)"
    rf"|(?P<marks>[{_MARKS}]+)"
    r"|(?P<ae>\u0e40\u0e40)"
    r"|(?P<space>\s+)"
)
_Placed = tuple[str, int, int]  # a letter, and where in the typed text it begins and ends
_BELONGS = re.compile(f"[{_MARKS}{_SARA_AM}]")


def one_way(text: str) -> str:
    """Write a text in the one way in which texts are compared and searched.

    Spaces between Thai letters go, because Thai needs none and people put them anywhere; others become one space.
    """
    plain = unicodedata.normalize("NFKC", to_arabic_digits(text)).casefold()
    closed = _SPACE_INSIDE_THAI.sub("", _NOTHING.sub("", plain))
    return _PIECE.sub(_written, closed).strip()


def words_of(asked: str) -> tuple[str, ...]:
    """What somebody asks for as separate words in the one way of writing, each once."""
    return tuple(dict.fromkeys(word for part in asked.split() if (word := one_way(part))))


def holds_word(written: str, word: str) -> bool:
    """Whether a text in the one way of writing holds a word, whole letters with their marks.

    A letter's vowel or tone belongs to it: ขา is not in ข่า, and ขาว is not in ขาวัน, where the ว carries a vowel.
    """
    return next(_places(written, word), None) is not None


def parts_of(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Cut a text, as it was typed, into what matches one of the words and what does not, in its order."""
    written, spans = _with_places(text)
    marked = [False] * len(text)
    for word in words:
        for at in _places(written, word):
            begin, end = spans[at][0], spans[at + len(word) - 1][1]
            marked[begin:end] = [True] * (end - begin)
    both = groupby(zip(text, marked, strict=True), key=itemgetter(1))
    return [("".join(letter for letter, _found in run), found) for found, run in both]


def _places(written: str, word: str) -> Iterator[int]:
    """Where a word stands in a text, not followed by a mark of its last letter."""
    at = written.find(word) if word else -1
    while at >= 0:
        if not _BELONGS.match(written, at + len(word)):
            yield at
        at = written.find(word, at + 1)


def _written(found: re.Match[str]) -> str:
    piece = found.group()
    match found.lastgroup:
        case "am":
            return _ordered(piece, without=_NIKHAHIT) + _SARA_AM
        case "marks":
            return _ordered(piece)
        case "ae":
            return "\u0e41"
        case _:
            return " "


def _ordered(marks: str, *, without: str = "") -> str:
    """Marks of one letter, each once: vowels before tones before the rest."""
    kept = {mark for mark in marks if mark not in without and mark not in (_SARA_AA, _SARA_AM)}
    return "".join(sorted(kept, key=lambda mark: (mark not in _VOWELS, mark not in _TONES, mark)))


def _with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in the one way of writing, and for each of its letters the place in the typed text it comes from."""
    letters = [
        (letter, place, place + 1)
        for place, typed in enumerate(to_arabic_digits(text))
        for letter in unicodedata.normalize("NFKC", typed).casefold()
    ]
    for pattern, write in ((_NOTHING, None), (_SPACE_INSIDE_THAI, None), (_PIECE, _written)):
        letters = _rewritten(letters, pattern, write)
    return "".join(letter for letter, _start, _end in letters), [(start, end) for _letter, start, end in letters]


def _rewritten(
    letters: list[_Placed], pattern: re.Pattern[str], write: Callable[[re.Match[str]], str] | None
) -> list[_Placed]:
    """Placed letters with what a pattern finds written anew, or left out where nothing is to be written."""
    done: list[_Placed] = []
    after = 0
    for found in pattern.finditer("".join(letter for letter, _start, _end in letters)):
        begin, end = found.span()
        place = letters[begin][1], letters[end - 1][2]
        done += letters[after:begin]
        done += [(letter, *place) for letter in (write(found) if write else "")]
        after = end
    return [*done, *letters[after:]]
