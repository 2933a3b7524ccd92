"""Papers as a unit prints them, their pages as pictures while somebody types, and samples to look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from raprong.documents import Paper, render, sample
from raprong.documents.paper import refuse_faulty
from raprong.documents.wording import default_wording, filled, wording_of
from raprong.lib.rendering import Fault, PaperRefused, PdfStandard, PrintStyle
from raprong.lib.rendering.pictures import page_pictures
from raprong.lib.rendering.typefaces import letters_missing
from raprong.organisation.models import Unit
from raprong.stationery.queries import Holder, PaperStyle, Shown, style_for, style_of_holder, texts_above, wording_for

LONGEST_DRAWN = 40_000  # characters: about ten pages, and well under a second
MOST_PAGES_DRAWN = 4

Texts = Mapping[str, Sequence[str]]
P = TypeVar("P")


def worded(paper: P, unit: Unit) -> P:
    """A new paper with the words that its unit uses on its day. It carries them, and keeps them from then on."""
    made: Any = paper
    return cast(P, replace(made, wording=wording_for(unit, made.kind, on=made.dated_on)))


def print_for(
    unit: Unit, paper: Paper, *, standard: PdfStandard = PdfStandard.A_2A, shown: Shown | None = None, **also: Any
) -> bytes:
    """A unit's paper as PDF, with its typeface, emblem and digits of the paper's day. Raises PaperRefused.

    One that was `shown` to those who signed it looks as it did then, whatever was decided since.
    """
    look = style_for(unit, on=shown.on, made_by=shown.at) if shown else style_for(unit, on=paper.dated_on)
    return render(in_digits_of(look, paper), style=look.style, standard=standard, **also)


def in_digits_of(look: PaperStyle, paper: Paper) -> Paper:
    """The paper in the digits of a look; one that was made for Arabic digits keeps them."""
    return paper if look.thai_digits else cast(Paper, replace(cast(Any, paper), thai_digits=False))


def draw(paper: Paper, look: PaperStyle) -> list[bytes]:
    """The first pages of a paper as PNG pictures.

    A paper too long to be drawn while somebody types is refused with a sentence; it can still be printed.
    """
    length = sum(len(text) for text in texts_in(paper))
    if length > LONGEST_DRAWN:
        raise PaperRefused([_too_long(length)])
    return page_pictures(render(in_digits_of(look, paper), style=look.style), most=MOST_PAGES_DRAWN)


def sample_paper(holder: Holder, kind: str, texts: Texts) -> Paper:
    """A full sample of a paper with the words of a holder; places that only real work fills show their own titles."""
    paper: Any = sample(kind)
    names = {item.name for item in fields(paper)}
    known: dict[str, Any] = {"unit": holder.name} if isinstance(holder, Unit) else {}
    known["agency"] = holder.agency.name if isinstance(holder, Unit) else holder.name
    paper = replace(paper, **{name: value for name, value in known.items() if name in names})
    if "wording" in names:
        return cast(Paper, replace(paper, wording=dict(texts)))
    return cast(Paper, replace(paper, **_filled_in(paper, kind, texts)))


def sample_letter(holder: Holder, texts: Texts, look: PaperStyle) -> Paper:
    """An external letter, on which everything of a look can be seen."""
    paper: Any = sample_paper(holder, "result_letter", texts)
    return cast(Paper, replace(paper, form="external", unit=holder.name, address=look.address))


def faults_of_sample(holder: Holder, kind: str, own: Texts) -> Iterator[Fault]:
    """What would keep a wording from being printed, each at its text: letters that the typeface lacks, lengths."""
    on = sample(kind).dated_on
    look = style_of_holder(holder, on=on)
    for key, lines in own.items():
        for line, words in enumerate(lines, start=1):
            yield from faults_in_line(key, line, words, look.style)
    whole = default_wording(kind) | texts_above(holder, kind, on=on) | {key: tuple(lines) for key, lines in own.items()}
    try:
        refuse_faulty(sample_paper(holder, kind, whole))
    except PaperRefused as refused:
        yield from refused.faults


def faults_in_line(key: str, line: int, words: str, style: PrintStyle) -> Iterator[Fault]:
    """The letters of a line that a typeface lacks."""
    missing = letters_missing(style, words)
    if missing:
        shown = " ".join(f"“{letter}”" if letter.isprintable() else f"U+{ord(letter):04X}" for letter in missing)
        yield Fault(
            f"{key}[{line}]",
            f"Line {line} has a character that the typeface cannot print: {shown}. Take it out.",
            f"บรรทัดที่ {line} มีอักขระที่แบบอักษรพิมพ์ไม่ได้: {shown} โปรดลบออก",
        )


def _filled_in(paper: Any, kind: str, texts: Texts) -> dict[str, Any]:
    """The fields of a sample that a wording fills when such a paper is drafted."""
    places = {
        place.code: str(getattr(paper, place.code, "") or f"‹{place.title}›") for place in wording_of(kind).places
    }
    lines = {key: filled(text, **places) for key, text in texts.items()}
    names = {item.name for item in fields(paper)}
    changes = {
        key: tuple(text) if isinstance(getattr(paper, key), tuple) else "\n".join(text)
        for key, text in lines.items()
        if key in names
    }
    return changes | ({"sections": _sections(paper.sections, lines)} if "sections" in names else {})


def _sections(sections: Sequence[Any], lines: Mapping[str, list[str]]) -> tuple[Any, ...]:
    """The sections of an order: the committee first, then those who answer for KPIs."""
    worded_as = [("committee", "committee_duties"), ("responsible", "responsible_duties")]
    return tuple(
        replace(section, title=" ".join(lines.get(title, [section.title])), duties=tuple(lines.get(duties, ())))
        for section, (title, duties) in zip(sections, worded_as, strict=False)
    )


def _too_long(length: int) -> Fault:
    return Fault(
        "",
        f"The paper holds {length:,} characters; up to {LONGEST_DRAWN:,} are shown while typing. Open it as PDF.",
        f"เอกสารมี {length:,} ตัวอักษร แสดงขณะพิมพ์ได้ไม่เกิน {LONGEST_DRAWN:,} ตัวอักษร โปรดเปิดเป็น PDF",
    )


def texts_in(value: Any) -> Iterator[str]:
    """Every text that a paper holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, Mapping):
        yield from texts_in(tuple(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from texts_in(getattr(value, item.name))
