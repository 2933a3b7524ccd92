"""From a letter to its paper: what was drafted, and the number, day and signature that come with signing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from raprong.access.rules import Refused
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.circulation.numbers import SERIES
from raprong.circulation.queries import asked_to_sign
from raprong.core.clock import day_of
from raprong.documents import Paper, render
from raprong.documents.letter_register.shape import Entry, LetterRegister, Series
from raprong.documents.paper import refuse_faulty
from raprong.documents.parts import Signatory
from raprong.documents.registry import SHAPES, read
from raprong.lib.rendering import Fault, PaperRefused
from raprong.lib.rendering.typefaces import letters_missing
from raprong.lib.thai.dates import long_date
from raprong.lib.thai.proofreading.dates import in_digits
from raprong.organisation.models import Person, Unit
from raprong.signatures.posts import acting_for_head_of, post_of
from raprong.stationery.printing import faults_in_line, in_digits_of, print_for, texts_in
from raprong.stationery.queries import PaperStyle, style_for

# What a person may rewrite in a draft; the rest of a paper's data comes from the work it tells about.
TEXTS: dict[str, str | Promise] = {
    "to": _("Addressed to"),
    "references": _("Refers to"),
    "enclosures": _("Enclosures"),
    "paragraphs": _("Text"),
    "closing": _("Closing"),
    "preamble": _("Grounds"),
    "effective": _("In force from"),
    "purpose": _("Purpose"),
    "scope": _("Scope"),
    "definitions": _("Definitions"),
    "duties": _("Duties"),
    "reporting": _("Reporting"),
    "forms": _("Forms"),
    "storage": _("Storage"),
    "readers": _("Who may read it"),
    "notes": _("Notes"),
}

# What the series are called on the printed register, in its order.
SERIES_TITLES = {"letter": "หนังสือ", "circular": "หนังสือเวียน", "order": "คำสั่ง", "manual": "คู่มือ"}

ENDS_OF_LINES = re.compile("\r\n|[\v\u2028\u2029]")  # as browsers send them, and as word processors copy them
LISTS = {"references", "enclosures", "forms", "readers"}  # one on each line


def draft_paper(letter: Letter) -> Paper:
    """The paper of a draft: without a number, dated on the day it was drafted, the expected signer unsigned."""
    on = day_of(letter.drafted_at)
    signer = asked_to_sign(letter, on=on)
    nobody = Signatory(name="", post="")
    return _paper(letter, number="", on=on, signatory=signatory(letter, signer, on=on) if signer else nobody)


def signed_paper(letter: Letter) -> Paper:
    """The paper of a letter that has its number and its signature."""
    assert letter.signed_at is not None
    assert letter.signed_by is not None
    on = day_of(letter.signed_at)
    return _paper(letter, number=letter.number_text, on=on, signatory=signatory(letter, letter.signed_by, on=on))


def style_of(letter: Letter) -> PaperStyle:
    """How the paper of a draft looks: as the sending unit's papers did on the day it was drafted."""
    return style_for(letter.unit, on=day_of(letter.drafted_at))


def printed_draft(letter: Letter) -> bytes:
    """The paper of a draft as PDF, the same bytes for the same content. What cannot be printed is refused in words."""
    try:
        return print_for(letter.unit, draft_paper(letter))
    except PaperRefused as refused:
        told = [f"{TEXTS.get(place, _('Subject'))}: {sentence}" for place, sentence in faults_in(letter)]
        raise Refused(" ".join(told) or " ".join(map(_in_words, refused.faults))) from refused


def signatory(letter: Letter, person: Person, *, on: date) -> Signatory:
    """Who signs, as the paper prints them."""
    return Signatory(
        name=person.name,
        post=post_of(person, on=on),
        acting=acting_for_head_of(letter.unit, person, on=on),
        signed=letter.signed_at,
    )


def faults_in(letter: Letter) -> Iterator[tuple[str, str]]:
    """What of a letter's content does not fit its paper: the place, and a sentence in the reader's language."""
    paper = draft_paper(letter)
    try:
        refuse_faulty(paper)
    except PaperRefused as refused:
        yield from map(_placed, refused.faults)
        return
    look = style_of(letter)
    if letters_missing(look.style, "".join(texts_in(paper))) and (refused_too := _refusal_of(paper, look)):
        yield from list(_letters_not_printed(letter, look)) or map(_placed, refused_too)


def _refusal_of(paper: Paper, look: PaperStyle) -> tuple[Fault, ...]:
    """What keeps a paper from being printed; another typeface may have a letter that the unit's own has not."""
    try:
        render(in_digits_of(look, paper), style=look.style)
    except PaperRefused as refused:
        return refused.faults
    return ()


def _letters_not_printed(letter: Letter, look: PaperStyle) -> Iterator[tuple[str, str]]:
    """Every line that a person wrote with a letter no typeface of the paper has, such as a little picture."""
    for place, text in {"subject": letter.subject, **texts_of(letter)}.items():
        for line, words in enumerate(text.split("\n"), start=1):
            for fault in faults_in_line(place, line, words, look.style):
                yield place, _in_words(fault)


