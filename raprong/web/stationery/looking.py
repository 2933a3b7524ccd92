"""A paper as the page shows it while somebody types: its pages as pictures, or why they cannot be drawn."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from raprong.documents import Paper
from raprong.lib.rendering import PaperRefused
from raprong.lib.thai.proofreading.dates import in_digits
from raprong.stationery.printing import MOST_PAGES_DRAWN, draw
from raprong.stationery.queries import PaperStyle
from raprong.web.shell.filters import in_thai


@dataclass(frozen=True)
class Look:
    """Pages as addresses of pictures, the sentences where there are none, and whether more pages may follow."""

    pages: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def may_go_on(self) -> bool:
        return len(self.pages) == MOST_PAGES_DRAWN


def look_at(paper: Paper, style: PaperStyle) -> Look:
    """The real paper, drawn now. What cannot be printed is told in the reader's language."""
    try:
        return Look(tuple(f"data:image/png;base64,{b64encode(page).decode()}" for page in draw(paper, style)))
    except PaperRefused as refused:
        return Look(faults=tuple(fault.thai if in_thai() else fault.english for fault in refused.faults))


def digits_in_words(sentence: str) -> str:
    """A sentence about a text in the reader's digits; codes and Latin words that it quotes stay as they were typed."""
    return in_digits(sentence, thai_digits=True) if in_thai() else sentence
