"""Letter by letter: vowels and tone marks, what nobody sees, ๆ and ฯ, spaces, words typed twice.

Spacing of ๆ and ฯ follows the Royal Institute: a space on both sides of ๆ, none before the ฯ that shortens a name.
"""

import re
from collections.abc import Iterator, Sequence

from raprong.lib.thai.proofreading.shape import Edit, Remark

_VOWELS_ABOVE_BELOW = "ัิีึืฺุู็ํ"
_TONES = "่้๊๋"
_MARKS = "ัิ-ฺ็-๎"
_THAI_LETTER = "ก-ฮะ-ูเ-ๅ็-๎"

_SPLIT_AM = re.compile(rf"(?P<before>[{_TONES}]?)ํ(?P<after>[{_TONES}]?)า|ำ(?P<late>[{_TONES}])")
_TWO_E = re.compile("เเ")
_DOUBLED_LETTER = re.compile("([ะาำโใไแๅ])\\1+")
_MARKS_TOGETHER = re.compile(rf"[{_MARKS}]{{2,}}")
_WITHOUT_LETTER = re.compile(rf"(?<![ก-ฮ{_MARKS}ฤฦำ])[{_MARKS}]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\uf700-\uf71a]+")

_REPEAT = re.compile(rf"(?P<before>(?<=[^\sๆ(]))?(?P<mark>ๆ)(?P<after>(?=[{_THAI_LETTER}]))?")
_SPACE_BEFORE_SHORTENING = re.compile(
    rf"(?<=[{_THAI_LETTER}])(?<!ฯ ล)(?<!ฯล)[ \u00a0]+(?=ฯ(?![ \u00a0]*ล[ \u00a0]*ฯ|พณฯ))"
)
_NO_SPACE_AFTER_SHORTENING = re.compile(rf"(?<![ลณ])ฯ(?!ลฯ|พณฯ)(?=[{_THAI_LETTER}])")
_ET_CETERA_APART = re.compile(r"ฯ[ \u00a0]+ล[ \u00a0]*ฯ|ฯ[ \u00a0]*ล[ \u00a0]+ฯ")
_ET_CETERA_TOUCHING = re.compile(rf"(?<=[{_THAI_LETTER}])(?=ฯลฯ)")

# Spaces that typesetters and word processors have besides the ordinary one; the one that holds words together is right.
_OTHER_SPACES = "\t\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(rf"(?<=\S)(?:[ \u00a0{_OTHER_SPACES}]{{2,}}|[{_OTHER_SPACES}])(?=\S)")
_SPACES_AT_FRONT = re.compile(rf"^[ \u00a0{_OTHER_SPACES}]+(?=\S)", re.MULTILINE)
_LONG_TWICE = re.compile(r"([ก-ฮเ-ไ][ก-๎]{4,40}?)\1(?![ัิ-ฺ็-๎])")
_APART_TWICE = re.compile(rf"(?<![^\s(])([{_THAI_LETTER}]{{3,}})[ \u00a0]+\1(?![^\s).,])")


def marks(words: str) -> Iterator[Remark]:
    """Vowels and tones that look right on a screen and are not: ํ with า, two เ, a tone before its vowel, twice."""
    for found in _SPLIT_AM.finditer(words):
        tone = "".join(filter(None, [found["before"], found["after"], found["late"]]))[:1]
        yield _rewritten(found, f"{tone}ำ", "sara am")
    for found in _TWO_E.finditer(words):
        yield _rewritten(found, "แ", "แ")
    for found in _DOUBLED_LETTER.finditer(words):
        yield _rewritten(found, found[1], found[1])
    yield from _marks_together(words)
    for found in _WITHOUT_LETTER.finditer(words):
        yield Remark(
            found.start(),
            found.end(),
            "A vowel or tone mark stands without its letter. Type the word again.",
            "สระหรือวรรณยุกต์ลอยอยู่โดยไม่มีพยัญชนะ โปรดพิมพ์คำนี้ใหม่",
        )


def _marks_together(words: str) -> Iterator[Remark]:
    """Marks of one letter: each once, the vowel before the tone. Two different tones leave open which was meant."""
    for found in _MARKS_TOGETHER.finditer(words):
        if words[found.end() : found.end() + 1] == "า" and "ํ" in found.group():
            continue  # told as sara am
        once = "".join(dict.fromkeys(found.group()))
        if sum(mark in _TONES for mark in once) > 1:
            yield Remark(
                found.start(),
                found.end(),
                "One letter bears two different tone marks. Keep the right one.",
                "พยัญชนะตัวเดียวมีวรรณยุกต์สองรูป ให้เหลือรูปที่ถูกต้อง",
            )
        elif (ordered := "".join(sorted(once, key=_place_of_mark))) != found.group():
            yield _rewritten(found, ordered, "its marks")


