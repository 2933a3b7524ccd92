"""Answers about uploaded files of KPIs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from raprong.access.queries import units_where
from raprong.kpis.enums import KpiState, RowStanding
from raprong.kpis.models import ImportBatch, ImportRow
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.workbooks.columns import WEIGHT
from raprong.organisation.models import Person
from raprong.processes.models import Run

GOOD = (RowStanding.NEW, RowStanding.CHANGED)


@dataclass(frozen=True)
class Tally:
    """How many rows of a file stand how; those that were taken are counted apart."""

    new: int
    changed: int
    unchanged: int
    faulty: int
    taken: int

    @property
    def good(self) -> int:
        return self.new + self.changed

    @property
    def all(self) -> int:
        return self.good + self.unchanged + self.faulty + self.taken


def batches_visible_to(person: Person, *, on: date) -> QuerySet[ImportBatch]:
    """The files of the units whose KPIs a person may see."""
    units = units_where(person, "kpis.read", on=on)
    return ImportBatch.objects.filter(framework__run__unit__in=units).select_related(
        "framework__run__unit__agency", "framework__run__sop", "uploaded_by", "taken_by", "undone_by"
    )


def batches_of(run: Run) -> QuerySet[ImportBatch]:
    """The files of a run, the newest first, with the numbers of their rows."""
    return (
        ImportBatch.objects.filter(framework__run=run)
        .select_related("uploaded_by")
        .annotate(
            row_count=Count("rows"),
            taken_count=Count("rows", filter=Q(rows__taken_at__isnull=False)),
            faulty_count=Count("rows", filter=Q(rows__standing=RowStanding.FAULTY)),
        )
        .order_by("-uploaded_at", "-pk")
    )


def tally(batch: ImportBatch) -> Tally:
    counted: Counter[str] = Counter()
    for standing, taken_at in batch.rows.order_by().values_list("standing", "taken_at"):
        counted["taken" if taken_at else standing] += 1
    return Tally(**{name: counted[name] for name in ("new", "changed", "unchanged", "faulty", "taken")})


def rows_standing(batch: ImportBatch, standing: str) -> QuerySet[ImportRow]:
    """The rows of a file that stand so; ``taken`` for those that were taken, anything else for all."""
    rows = batch.rows.select_related("kpi", "batch")
    if standing == "taken":
        return rows.exclude(taken_at=None)
    return rows.filter(standing=standing, taken_at=None) if standing in RowStanding.values else rows


def good_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows that can be taken in."""
    return batch.rows.filter(standing__in=GOOD, taken_at=None).select_related("kpi")


def weight_with(batch: ImportBatch, rows: Iterable[ImportRow]) -> Decimal:
    """What the weights of the year's candidates would add up to with these rows taken in."""
    now = batch.framework.kpis.candidates().filter(parent=None).values_list("weight", flat=True)
    moved = [_number(after) - _number(before) for before, after in _weights(rows)]
    return sum_exactly([*(weight or Decimal(0) for weight in now), *moved])


def touches_selected(rows: Iterable[ImportRow]) -> bool:
    """Whether a row changes a KPI that is selected already."""
    return any(row.kpi is not None and row.kpi.state == KpiState.SELECTED for row in rows)


def _weights(rows: Iterable[ImportRow]) -> Iterable[tuple[str, str]]:
    return ((row.changes[WEIGHT][0], row.changes[WEIGHT][1]) for row in rows if WEIGHT in row.changes)


def _number(written: str) -> Decimal:
    return Decimal(written or 0)
