"""Printing a paper once: whoever asks for the same paper again gets the same bytes without printing."""

import json
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import get_language

from raprong.documents import Paper, render
from raprong.documents.data import parts_of
from raprong.documents.registry import edition_of, read
from raprong.files import store
from raprong.lib.rendering import PaperRefused, PrintStyle
from raprong.records.models import BatchPaper, PrintedPaper
from raprong.stationery.printing import in_digits_of
from raprong.stationery.queries import style_for


@dataclass(frozen=True)
class Printed:
    """Where the printed content lies, by its hash; or the sentence that says why there is none."""

    sha256: str = ""
    size: int = 0
    fault: str = ""


@dataclass(frozen=True)
class Printable:
    """A paper with all that decides how it prints. `known` is what it came to, where nothing is to be printed."""

    key: str
    paper: Paper | None
    style: PrintStyle | None
    known: Printed | None = None
    thai: bool = True

    def begin(self, pool: Executor) -> Future[bytes]:
        """Have it printed. What prints asks no database, so that any thread or process may do it."""
        assert self.paper is not None
        assert self.style is not None
        return pool.submit(render, self.paper, style=self.style)

    def keep(self, begun: Future[bytes]) -> Printed:
        """Wait for the print and keep its content."""
        try:
            digest, size = store.put([begun.result()])
        except PaperRefused as refused:
            return Printed(fault=" ".join(fault.thai if self.thai else fault.english for fault in refused.faults))
        return Printed(digest, size)


def prepared(row: BatchPaper) -> Printable:
    """A paper of a batch, ready to print; one whose data does not read any more says so instead."""
    if row.file is not None:
        return Printable("", None, None, known=Printed(row.file.sha256, row.file.size))
    thai = (get_language() or "th").startswith("th")
    try:
        paper = read(*parts_of(row.data.encode()))
    except PaperRefused as refused:
        fault = " ".join(each.thai if thai else each.english for each in refused.faults)
        return Printable("", None, None, known=Printed(fault=fault))
    assert row.unit is not None, "a paper to print has a unit"
    look = style_for(row.unit, on=paper.dated_on)
    paper = in_digits_of(look, paper)
    whole = json.dumps([edition_of(paper.kind, look.style), paper.thai_digits, row.data])
    return Printable(sha256(whole.encode()).hexdigest(), paper, look.style, thai=thai)


def printed_before(keys: Iterable[str]) -> dict[str, Printed]:
    """What was printed under these keys and still lies in its place."""
    found = PrintedPaper.objects.filter(key__in=[key for key in keys if key])
    return {each.key: Printed(each.sha256, each.size) for each in found if store.place_of(each.sha256).exists()}


def remember(printable: Printable, printed: Printed) -> None:
    """Write down what a paper came to, the first time it was printed."""
    if printable.key and not printed.fault:
        PrintedPaper.objects.bulk_create(
            [PrintedPaper(key=printable.key, sha256=printed.sha256, size=printed.size)], ignore_conflicts=True
        )