def _place_of_mark(mark: str) -> int:
    return 0 if mark in _VOWELS_ABOVE_BELOW else 1 if mark in _TONES else 2


def _rewritten(found: re.Match[str], instead: str, what: str) -> Remark:
    return Remark.replacing(
        *found.span(),
        instead,
        f"These marks only look right. Search and screen readers read them wrongly; write {what} as one.",
        "เครื่องหมายนี้ดูเหมือนถูกแต่พิมพ์ผิดลำดับหรือซ้ำ ทำให้ค้นหาไม่พบ ให้พิมพ์ใหม่ให้ถูกต้อง",
    )


def invisible(words: str) -> Iterator[Remark]:
    """Characters nobody sees, left behind by copying from a web page or an old PDF."""
    for found in _INVISIBLE.finditer(words):
        old_font = any("\uf700" <= letter <= "\uf71a" for letter in found.group())
        english = "An invisible or private character was copied in. "
        thai = "มีอักขระที่มองไม่เห็นหรืออักขระเฉพาะของแบบอักษรติดมาจากการคัดลอก "
        if old_font:
            yield Remark(*found.span(), english + "Type the word again.", thai + "โปรดพิมพ์คำนี้ใหม่")
        else:
            yield Remark.replacing(*found.span(), "", english + "Take it out.", thai + "ให้ลบออก")


def repeat_mark(words: str) -> Iterator[Remark]:
    """ๆ has a space before it, and one after it unless a bracket or a full stop follows."""
    for found in _REPEAT.finditer(words):
        before, after = found["before"] is not None, found["after"] is not None
        if not (before or after):
            continue
        yield Remark.replacing(
            found.start("mark"),
            found.end("mark"),
            f"{' ' if before else ''}ๆ{' ' if after else ''}",
            f"Put a space {'on both sides of' if before and after else 'before' if before else 'after'} ๆ.",
            f"ให้เว้นวรรค{'หน้าและหลัง' if before and after else 'หน้า' if before else 'หลัง'}ไม้ยมก เช่น ต่าง ๆ",
        )


def shortening_mark(words: str) -> Iterator[Remark]:
    """ฯ closes up to the word that it shortens and is followed by a space; ฯลฯ is one word with a space before it."""
    for found in _SPACE_BEFORE_SHORTENING.finditer(words):
        yield Remark.replacing(*found.span(), "", "Take out the space before ฯ.", "ไม่ต้องเว้นวรรคหน้าไปยาลน้อย เช่น กรุงเทพฯ")
    for found in _NO_SPACE_AFTER_SHORTENING.finditer(words):
        yield Remark(*found.span(), "Put a space after ฯ.", "ให้เว้นวรรคหลังไปยาลน้อย", _inserted(found.end()))
    for found in _ET_CETERA_APART.finditer(words):
        yield Remark.replacing(*found.span(), "ฯลฯ", "Write ฯลฯ without spaces.", "ให้เขียน ฯลฯ ติดกัน")
    for found in _ET_CETERA_TOUCHING.finditer(words):
        yield Remark(
            found.start(), found.start() + 3, "Put a space before ฯลฯ.", "ให้เว้นวรรคหน้า ฯลฯ", _inserted(found.start())
        )


def doubled_spaces(words: str) -> Iterator[Remark]:
    """More than one space, or one of another kind, such as a tab or a wide space copied from a word processor."""
    for found in _SPACES.finditer(words):
        yield Remark.replacing(*found.span(), " ", "Leave one ordinary space.", "ให้เว้นวรรคธรรมดาเพียงหนึ่งเคาะ")
    for found in _SPACES_AT_FRONT.finditer(words):
        english, thai = "The paper indents paragraphs itself. Take out the spaces.", "ระบบย่อหน้าให้เอง ให้ลบช่องว่างหน้าบรรทัด"
        yield Remark.replacing(*found.span(), "", english, thai)


def doubled_words(words: str, known: Sequence[str]) -> Iterator[Remark]:
    """A word twice in a row: one of those that nobody repeats, or any longer one. Thai repeats with ๆ."""
    short = re.compile(rf"({'|'.join(map(re.escape, known))})\1(?![{_MARKS}ะ-ำๅ])") if known else None
    taken: list[tuple[int, int]] = []
    for pattern in filter(None, [_LONG_TWICE, _APART_TWICE, short]):
        for found in pattern.finditer(words):
            if not any(begin < found.end() and found.start() < end for begin, end in taken):
                taken.append(found.span())
                yield Remark.replacing(
                    *found.span(), found[1], "This stands twice. Keep it once.", "พิมพ์คำนี้ซ้ำ ให้เหลือคำเดียว"
                )


def _inserted(at: int) -> tuple[Edit, ...]:
    return (Edit(at, at, " "),)
