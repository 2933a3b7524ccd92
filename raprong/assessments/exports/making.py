"""Making a package, in the worker. One that is stopped leaves no file; one that cannot be made says why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from raprong.access.rules import Refused
from raprong.assessments.enums import ExportState
from raprong.assessments.exports.layouts import all_layouts
from raprong.assessments.exports.workbook import places_of, proofs_of, workbook, workbook_name
from raprong.assessments.models import Export, SelfAssessment
from raprong.assessments.queries import items_of
from raprong.assessments.round_report import round_report
from raprong.audit.actions import record
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.full_disk import is_full_disk
from raprong.files import actions as files
from raprong.files.models import StoredFile
from raprong.files.store import CHUNK_BYTES, open_content, scratch
from raprong.lib.exports.layout import ExportLayout
from raprong.lib.exports.manifest import MANIFEST, Entry, written
from raprong.lib.thai.dates import BANGKOK
from raprong.organisation.models import Person
from raprong.records.papers import UNFIT, printed

ZIP = "application/zip"
PAPERS = "papers"  # the folder of the package
LONGEST_FAULT = 500
NO_ROOM = gettext_lazy("The server has no room left. Tell the administrator, then ask for the package again.")
UNKNOWN = gettext_lazy("The package could not be made; why stands in the server's log. Tell the administrator.")


@dataclass(frozen=True)
class Piece:
    """One file of the package: what it is, and where its content comes from."""

    path: str
    title: str
    content: Callable[[], Iterator[bytes]]


def make(export_id: int) -> None:
    """Make a package and keep it. A second worker that comes for the same one goes away again."""
    taken = Export.objects.filter(pk=export_id, state=ExportState.WAITING)
    if not taken.update(state=ExportState.MAKING, moved_at=clock.now()):
        return
    export = Export.objects.select_related(
        "assessment__run__unit__agency", "assessment__run__sop", "assessment__sealed", "ordered_by"
    ).get(pk=export_id)
    try:
        with scratch() as packed:
            if _pack(export, packed):
                _keep(export, packed)
    except Refused as refused:
        _fail(export, refused.sentence)
    except Exception as fault:
        _fail(export, NO_ROOM if is_full_disk(fault) else UNKNOWN)
        raise  # to the worker's own log: whoever asked for the package learns that it is not coming


def _fail(export: Export, sentence: str | Promise) -> None:
    """Nothing is kept of it; another one can be asked for."""
    Export.objects.filter(pk=export.pk, state=ExportState.MAKING).update(
        state=ExportState.FAILED, fault=str(sentence)[:LONGEST_FAULT], ended_at=clock.now()
    )


def _pack(export: Export, packed: IO[bytes]) -> bool:
    """Put every piece into the ZIP and the manifest last; false where the package was stopped on the way."""
    assessment, layout = export.assessment, all_layouts()[export.layout]
    pieces = pieces_of(assessment, layout)
    Export.objects.filter(pk=export.pk).update(pieces=len(pieces))
    entries = []
    with ZipFile(packed, "w") as target:
        for number, piece in enumerate(pieces, start=1):
            entries.append(_add(target, piece, at=export.ordered_at))
            if not _tell(export, number):
                return False
        facts = {"layout": layout.code, **places_of(assessment), "ordered_at": export.ordered_at.isoformat()}
        target.writestr(_entry(MANIFEST, ZIP_DEFLATED, export.ordered_at), written(entries, facts))
    return True


def pieces_of(assessment: SelfAssessment, layout: ExportLayout) -> list[Piece]:
    """Everything that goes into a package but its manifest, in its order."""
    proofs = proofs_of(assessment, layout)
    receipt = getattr(assessment, "receipt", None)
    found = [
        Piece(
            workbook_name(assessment, layout),
            layout.title_th,
            lambda: iter([workbook(assessment, layout, proofs)]),
        ),
        Piece(f"{PAPERS}/self_assessment.pdf", "รายงานการประเมินตนเอง", lambda: _stored(assessment.sealed)),
        Piece(f"{PAPERS}/round_report.pdf", "ตารางผลประจำรอบ", lambda: iter([_table_of_round(assessment)])),
    ]
    if receipt is not None:
        found.append(Piece(f"{PAPERS}/receipt.pdf", f"ใบรับเลขที่ {receipt}", lambda: _stored(receipt.paper)))
    for proof in proofs:
        file = proof.credit.file
        found.append(Piece(proof.path, proof.credit.title, lambda file=file: _stored(file)))  # type: ignore[misc]
    return found


def _table_of_round(assessment: SelfAssessment) -> bytes:
    on = day_of(assessment.submitted_at or assessment.opened_at)
    return printed(round_report(assessment, list(items_of(assessment)), on=on), unit=assessment.run.unit)


def _stored(file: StoredFile | None) -> Iterator[bytes]:
    assert file is not None, "a submitted report is sealed"
    with open_content(file.sha256) as content:
        while chunk := content.read(CHUNK_BYTES):
            yield chunk


def _add(target: ZipFile, piece: Piece, *, at: datetime) -> Entry:
    digest, size = sha256(), 0
    with target.open(_entry(piece.path, ZIP_STORED, at), "w") as place:
        for chunk in piece.content():
            place.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Entry(piece.path, digest.hexdigest(), size, piece.title)


def _entry(name: str, compression: int, at: datetime) -> ZipInfo:
    entry = ZipInfo(name, at.astimezone(BANGKOK).timetuple()[:6])
    entry.compress_type = compression
    return entry


def _tell(export: Export, done: int) -> bool:
    """Write the progress down; false where the package was stopped meanwhile."""
    making = Export.objects.filter(pk=export.pk, state=ExportState.MAKING)
    return bool(making.update(done=done, moved_at=clock.now()))


@transaction.atomic
def _keep(export: Export, packed: IO[bytes]) -> None:
    """Keep the ZIP, unless the package was stopped at the last moment."""
    export = (
        Export.objects.select_for_update(of=("self",))
        .select_related("assessment__run__unit", "ordered_by")
        .get(pk=export.pk)
    )
    if export.state != ExportState.MAKING:
        return
    run, at = export.assessment.run, clock.now()
    packed.seek(0)
    chunks = iter(lambda: packed.read(CHUNK_BYTES), b"")
    name = UNFIT.sub("-", f"{export.layout}-{run.fiscal_year}-{export.assessment.months}") + ".zip"
    export.file = files.keep_chunks(chunks, name, media_type=ZIP, unit=run.unit, by=export.ordered_by, at=at)
    export.state, export.ended_at = ExportState.DONE, at
    export.save(update_fields=["file", "state", "ended_at"])
    record_export("assessment.export_made", export, by=None, at=at, sha256=export.file.sha256, pieces=export.pieces)


def record_export(kind: str, export: Export, *, by: Person | None, at: datetime, **facts: object) -> None:
    """What happens to a package stands on the trail of its report's unit and year."""
    run = export.assessment.run
    record(kind, about=export, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, **facts)
