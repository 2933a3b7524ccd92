"""The proof-reading of letters: which texts are read, which may not be empty, and how a letter of its kind ends."""

from django.utils.translation import get_language

from raprong.circulation import documents
from raprong.circulation.models import Letter
from raprong.lib.thai.proofreading import Finding
from raprong.stationery import proofreading

REQUIRED = ("subject", "to", "paragraphs", "preamble")


def findings_in(letter: Letter) -> list[Finding]:
    """What a careful clerk would mark in a letter: its subject and every text that a person writes."""
    return proofreading.findings_in(
        {"subject": letter.subject, **_printed_texts(letter)},
        letter.unit,
        kind=letter.kind,
        required=REQUIRED,
        thai_digits=documents.prints_thai_digits(letter),
    )


def is_too_long(letter: Letter) -> bool:
    """Whether a letter is longer than the proof-reader reads."""
    return proofreading.is_too_long({"subject": letter.subject, **_printed_texts(letter)})


def sentence_of(finding: Finding) -> str:
    """What to do about a finding, in the language of the page."""
    return finding.thai if (get_language() or "th").startswith("th") else finding.english


def _printed_texts(letter: Letter) -> dict[str, str]:
    """The texts that the paper prints: a memorandum has no closing phrase."""
    texts = documents.texts_of(letter)
    if letter.content.get("form") == "memo":
        texts.pop("closing", None)
    return texts
