"""Many papers in one ZIP: asking for them, and stopping. The worker makes the ZIP: see `batch_making`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.faults import Fault, Faults
from raprong.documents import Paper
from raprong.documents.data import as_json
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit
from raprong.records import permissions
from raprong.records.batch_making import forget_data, record_batch
from raprong.records.enums import BatchState
from raprong.records.models import Batch, BatchPaper
from raprong.records.papers import UNFIT
from raprong.records.tasks import make_batch

MOST_PAPERS = 2_000
SILENT = timedelta(minutes=10)  # a batch that has not moved for so long belongs to a worker that was killed


@dataclass(frozen=True)
class Wanted:
    """A paper somebody wants in a batch: a file that is kept, or a paper to print as its unit prints."""

    title: str
    which: str  # tells its name in the ZIP from others
    file: StoredFile | None = None
    paper: Paper | None = None
    unit: Unit | None = None


@transaction.atomic
def order(wanted: Sequence[Wanted], *, title: str, unit: Unit, permission: str, by: Person, at: datetime) -> Batch:
    """Ask for papers in one ZIP. Whoever asks must have been allowed to read each; one batch at a time."""
    _check_order(wanted, by)
    batch = Batch.objects.create(
        unit=unit,
        permission=permission,
        title=title[:300],
        ordered_by=by,
        ordered_at=at,
        moved_at=at,
        papers=len(wanted),
    )
    BatchPaper.objects.bulk_create(
        (_row(batch, number, each, len(wanted)) for number, each in enumerate(wanted, start=1)), batch_size=500
    )
    record_batch("batch.ordered", batch, by=by, at=at, title=batch.title, papers=batch.papers)
    _enqueue(batch)
    return batch


@transaction.atomic
def cancel(batch: Batch, *, by: Person, at: datetime) -> Batch:
    """Stop a batch. What was put together so far is thrown away."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    permissions.check_may_cancel_batch(by, batch)

    batch.state, batch.ended_at = BatchState.CANCELLED, at
    batch.save(update_fields=["state", "ended_at"])
    forget_data(batch)

    record_batch("batch.cancelled", batch, by=by, at=at, done=batch.done, papers=batch.papers)
    return batch


@transaction.atomic
def start_again(batch: Batch, *, by: Person, at: datetime) -> Batch:
    """Begin a batch anew whose worker was killed. What is printed already is not printed again."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    permissions.check_may_start_batch_again(by, batch, stuck=is_stuck(batch, at=at))

    batch.state, batch.done, batch.moved_at = BatchState.WAITING, 0, at
    batch.save(update_fields=["state", "done", "moved_at"])

    record_batch("batch.started_again", batch, by=by, at=at, papers=batch.papers)
    _enqueue(batch)
    return batch


def is_stuck(batch: Batch, *, at: datetime) -> bool:
    return batch.state == BatchState.PRINTING and at - batch.moved_at > SILENT


def _check_order(wanted: Sequence[Wanted], by: Person) -> None:
    if not wanted:
        raise Faults([Fault("papers", _("Choose at least one paper."))])
    if len(wanted) > MOST_PAPERS:
        most = _("At most %(most)s papers go into one file. Choose fewer.") % {"most": f"{MOST_PAPERS:,}"}
        raise Faults([Fault("papers", most)])
    if running := Batch.objects.filter(ordered_by=by).unfinished().first():
        raise Refused(
            _("“%(title)s” is still being printed. Wait for it, or stop it first.") % {"title": running.title}
        )


def _row(batch: Batch, number: int, wanted: Wanted, count: int) -> BatchPaper:
    digits = len(str(count))
    name = f"{number:0{digits}}-{UNFIT.sub('-', wanted.which)[:150]}.pdf"
    data = as_json(wanted.paper) if wanted.file is None and wanted.paper is not None else ""
    return BatchPaper(
        batch=batch,
        number=number,
        name=name,
        title=wanted.title[:500],
        file=wanted.file,
        unit=wanted.unit if data else None,
        data=data,
    )


def _enqueue(batch: Batch) -> None:
    transaction.on_commit(lambda: make_batch.enqueue(batch.pk))