def _placed(fault: Fault) -> tuple[str, str]:
    """A fault with the field it belongs to, and the line in words where the field has lines."""
    place, _bracket, line = fault.where.partition("[")
    if place in TEXTS and line:
        words = Fault("", f"Line {line[:-1]}: {fault.english}", f"บรรทัดที่ {line[:-1]}: {fault.thai}")
        return place, _in_words(words)
    return (place, _in_words(fault)) if place in TEXTS else (fault.where, f"{fault.where}: {_in_words(fault)}")


def _in_words(fault: Fault) -> str:
    thai = (get_language() or "th").startswith("th")
    return in_digits(fault.thai, thai_digits=True) if thai else fault.english


def texts_of(letter: Letter) -> dict[str, str]:
    """The texts of a draft that a person may rewrite, by field; several paragraphs one per line."""
    lists = LISTS & SHAPES[letter.kind].__dataclass_fields__.keys()  # type: ignore[attr-defined]
    return {name: _as_text(letter.content.get(name, [])) for name in TEXTS if name in letter.content or name in lists}


def in_lines(text: str) -> str:
    """A typed or pasted text with one kind of line ends."""
    return ENDS_OF_LINES.sub("\n", text)


def with_texts(letter: Letter, texts: Mapping[str, str]) -> dict[str, Any]:
    """The content of a draft with its texts rewritten; what is a list of paragraphs or of papers stays one."""
    content = dict(letter.content)
    for name, text in texts.items():
        lines = in_lines(text)
        if name in LISTS:
            content[name] = [line.strip() for line in lines.split("\n") if line.strip()]
        else:
            content[name] = lines.split("\n") if isinstance(content.get(name), list) else lines
    return content


def as_typed(letter: Letter, *, subject: str, texts: Mapping[str, str]) -> Letter:
    """A draft as it would be with what somebody is typing; kept nowhere."""
    typed = copy(letter)
    typed.subject, typed.content = subject, with_texts(letter, texts)
    return typed


def prints_thai_digits(letter: Letter) -> bool:
    """Whether the paper of a letter is printed in Thai digits: as its unit prints, unless it was made for Arabic."""
    return bool(letter.content.get("thai_digits", True)) and style_of(letter).thai_digits


def in_own_digits(content: Mapping[str, Any], *, thai_digits: bool) -> dict[str, Any]:
    """The content of a new draft with its texts in the digits that its paper is printed in."""

    def written(value: Any) -> Any:
        if isinstance(value, list):
            return [written(line) for line in value]
        return in_digits(value, thai_digits=thai_digits) if isinstance(value, str) else value

    return {name: written(value) if name in TEXTS else value for name, value in content.items()}


def register_paper(unit: Unit, year: int, letters: Iterable[Letter], *, on: date) -> LetterRegister:
    """The register of a unit's numbers in a calendar year (พ.ศ.), as it prints on a day."""
    by_series: dict[str, list[Letter]] = {}
    for letter in letters:
        by_series.setdefault(SERIES[LetterKind(letter.kind)], []).append(letter)
    return LetterRegister(
        agency=unit.agency.name,
        unit=unit.name,
        year=year,
        dated_on=on,
        series=tuple(
            Series(title, tuple(_entry(letter) for letter in sorted(by_series[code], key=_number)))
            for code, title in SERIES_TITLES.items()
            if code in by_series
        ),
    )


def _entry(letter: Letter) -> Entry:
    assert letter.signed_at is not None, "a numbered letter is signed"
    note = ""
    if letter.cancelled_at:
        note = f"ยกเลิก: {letter.cancelled_because}"
    elif letter.sent_at:
        note = f"ส่งเมื่อวันที่ {long_date(day_of(letter.sent_at))}"
    to = letter.content.get("to") or (letter.to_unit.name if letter.to_unit else letter.unit.name)
    return Entry(
        _number(letter), letter.number_text, day_of(letter.signed_at), letter.unit.name, to, letter.subject, note
    )


def _number(letter: Letter) -> int:
    return letter.number or 0


def _paper(letter: Letter, *, number: str, on: date, signatory: Signatory) -> Paper:
    """The content of the letter, and what the letter itself knows: who sends it, when, under which number."""
    known = {
        "agency": letter.unit.agency.name,
        "unit": letter.unit.name,
        "fiscal_year": letter.fiscal_year,
        "subject": letter.subject,
        "number": number,
        "dated_on": on,
        "signatory": signatory,
    }
    if "address" in SHAPES[letter.kind].__dataclass_fields__ and not letter.content.get("address"):  # type: ignore[attr-defined]
        known["address"] = style_of(letter).address  # as it was shown to whoever signed it
    return read(letter.kind, {**letter.content, **known})


def _as_text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)
