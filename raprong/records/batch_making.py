"""Making the ZIP of a batch, in the worker and on every core.

A paper that cannot be printed is a line in the list, and the others are printed all the same. A batch that is stopped
leaves no file.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from datetime import datetime
from typing import IO

from django.db import transaction

from raprong.audit.actions import record
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.documents.presses import cores, presses
from raprong.files import actions as files
from raprong.files.store import CHUNK_BYTES, scratch
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person
from raprong.records import bundle
from raprong.records.enums import BatchState
from raprong.records.models import Batch, BatchPaper
from raprong.records.papers import UNFIT
from raprong.records.printing import Printed, prepared, printed_before, remember

PAPERS_AT_ONCE = 200  # rows read from the database in one go
STEPS_TOLD = 100  # how often progress is written down, at most
ZIP = "application/zip"


def make(batch_id: int) -> None:
    """Print a batch and keep its ZIP. A second worker that comes for the same batch goes away again."""
    taken = Batch.objects.filter(pk=batch_id, state=BatchState.WAITING)
    if not taken.update(state=BatchState.PRINTING, moved_at=clock.now()):
        return
    batch = Batch.objects.select_related("unit", "ordered_by").get(pk=batch_id)
    with scratch() as packed:
        if _pack(batch, packed):
            _keep(batch, packed)


def _pack(batch: Batch, packed: IO[bytes]) -> bool:
    """Put every paper into the ZIP; false where the batch was stopped on the way."""
    every = max(1, batch.papers // STEPS_TOLD)
    with bundle.opened(packed, title=batch.title, at=batch.ordered_at) as target:
        for number, (row, printed) in enumerate(_printed_papers(batch), start=1):
            target.add(row.name, row.title, printed)
            if number % every == 0 and not _tell(batch, number):
                return False
    return _tell(batch, batch.papers)


def _tell(batch: Batch, done: int) -> bool:
    """Write the progress down; false where the batch was stopped meanwhile."""
    printing = Batch.objects.filter(pk=batch.pk, state=BatchState.PRINTING)
    return bool(printing.update(done=done, moved_at=clock.now()))


def _printed_papers(batch: Batch) -> Iterator[tuple[BatchPaper, Printed]]:
    """The papers of a batch in their order, printed on all cores; no more are held than the cores can print."""
    with presses(batch.papers) as pool:
        for rows in _in_portions(batch):
            yield from _print_portion(pool, rows, ahead=2 * cores())


def _print_portion(pool: Executor, rows: Sequence[BatchPaper], *, ahead: int) -> Iterator[tuple[BatchPaper, Printed]]:
    printables = [prepared(row) for row in rows]
    before = printed_before([each.key for each in printables])
    known = [each.known or before.get(each.key) for each in printables]
    begun: dict[int, Future[bytes]] = {}
    for at, (row, printable) in enumerate(zip(rows, printables, strict=True)):
        for place in range(at, min(at + ahead, len(rows))):
            if known[place] is None and place not in begun:
                begun[place] = printables[place].begin(pool)
        printed = known[at] or printable.keep(begun.pop(at))
        remember(printable, printed)
        yield row, printed


def _in_portions(batch: Batch) -> Iterator[list[BatchPaper]]:
    rows = batch.contents.select_related("file", "unit__parent", "unit__agency").order_by("number")
    for start in range(0, batch.papers, PAPERS_AT_ONCE):
        yield list(rows[start : start + PAPERS_AT_ONCE])


@transaction.atomic
def _keep(batch: Batch, packed: IO[bytes]) -> None:
    """Keep the ZIP, unless the batch was stopped at the last moment."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("unit", "ordered_by").get(pk=batch.pk)
    if batch.state != BatchState.PRINTING:
        return
    by, at = batch.ordered_by, clock.now()
    packed.seek(0)
    chunks = iter(lambda: packed.read(CHUNK_BYTES), b"")
    name = f"{UNFIT.sub('-', batch.title)[:100]}.zip"
    batch.file = files.keep_chunks(chunks, name, media_type=ZIP, unit=batch.unit, by=by, at=at)
    batch.state, batch.ended_at = BatchState.DONE, at
    batch.save(update_fields=["file", "state", "ended_at"])
    forget_data(batch)
    record_batch("batch.made", batch, by=None, at=at, papers=batch.papers, sha256=batch.file.sha256)


def forget_data(batch: Batch) -> None:
    """What was to be printed is needed no more: it lies in the ZIP, or nobody wants it."""
    batch.contents.exclude(data="").update(data="")


def record_batch(kind: str, batch: Batch, *, by: Person | None, at: datetime, **facts: object) -> None:
    """What happened to a batch stands on the trail of its unit, in the fiscal year of that day."""
    year = FiscalYear.of(day_of(at)).be
    record(kind, about=batch, by=by, at=at, place=batch.unit.office, fiscal_year=year, **facts)
