"""What every paper has in common, and how its fields become the words that are printed."""

from collections.abc import Iterator, Mapping
from dataclasses import Field, field, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol, cast

from raprong.documents.wording import default_wording, faults_in_wording
from raprong.lib.rendering import Fault, PaperRefused
from raprong.lib.thai.dates import BANGKOK, long_date
from raprong.lib.thai.digits import to_arabic_digits, to_thai_digits_in_prose

LONGEST_LINE = 1_000
LONGEST_TEXT = 15_000  # PDF/A holds no string over 32,767 bytes, and a Thai letter takes two
MOST_ROWS = 1_000
LONGEST_PAPER = 500_000


class Paper(Protocol):
    """A frozen dataclass with these, and whatever else its template prints."""

    kind: ClassVar[str]
    """Folder name of the paper; file names begin with it."""

    @property
    def title(self) -> str: ...

    @property
    def author(self) -> str: ...

    @property
    def dated_on(self) -> date: ...

    @property
    def thai_digits(self) -> bool: ...


def long_text() -> Any:
    """A field that may hold several paragraphs, one per line, up to LONGEST_TEXT characters."""
    return field(default="", metadata={"longest": LONGEST_TEXT})


def long_texts() -> Any:
    """A tuple of texts, each up to LONGEST_TEXT characters."""
    return field(default=(), metadata={"longest": LONGEST_TEXT})


def verbatim() -> Any:
    """A field whose figures stay as they are: codes, digests, addresses on the network."""
    return field(default="", metadata={"verbatim": True})


def printable(text: str) -> str:
    """A text without the control characters that come along from other programs, which no paper can carry.

    For texts that were kept long before they are printed: whoever prints them cannot type them again. The line break of
    word processors, a vertical tab, becomes a line.
    """
    return "".join(letter for letter in text.replace("\v", "\n") if not _is_control(letter))


def _is_control(letter: str) -> bool:
    return ord(letter) < 32 and letter not in "\n\r\t"


def to_json(paper: Paper) -> dict[str, Any]:
    """Turn a shape into what its template reads: text only, in the paper's own digits.

    Decimals keep the places they came with. Dates become long Thai dates, moments add the time in Bangkok. Raises
    PaperRefused with every fault when a text or a list is longer than a paper can carry, or holds control characters.
    """
    refuse_faulty(paper)
    printed = _printed(_worded(paper), thai_digits=paper.thai_digits)
    return {**printed, "title": paper.title, "author": paper.author}


def refuse_faulty(paper: Paper) -> None:
    """Raise PaperRefused with a sentence for every text too long, list too long, or character nobody can print."""
    faults = list(_faults_of(paper, ""))
    total = sum(len(text) for text in _texts(paper))
    if total > LONGEST_PAPER and not faults:
        faults.append(
            Fault(
                "",
                f"The paper holds {total:,} characters; at most {LONGEST_PAPER:,} can be printed. Shorten its texts.",
                f"เอกสารมี {total:,} ตัวอักษร พิมพ์ได้ไม่เกิน {LONGEST_PAPER:,} ตัวอักษร โปรดย่อข้อความ",
            )
        )
    if faults:
        raise PaperRefused(faults)


def _worded(paper: Paper) -> Paper:
    """The paper with its wording whole: what an agency's own leaves out is as in the definition."""
    kinds = {item.name: item.metadata["wording"] for item in fields(cast(Any, paper)) if "wording" in item.metadata}
    whole = {name: default_wording(kind) | getattr(paper, name) for name, kind in kinds.items()}
    return cast(Paper, replace(cast(Any, paper), **whole)) if whole else paper


def _printed(value: Any, *, thai_digits: bool | None) -> Any:
    """A value as it is printed, its figures in the digits asked for; None leaves them as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: _printed(
                getattr(value, item.name), thai_digits=None if item.metadata.get("verbatim") else thai_digits
            )
            for item in fields(value)
        }
    if isinstance(value, tuple | list):
        return [_printed(each, thai_digits=thai_digits) for each in value]
    if isinstance(value, Mapping):
        return {key: _printed(each, thai_digits=thai_digits) for key, each in value.items()}
    if value is None or isinstance(value, bool):
        return value
    return _in_words(value, thai_digits=thai_digits)


def _in_words(value: object, *, thai_digits: bool | None) -> str:
    match value:
        case datetime():
            moment = value.astimezone(BANGKOK)
            text = f"{_unbroken_date(moment.date())} เวลา\u00a0{moment:%H.%M}\u00a0น."
        case date():
            text = _unbroken_date(value)
        case Decimal():
            text = format(value, "f")
        case _:
            text = str(value).replace(" ๆ", "\u00a0ๆ").replace("\r\n", "\n")
    if thai_digits is None:
        return text
    return to_thai_digits_in_prose(text) if thai_digits else to_arabic_digits(text)


def _unbroken_date(day: date) -> str:
    return long_date(day, thai_digits=False).replace(" ", "\u00a0")


def _faults_of(value: Any, where: str) -> Iterator[Fault]:
    for item in fields(value):
        yield from _faults_in_field(getattr(value, item.name), f"{where}{item.name}", item)


def _faults_in_field(value: Any, where: str, item: Field[Any]) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _faults_in_text(value, where, item.metadata)
    elif is_dataclass(value):
        yield from _faults_of(value, f"{where}.")
    elif isinstance(value, tuple | list):
        yield from _faults_in_rows(value, where, item)
    elif "wording" in item.metadata:
        for fault in faults_in_wording(item.metadata["wording"], value):
            yield replace(fault, where=f"{where}.{fault.where}")


def _faults_in_rows(rows: tuple[Any, ...] | list[Any], where: str, item: Field[Any]) -> Iterator[Fault]:
    if len(rows) > MOST_ROWS:
        yield Fault(
            where,
            f"{len(rows):,} rows; at most {MOST_ROWS:,} fit one paper. Split it.",
            f"มี {len(rows):,} แถว เอกสารหนึ่งฉบับรับได้ไม่เกิน {MOST_ROWS:,} แถว โปรดแยกเอกสาร",
        )
        return
    for order, each in enumerate(rows, start=1):
        yield from _faults_in_field(each, f"{where}[{order}]", item)


def _faults_in_text(text: str, where: str, metadata: Mapping[Any, Any]) -> Iterator[Fault]:
    longest = metadata.get("longest", LONGEST_LINE)
    if len(text) > longest:
        yield Fault(
            where,
            f"{len(text):,} characters; at most {longest:,} fit here. Shorten the text.",
            f"มี {len(text):,} ตัวอักษร รับได้ไม่เกิน {longest:,} ตัวอักษร โปรดย่อข้อความ",
        )
    if any(_is_control(letter) for letter in text):
        yield Fault(
            where,
            "holds a control character, which cannot be printed. Type the text again.",
            "มีอักขระควบคุมซึ่งพิมพ์ไม่ได้ โปรดพิมพ์ข้อความใหม่",
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from _texts(getattr(value, item.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
