"""The proof-reader: every rule over every passage of a paper."""

from collections.abc import Iterator, Sequence

from raprong.lib.thai.proofreading import dates, letters, names, pairs, whole
from raprong.lib.thai.proofreading.settings import ProofRules, official_papers
from raprong.lib.thai.proofreading.shape import Expected, Finding, Passage, Remark, Severity

_LONGEST_SHOWN = 60
MOST_TOLD = 200  # a text with more was not written by hand; what is told first is the gravest


def proofread(passages: Sequence[Passage], expected: Expected, rules: ProofRules | None = None) -> list[Finding]:
    """Everything found in a paper, the gravest first, then in the order of its passages."""
    rules = rules or official_papers()
    found = [finding for passage in passages for finding in _findings_in(passage, passages, expected, rules)]
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))[:MOST_TOLD]


def corrected(words: str, findings: Sequence[Finding]) -> str:
    """A passage's words with the certain corrections of its findings made; of two that overlap, the earlier."""
    done, after = "", 0
    for edit in sorted(
        (edit for finding in findings for edit in finding.edits), key=lambda edit: (edit.begin, edit.end)
    ):
        if edit.begin >= after:
            done += words[after : edit.begin] + edit.instead
            after = edit.end
    return done + words[after:]


def _findings_in(
    passage: Passage, passages: Sequence[Passage], expected: Expected, rules: ProofRules
) -> Iterator[Finding]:
    for code, remark in _remarks_on(passage, passages, expected, rules):
        severity = rules.rule(code).severity
        if severity != "off":
            yield Finding(
                code,
                Severity(severity),
                passage.place,
                remark.begin,
                _shown(passage.words[remark.begin : remark.end]),
                remark.english,
                remark.thai,
                remark.edits,
            )


def _remarks_on(
    passage: Passage, passages: Sequence[Passage], expected: Expected, rules: ProofRules
) -> Iterator[tuple[str, Remark]]:
    words = passage.words
    looks = {
        "empty": whole.empty(passage),
        "leftover": whole.leftover(words),
        "no-such-day": dates.no_such_day(words),
        "wrong-weekday": dates.wrong_weekday(words),
        "month-misspelt": dates.month_misspelt(words),
        "christian-year": dates.christian_year(words),
        "name-misspelt": names.name_misspelt(words, expected.names),
        "other-agency": names.other_agency(words, expected.other_agencies, expected.names),
        "digits-mixed": _digits(words, passages, expected),
        "marks": letters.marks(words),
        "invisible": letters.invisible(words),
        "repeat-mark": letters.repeat_mark(words),
        "shortening-mark": letters.shortening_mark(words),
        "doubled-words": letters.doubled_words(words, rules.doubled_words),
        "doubled-spaces": letters.doubled_spaces(words),
        "brackets": pairs.brackets(words),
        "quotes": pairs.quotes(words),
        "too-wide": whole.too_wide(words, room=passage.room or rules.line_letters),
        "closing-missing": _closings(passage, expected, rules),
    }
    for code, remarks in looks.items():
        for remark in remarks:
            yield code, remark


def _digits(words: str, passages: Sequence[Passage], expected: Expected) -> Iterator[Remark]:
    """Digits are mixed where the paper as a whole uses both kinds."""
    used = {kind for passage in passages for kind in dates.kinds_of_digits(passage.words)}
    if len(used) > 1:
        yield from dates.digits_mixed(words, thai_digits=expected.thai_digits)


def _closings(passage: Passage, expected: Expected, rules: ProofRules) -> Iterator[Remark]:
    for closing in rules.closings:
        if expected.kind in closing.papers and closing.place == passage.place:
            yield from whole.closing_missing(passage.words, closing)


def _shown(words: str) -> str:
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
