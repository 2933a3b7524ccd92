"""The verbs of an uploaded file of KPIs: looked at first, taken row by row or whole, and undone in one move."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record_all
from raprong.core.faults import Fault, Faults
from raprong.core.freshness import check_fresh
from raprong.files import actions as files
from raprong.files.names import clean_name
from raprong.files.store import open_content
from raprong.kpis import permissions
from raprong.kpis.enums import BatchState, KpiState, RowStanding
from raprong.kpis.import_rows import LookedAt, Year
from raprong.kpis.locks import locked_framework
from raprong.kpis.models import Dimension, Framework, ImportBatch, ImportRow, Kpi, KpiYear
from raprong.kpis.together import AT_ONCE, add_sources, save_again, save_rows, set_sources
from raprong.kpis.trail import changes, check_reason, facts_with, tell, told
from raprong.kpis.writing import write
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.workbooks.reader import read_rows
from raprong.lib.workbooks.shape import ReadRow
from raprong.organisation.models import Person
from raprong.processes.models import Run

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
ROWS_AT_ONCE = 1000
CODES_IN_A_SENTENCE = 10
UNDONE = "ยกเลิกการนำเข้าแฟ้ม"  # in the trail words are Thai, as on papers
MOST_WEIGHT = Decimal(100)
Pair = tuple[ImportRow, LookedAt]
# What taking a row may write on a KPI, and undoing puts back.
RESTORED = (
    "title",
    "dimension_id",
    "group_id",
    "measure",
    "criteria_kind",
    "criteria",
    "round_criteria",
    "target",
    "weight",
    "baseline",
    "issue",
    "level",
    "origin",
    "nature",
    "parent_id",
    "weight_inside",
    "starts_in",
    "strategy",
    "definition",
    "scope",
    "formula",
    "counting",
    "inputs",
    "expression",
    "data_source",
    "collection_method",
    "supervisor_id",
    "supervisor_phone",
    "collector_id",
    "collector_phone",
    "conditions",
    "evidence_expected",
    "steps",
    "notes",
)


@transaction.atomic
def upload(run: Run, file_name: str, content: bytes, *, by: Person, at: datetime) -> ImportBatch:
    """Read a file and look at every row beside the year's KPIs. No KPI changes by it.

    A file that cannot be read at all is refused with ``WorkbookFaults``; of the others each row has its standing, and
    what is wrong with it. The file is kept, so that it can be looked at again and given back with its faults.
    """
    permissions.check_may_upload(by, run, at=at)
    rows = read_rows(content)
    framework = locked_framework(run)

    kept = files.keep(content, clean_name(file_name), media_type=_media_type(content), unit=run.unit, by=by, at=at)
    batch = ImportBatch.objects.create(
        framework=framework, file_name=kept.name, sha256=kept.sha256, uploaded_at=at, uploaded_by=by
    )
    _store_rows(batch, Year(framework, by=by, at=at).look_at(rows))

    tell("kpis.file_read", batch, run, by, at, file=batch.file_name, sha256=batch.sha256, rows=len(rows))
    return batch


@transaction.atomic
def look_again(batch: ImportBatch, *, seen: int | None, by: Person, at: datetime) -> ImportBatch:
    """Put the rows that wait beside the KPIs as they are now; somebody may have changed them since."""
    framework, batch = _locked(batch)
    permissions.check_may_take_in(by, batch, at=at)
    check_fresh(batch, seen)

    batch.rows.filter(taken_at=None).delete()
    taken = set(batch.rows.values_list("number", flat=True))
    looked_at = Year(framework, by=by, at=at).look_at(_rows_of(batch))
    _store_rows(batch, [row for row in looked_at if row.read.number not in taken])
    _save(batch)
    return batch


@transaction.atomic
def take(
    batch: ImportBatch,
    rows: Collection[ImportRow] | None = None,
    *,
    seen: int | None,
    because: str = "",
    by: Person,
    at: datetime,
) -> list[KpiYear]:
    """Take good rows in: new KPIs are proposed, others revised, all in one move or none.

    Without ``rows`` all the good ones that wait. A row whose KPI says something else now than when the file was looked
    at is refused, and so is a part without the KPI it belongs to. What is selected already changes for a reason only.
    Weights need not add up.
    """
    framework, batch = _locked(batch)
    permissions.check_may_take_in(by, batch, at=at)
    check_fresh(batch, seen)
    waiting = _chosen(batch, rows)
    year = Year(framework, by=by, at=at, locked=True)
    now = {one.read.number: one for one in year.look_at(_rows_of(batch))}
    _check_nothing_moved(waiting, now)

    made_dimensions = _make_dimensions(framework, [now[row.number] for row in waiting])
    pairs = [(row, now[row.number]) for row in waiting]
    taken = _propose_all(framework, year, [pair for pair in pairs if pair[1].kpi is None], by, at)
    taken += _revise_all(year, [pair for pair in pairs if pair[1].kpi is not None], because, by, at)
    if made_dimensions:
        waiting[0].content |= {"made_dimensions": made_dimensions}
    for row in waiting:
        row.taken_at = at
    save_rows(waiting, "content", "kpi", "before", "taken_at")
    batch.state, batch.taken_at, batch.taken_by = BatchState.TAKEN, at, by
    _save(batch, "state", "taken_at", "taken_by")

    tell("kpis.imported", batch, batch.framework.run, by, at, count=len(taken), file=batch.file_name)
    return sorted(taken, key=lambda kpi: kpi.sort_code)


@transaction.atomic
def undo(batch: ImportBatch, *, seen: int | None, by: Person, at: datetime) -> list[str]:
    """Put everything back that was taken from a file: new KPIs go, the others say what they said before.

    Refused as a whole, with the KPIs, when somebody has changed or decided about one of them since. Answers the codes.
    """
    framework, batch = _locked(batch)
    permissions.check_may_undo(by, batch, at=at)
    check_fresh(batch, seen)
    rows = list(batch.rows.exclude(taken_at=None))
    kpis = {kpi.pk: kpi for kpi in framework.kpis.select_for_update(of=("self",)).with_all_it_names()}
    _check_untouched(rows, kpis)
    pairs = [(kpis[row.kpi_id or 0], row.before) for row in rows]
    _check_may_undo_all(pairs, by, at)

    codes = [kpi.code for kpi, _before in pairs]
    _take_away([kpi for kpi, before in pairs if before is None], batch, by, at)
    _put_back([(kpi, before) for kpi, before in pairs if before is not None], batch, by, at)
    _drop_dimensions(framework, rows)
    batch.state, batch.undone_at, batch.undone_by = BatchState.UNDONE, at, by
    _save(batch, "state", "undone_at", "undone_by")

    tell("kpis.import_undone", batch, framework.run, by, at, codes=codes, file=batch.file_name)
    return codes


@transaction.atomic
def discard(batch: ImportBatch, *, seen: int | None, by: Person, at: datetime) -> None:
    """Throw away a file of which nothing was taken."""
    framework, batch = _locked(batch)
    permissions.check_may_discard(by, batch, at=at)
    check_fresh(batch, seen)

    tell("kpis.import_discarded", batch, framework.run, by, at, file=batch.file_name)
    batch.delete()


# Looking


def _locked(batch: ImportBatch) -> tuple[Framework, ImportBatch]:
    framework = locked_framework(batch.framework.run)
    return framework, ImportBatch.objects.select_for_update(of=("self",)).select_related(
        "framework__run__unit__agency"
    ).get(pk=batch.pk)


def _save(batch: ImportBatch, *fields: str) -> None:
    batch.version += 1
    batch.save(update_fields=[*fields, "version"])


def _rows_of(batch: ImportBatch) -> list[ReadRow]:
    with open_content(batch.sha256) as content:
        return read_rows(content.read())


def _media_type(content: bytes) -> str:
    return XLSX if content.startswith(b"PK") else CSV


def _store_rows(batch: ImportBatch, looked_at: Iterable[LookedAt]) -> None:
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                batch=batch,
                sheet=one.read.sheet[:100],
                number=one.read.number,
                standing=one.standing,
                content=dict(one.read.said),
                changes=dict(one.changes),
                faults=[
                    {"column": f.column, "heading": f.heading, "sentence": f.sentence, "sentence_th": f.sentence_th}
                    for f in one.faults
                ],
                kpi=one.kpi,
            )
            for one in looked_at
        ),
        batch_size=ROWS_AT_ONCE,
    )


# Taking


def _chosen(batch: ImportBatch, rows: Collection[ImportRow] | None) -> list[ImportRow]:
    good = batch.rows.filter(standing__in=(RowStanding.NEW, RowStanding.CHANGED), taken_at=None)
    chosen = list(good if rows is None else good.filter(pk__in=[row.pk for row in rows]))
    if not chosen or (rows is not None and len(chosen) < len(rows)):
        raise Refused(_("Choose rows that are good and were not taken yet."))
    return chosen


def _check_nothing_moved(waiting: Sequence[ImportRow], now: Mapping[int, LookedAt]) -> None:
    moved = [
        row
        for row in waiting
        if (found := now.get(row.number)) is None or not found.is_good or dict(found.changes) != row.changes
    ]
    if moved:
        raise Refused(
            _("Something changed for KPI %(codes)s since the file was read. Look at the rows again, then take them.")
            % {"codes": _listed(str(row.content.get("code", "")) for row in moved)}
        )


def _propose_all(framework: Framework, year: Year, pairs: Sequence[Pair], by: Person, at: datetime) -> list[KpiYear]:
    """New KPIs in a few statements, however many there are: those that stand by themselves before their parts."""
    made: list[KpiYear] = []
    for are_parts in (False, True):
        chosen = [(row, one) for row, one in pairs if bool(one.good[0].parent) is are_parts]
        made += _propose_together(framework, [(row, _with_parent(one, year)) for row, one in chosen], by, at)
        year.kpis |= {kpi.code: kpi for kpi in made}
    return made


def _propose_together(framework: Framework, pairs: Sequence[Pair], by: Person, at: datetime) -> list[KpiYear]:
    run = framework.run
    wholes = Kpi.objects.bulk_create([Kpi(unit=run.unit) for _pair in pairs], batch_size=ROWS_AT_ONCE)
    kpis = [
        _new(KpiYear(kpi=whole, framework=framework, proposed_by=by, proposed_at=at), looked_at)
        for whole, (_row, looked_at) in zip(wholes, pairs, strict=True)
    ]
    KpiYear.objects.bulk_create(kpis, batch_size=AT_ONCE)
    add_sources([(kpi, looked_at.good[1].sources) for kpi, (_row, looked_at) in zip(kpis, pairs, strict=True)])
    for kpi, (row, _looked_at) in zip(kpis, pairs, strict=True):
        row.kpi = kpi

    file_name = pairs[0][0].batch.file_name if pairs else ""
    facts = [(kpi, told(kpi) | {"file": file_name}) for kpi in kpis]
    record_all("kpi.proposed", facts, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year)
    return kpis


def _new(kpi: KpiYear, looked_at: LookedAt) -> KpiYear:
    write(kpi, looked_at.good[1])
    _write_sheet(kpi, looked_at.sheet)
    return kpi


def _revise_all(year: Year, pairs: Sequence[Pair], because: str, by: Person, at: datetime) -> list[KpiYear]:
    """Others say what their rows say, in a few statements, however many there are."""
    if not pairs:
        return []
    kpis = [looked_at.kpi for _row, looked_at in pairs if looked_at.kpi is not None]
    before = [told(kpi) for kpi in kpis]
    for kpi, (row, looked_at) in zip(kpis, pairs, strict=True):
        row.before = _snapshot(kpi)
        _revise(kpi, _with_parent(looked_at, year))
    save_again(kpis)
    set_sources((kpi, looked_at.good[1].sources) for kpi, (_row, looked_at) in zip(kpis, pairs, strict=True))
    changed = [changes(said, told(kpi)) for said, kpi in zip(before, kpis, strict=True)]
    for kpi, difference in zip(kpis, changed, strict=True):
        check_reason(kpi, difference, because)

    file_name, run = pairs[0][0].batch.file_name, year.framework.run
    facts = [facts_with(because, changed=one, file=file_name) for one in changed]
    told_of = list(zip(kpis, facts, strict=True))
    record_all("kpi.revised", told_of, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year)
    return kpis


def _with_parent(looked_at: LookedAt, year: Year) -> LookedAt:
    """The row of a part whose parent came in just before it."""
    values, proposal = looked_at.good
    if not values.parent or (looked_at.kpi and looked_at.kpi.parent and looked_at.kpi.parent.code == values.parent):
        return looked_at
    parent = year.kpis.get(values.parent)
    if parent is None:
        words = {"code": values.code, "parent": values.parent}
        raise Faults([Fault("rows", _("%(code)s is a part of %(parent)s. Take both rows together.") % words)])
    return replace(looked_at, proposal=replace(proposal, parent=parent, weight_inside=values.weight_inside))


def _revise(kpi: KpiYear, looked_at: LookedAt) -> None:
    _values, proposal = looked_at.good
    write(kpi, replace(proposal, weight=kpi.weight) if kpi.state == KpiState.SELECTED else proposal)
    _write_sheet(kpi, looked_at.sheet)
    kpi.version += 1


def _write_sheet(kpi: KpiYear, sheet: Mapping[str, Any]) -> None:
    for name, value in sheet.items():
        setattr(kpi, name, value)


def _make_dimensions(framework: Framework, looked_at: Sequence[LookedAt]) -> list[str]:
    """The dimensions of the file, where the framework has none: each with the weight of its KPIs together."""
    made: dict[str, tuple[Dimension, list[Decimal]]] = {}
    for one in looked_at:
        values, proposal = one.good
        dimension = proposal.dimension
        if dimension is not None and dimension.pk is None:
            made.setdefault(dimension.title, (dimension, []))[1].append(values.weight or Decimal(0))
    for order, (dimension, weights) in enumerate(made.values(), start=1):
        dimension.order, dimension.weight = order, min(sum_exactly(weights), MOST_WEIGHT)
        dimension.save()
    if made:
        framework.version += 1
        framework.save(update_fields=["version"])
    return list(made)


# Undoing


def _snapshot(kpi: KpiYear) -> dict[str, Any]:
    """What a KPI says before it is changed, in values that any JSON holds, and the version it will have after."""
    held = {name: getattr(kpi, name) for name in RESTORED}
    said = {name: format(value, "f") if isinstance(value, Decimal) else value for name, value in held.items()}
    return {"said": said, "sources": [source.pk for source in kpi.sources.all()], "version": kpi.version + 1}


def _check_untouched(rows: Sequence[ImportRow], kpis: Mapping[int, KpiYear]) -> None:
    """Nobody has changed, decided about, or withdrawn one of the KPIs, and none got other parts."""
    new = {row.kpi_id for row in rows if row.before is None}
    touched = [row for row in rows if (kpi := kpis.get(row.kpi_id or 0)) is None or _is_touched(row, kpi)]
    codes = [str(row.content.get("code", "")) for row in touched]
    codes += [kpi.code for kpi in kpis.values() if kpi.parent_id in new and kpi.pk not in {row.kpi_id for row in rows}]
    if codes:
        raise Refused(
            _("Nothing was undone: KPI %(codes)s was changed or decided about since. Put it right on its own page.")
            % {"codes": _listed(codes)}
        )


def _is_touched(row: ImportRow, kpi: KpiYear) -> bool:
    if row.before is None:
        return kpi.version != 1 or kpi.state != KpiState.PROPOSED or kpi.decided_at is not None
    return bool(kpi.version != row.before["version"])


def _check_may_undo_all(pairs: Sequence[tuple[KpiYear, Any]], by: Person, at: datetime) -> None:
    """A rule asked once for all KPIs that it is the same for: nobody has decided about those that are new."""
    asked = {(before is None, kpi.group_id): kpi for kpi, before in pairs}
    for (is_new, _group), kpi in asked.items():
        (permissions.check_may_withdraw_copy if is_new else permissions.check_may_revise)(by, kpi, at=at)


def _take_away(kpis: Sequence[KpiYear], batch: ImportBatch, by: Person, at: datetime) -> None:
    """KPIs that the file brought go; what they said stays in the trail."""
    run, wholes = batch.framework.run, [kpi.kpi_id for kpi in kpis]
    facts = [(kpi, told(kpi) | {"file": batch.file_name}) for kpi in kpis]
    record_all("kpi.withdrawn", facts, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year)
    gone = KpiYear.objects.filter(pk__in=[kpi.pk for kpi in kpis])
    gone.exclude(parent=None).delete()
    gone.delete()
    Kpi.objects.filter(pk__in=wholes, years=None).delete()


def _put_back(pairs: Sequence[tuple[KpiYear, Mapping[str, Any]]], batch: ImportBatch, by: Person, at: datetime) -> None:
    """KPIs say again what they said before the file."""
    framework, run = batch.framework, batch.framework.run
    sources = {source.pk: source for source in framework.sources.all()}
    now = {kpi.pk: told(kpi) for kpi, _before in pairs}
    for kpi, before in pairs:
        for name, value in before["said"].items():
            setattr(kpi, name, value)
        kpi.version += 1
    save_again([kpi for kpi, _before in pairs])
    set_sources((kpi, [sources[key] for key in before["sources"] if key in sources]) for kpi, before in pairs)

    restored = framework.kpis.filter(pk__in=now).with_all_it_names()
    facts = [
        (kpi, facts_with(UNDONE, changed=changes(now[kpi.pk], told(kpi)), file=batch.file_name)) for kpi in restored
    ]
    record_all("kpi.revised", facts, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year)


def _drop_dimensions(framework: Framework, rows: Sequence[ImportRow]) -> None:
    """Dimensions that came with the file go with it, unless the framework is settled or another KPI uses them."""
    made = {title for row in rows for title in row.content.get("made_dimensions", ())}
    if made and framework.settled_at is None:
        framework.dimensions.filter(title__in=made, kpis=None).delete()


def _listed(codes: Iterable[str]) -> str:
    """Codes in words: the first few, and how many there are."""
    found = list(dict.fromkeys(codes))
    shown = ", ".join(found[:CODES_IN_A_SENTENCE])
    return shown if len(found) <= CODES_IN_A_SENTENCE else f"{shown} … ({len(found)})"
