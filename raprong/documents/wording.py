"""The fixed wording of papers: clauses, headings and formulas that an agency may word in its own way.

The words stand in `definitions/wording/<kind>.yaml`, a list of paragraphs under each key. `{place}` stands for
something that the paper knows, such as a name or a day; words between two `*` are printed bold. An agency's own wording
is a mapping of the same shape, and what it leaves out is as in the definition. Nothing in a wording is run.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from raprong.lib.definition_file import read_definition
from raprong.lib.rendering import Fault

FOLDER = Path(__file__).resolve().parent.parent / "definitions" / "wording"

PLACE = re.compile(r"\{([a-z_]+)\}")
MOST_PARAGRAPHS = 40
LONGEST_PARAGRAPH = 4_000


class Part(BaseModel):
    """Frozen, and nothing unknown is let in: a misspelt key is a fault and not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Part):
    """Something that the paper fills in where its code stands in braces."""

    code: str = Field(pattern="^[a-z_]+$")
    title: str
    title_en: str


class FixedText(Part):
    """One text of a paper: its paragraphs, the places it may name and those that it must.

    `many` texts may have more paragraphs or fewer than here; others are one paragraph. `optional` ones may be empty.
    """

    key: str = Field(pattern="^[a-z_]+$")
    title: str
    title_en: str
    text: tuple[str, ...]
    many: bool = False
    optional: bool = False
    places: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    source: str


class PaperWording(Part):
    """Everything that is fixed wording on one kind of paper."""

    kind: str
    places: tuple[Place, ...] = ()
    texts: tuple[FixedText, ...] = Field(min_length=1)

    def text(self, key: str) -> FixedText:
        """The text with a key; an unknown one raises KeyError."""
        return {text.key: text for text in self.texts}[key]


@cache
def wording_of(kind: str) -> PaperWording:
    """What is fixed on a kind of paper, to show it and to check an agency's own; KeyError where nothing is."""
    if kind not in worded_kinds():
        raise KeyError(kind)
    return read_definition(FOLDER / f"{kind}.yaml", PaperWording)


@cache
def worded_kinds() -> tuple[str, ...]:
    """The kinds of paper that have fixed wording."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def default_wording(kind: str) -> dict[str, tuple[str, ...]]:
    """The wording of the definition, whole."""
    return {text.key: text.text for text in wording_of(kind).texts}


def worded(kind: str) -> Any:
    """The field of a paper that carries its wording, so that a stored paper keeps the words it was made with.

    An agency's own wording is given as `replace(paper, wording=...)`: only what differs, or the whole.
    """
    return field(default_factory=lambda: default_wording(kind), hash=False, metadata={"wording": kind})


def filled(paragraphs: Sequence[str], **places: str) -> list[str]:
    """Paragraphs with the words of their places put in. Bold marks stay; a place that is not given raises KeyError."""
    return [PLACE.sub(lambda found: places[found[1]], paragraph) for paragraph in paragraphs]


def faults_in_wording(kind: str, wording: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Everything that keeps a wording from being printed, each at its text and line."""
    known = {text.key: text for text in wording_of(kind).texts}
    for key, paragraphs in wording.items():
        if key not in known:
            yield Fault(
                key,
                f"There is no text {key!r} on this paper. Use one of: {', '.join(known)}.",
                f"เอกสารนี้ไม่มีข้อความ {key} ใช้ได้เฉพาะ {', '.join(known)}",
            )
            continue
        yield from _faults_in_text(known[key], paragraphs)


def _faults_in_text(text: FixedText, paragraphs: Sequence[str]) -> Iterator[Fault]:
    written = [paragraph for paragraph in paragraphs if paragraph.strip()]
    if not written and not text.optional:
        yield Fault(text.key, "Nothing is written here. Write the text.", "ยังไม่มีข้อความ โปรดพิมพ์ข้อความ")
        return
    most = MOST_PARAGRAPHS if text.many else 1
    if len(written) > most:
        yield Fault(
            text.key,
            f"{len(written)} paragraphs; at most {most} fit here. Join or remove some.",
            f"มี {len(written)} ย่อหน้า รับได้ไม่เกิน {most} ย่อหน้า โปรดรวมหรือตัดออก",
        )
    for line, paragraph in enumerate(paragraphs, start=1):
        yield from _faults_in_paragraph(text, line, paragraph)
    named = {code for paragraph in paragraphs for code in PLACE.findall(paragraph)}
    for code in text.must:
        if written and code not in named:
            yield Fault(
                text.key,
                f"The text must name {{{code}}}. Write it where it belongs.",
                f"ข้อความต้องมี {{{code}}} โปรดใส่ในที่ที่เหมาะสม",
            )


def _faults_in_paragraph(text: FixedText, line: int, paragraph: str) -> Iterator[Fault]:
    where = f"{text.key}[{line}]"
    for code in PLACE.findall(paragraph):
        if code not in text.places:
            known = ", ".join(f"{{{place}}}" for place in text.places)
            yield Fault(
                where,
                f"Line {line} names {{{code}}}, which is not known here. "
                + (f"Use one of: {known}." if known else "Take it out."),
                f"บรรทัดที่ {line} ใช้ {{{code}}} ซึ่งไม่มีในที่นี้ " + (f"ใช้ได้เฉพาะ {known}" if known else "โปรดลบออก"),
            )
    if set("{}") & set(PLACE.sub("", paragraph)):
        yield Fault(
            where,
            f"Line {line} has a brace that encloses no known word. Write places as {{name}}, or take the brace out.",
            f"บรรทัดที่ {line} มีวงเล็บปีกกาที่ไม่ครบหรือไม่มีชื่อ โปรดเขียนเป็น {{ชื่อ}} หรือลบวงเล็บออก",
        )
    if paragraph.count("*") % 2:
        yield Fault(
            where,
            f"Line {line} begins bold letters and does not end them. Put a * on both sides of the words.",
            f"บรรทัดที่ {line} มีเครื่องหมาย * ไม่ครบคู่ โปรดใส่ทั้งหน้าและหลังคำ หรือลบออก",
        )
    if len(paragraph) > LONGEST_PARAGRAPH:
        yield Fault(
            where,
            f"Line {line} has {len(paragraph):,} characters; at most {LONGEST_PARAGRAPH:,} fit. Shorten it.",
            f"บรรทัดที่ {line} มี {len(paragraph):,} ตัวอักษร รับได้ไม่เกิน {LONGEST_PARAGRAPH:,} โปรดย่อข้อความ",
        )
