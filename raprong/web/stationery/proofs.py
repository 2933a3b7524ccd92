"""What the proof-reader found, in the words of a page; and texts corrected by a press of a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.lib.thai.proofreading import Finding, Severity, corrected, official_papers
from raprong.web.shell.filters import digits, in_thai

PILLS = {Severity.ERROR: "late", Severity.WARNING: "returned", Severity.NOTICE: "wait"}
EVERYTHING = "all"


@dataclass(frozen=True)
class Mark:
    """One finding as a page shows it. `key` names it for "correct it for me", empty where there is no one right way."""

    title: str
    severity: str
    pill: tuple[str, str]
    place: str
    anchor: str
    words: str
    sentence: str
    key: str
    corrected: str | None = None  # the whole text of its place, corrected, where the page itself writes it


@dataclass(frozen=True)
class Proof:
    """All marks of a text, and what they come to."""

    marks: tuple[Mark, ...]
    sentence: str
    correctable: int


def proof_of(findings: Sequence[Finding], labels: Mapping[str, Any], *, anchors: bool = True) -> Proof:
    """The findings in the reader's language; `labels` name the places, `anchors` lead to their fields."""
    marks = tuple(_mark(finding, labels, anchors=anchors) for finding in findings)
    return Proof(marks, _sentence(len(marks)), sum(bool(mark.key) for mark in marks))


def hints_in(texts: Mapping[str, str], findings: Sequence[Finding], labels: Mapping[str, Any]) -> Proof:
    """The same, each certain correction with the whole text of its place as it would be."""
    marks = tuple(
        replace(
            _mark(finding, labels, anchors=True),
            corrected=corrected(texts[finding.place], [finding]) if finding.edits else None,
        )
        for finding in findings
    )
    return Proof(marks, _sentence(len(marks)), 0)


def unread() -> Proof:
    """Instead of the marks of texts that are too long to be read: nobody may think that they are without fault."""
    words = _("These texts are too long to be read. Shorten them, then their marks stand here.")
    mark = Mark(
        _("Not read"),
        str(Severity.WARNING),
        (PILLS[Severity.WARNING], _words_of(Severity.WARNING)),
        "",
        "",
        "",
        words,
        "",
    )
    return Proof((mark,), _("The proof-reader has not read this."), 0)


def corrected_texts(texts: Mapping[str, str], findings: Sequence[Finding], asked: str) -> dict[str, str]:
    """Texts by place with one finding corrected, named by its key, or with every certain correction made."""
    chosen = [finding for finding in findings if finding.edits and asked in (EVERYTHING, _key(finding))]
    return {
        place: corrected(words, [finding for finding in chosen if finding.place == place])
        for place, words in texts.items()
    }


def _mark(finding: Finding, labels: Mapping[str, Any], *, anchors: bool) -> Mark:
    rule = official_papers().rule(finding.code)
    severity = finding.severity
    return Mark(
        rule.title_th if in_thai() else rule.title_en,
        str(severity),
        (PILLS[severity], _words_of(severity)),
        str(labels.get(finding.place, finding.place)),
        f"#id_{finding.place}" if anchors else "",
        finding.words,
        finding.thai if in_thai() else finding.english,
        _key(finding) if finding.edits else "",
    )


def _words_of(severity: Severity) -> str:
    return {
        Severity.ERROR: _("Must be filled in"),
        Severity.WARNING: _("Should be corrected"),
        Severity.NOTICE: _("Worth a look"),
    }[severity]


def _sentence(count: int) -> str:
    if not count:
        return _("The proof-reader found nothing to mark.")
    words = ngettext("The proof-reader marked %(count)s place.", "The proof-reader marked %(count)s places.", count)
    return words % {"count": digits(count)}


def _key(finding: Finding) -> str:
    return f"{finding.place}:{finding.code}:{finding.begin}"
