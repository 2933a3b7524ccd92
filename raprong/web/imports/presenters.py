"""Rows of an uploaded file in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raprong.kpis.enums import BatchState, RowStanding
from raprong.kpis.import_queries import Tally
from raprong.kpis.models import ImportBatch, ImportRow
from raprong.lib.workbooks.columns import CODE, DIMENSION, GROUP, TARGET, TITLE, WEIGHT
from raprong.lib.workbooks.marks import Mark
from raprong.web.shell.filters import in_thai

PILLS = {
    RowStanding.NEW: "now",
    RowStanding.CHANGED: "provisional",
    RowStanding.UNCHANGED: "wait",
    RowStanding.FAULTY: "late",
}
BATCH_PILLS = {BatchState.WAITING: "now", BatchState.TAKEN: "done", BatchState.UNDONE: "returned"}
IN_SHORT = (DIMENSION, GROUP, WEIGHT, TARGET)


@dataclass(frozen=True)
class Line:
    """One row as the page shows it."""

    row: ImportRow
    pill: tuple[str, str]
    code: str
    title: str
    can_be_taken: bool
    changes: list[tuple[str, str, str]]  # heading, before, after
    more: list[tuple[str, str, str]]
    faults: list[tuple[str, str]]  # place, sentence


def lines(rows: Iterable[ImportRow]) -> list[Line]:
    return [_line(row) for row in rows]


def pill(batch: ImportBatch) -> tuple[str, str]:
    """The pill of a file: its look and its word."""
    state = BatchState(batch.state)
    return BATCH_PILLS[state], str(state.label)


def filters(counted: Tally) -> list[tuple[str, str, int]]:
    """The standings to filter by that there are rows of: value, label and how many."""
    labels = [(standing.value, str(standing.label)) for standing in RowStanding] + [("taken", _("Taken in"))]
    found = [(value, label, getattr(counted, value)) for value, label in labels]
    return [("", _("All rows"), counted.all), *(one for one in found if one[2])]


def marks(rows: Iterable[ImportRow]) -> dict[int, Mark]:
    """What is wrong in each row, for the file that goes back to whoever sent it."""
    return {row.number: Mark([(fault["column"], _said(fault)) for fault in row.faults]) for row in rows if row.faults}


def _line(row: ImportRow) -> Line:
    standing = RowStanding(row.standing)
    taken = row.taken_at is not None
    changes = [(heading, before, after) for heading, (before, after) in row.changes.items()]
    new = standing is RowStanding.NEW
    shown = [change for change in changes if change[0] in IN_SHORT] if new else changes
    more = [change for change in changes if change[0] not in (*IN_SHORT, CODE, TITLE)] if new else []
    return Line(
        row=row,
        pill=_pill_of_taken(row) if taken else (PILLS[standing], str(standing.label)),
        code=str(row.content.get("code", "")),
        title=str(row.content.get("title", "")),
        can_be_taken=not taken and standing in (RowStanding.NEW, RowStanding.CHANGED),
        changes=shown if standing is not RowStanding.FAULTY else [],
        more=more,
        faults=[(_place(fault), _said(fault)) for fault in row.faults],
    )


def _pill_of_taken(row: ImportRow) -> tuple[str, str]:
    if row.batch.state == BatchState.UNDONE:
        return BATCH_PILLS[BatchState.UNDONE], str(BatchState.UNDONE.label)
    return "done", _("Taken in")


def _place(fault: dict[str, str]) -> str:
    words = {"column": fault["column"], "heading": fault["heading"]}
    return _("Column %(column)s %(heading)s") % words if fault["column"] else fault["heading"]


def _said(fault: dict[str, str]) -> str:
    return fault["sentence_th"] if in_thai() else fault["sentence"]
