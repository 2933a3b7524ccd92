"""Answers about the cabinet of a unit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from raprong.access.queries import units_where
from raprong.organisation.models import Person, Unit
from raprong.records.models import Record, RecordQuerySet

INDEX = "archive_index"


@dataclass(frozen=True)
class CabinetYear:
    """One fiscal year of a unit's cabinet: how many papers lie there, and the index that was deposited last."""

    unit: Unit
    fiscal_year: int
    papers: int
    index: Record | None


def papers_of_year(unit: Unit, fiscal_year: int) -> RecordQuerySet:
    """What a unit and its groups deposited for a year, in the order of the year; indexes are not listed in indexes."""
    found = Record.objects.filter(Q(unit=unit) | Q(unit__parent=unit), fiscal_year=fiscal_year).exclude(kind=INDEX)
    return found.order_by("deposited_at", "pk")


def last_index(unit: Unit, fiscal_year: int) -> Record | None:
    found = Record.objects.filter(unit=unit, fiscal_year=fiscal_year, kind=INDEX).select_related("file")
    return found.order_by("-deposited_at", "-pk").first()


def years_kept_by(person: Person, *, on: date) -> list[CabinetYear]:
    """The years of every unit whose cabinet the person keeps, the latest first."""
    kept = units_where(person, "records.keep", on=on).filter(parent=None)
    counted = Record.objects.filter(Q(unit__in=kept) | Q(unit__parent__in=kept)).exclude(kind=INDEX)
    rows = counted.values_list("unit", "unit__parent", "fiscal_year").annotate(papers=Count("pk")).order_by()
    totals: dict[tuple[int, int], int] = {}
    for unit, parent, fiscal_year, papers in rows:
        place = (parent or unit, fiscal_year)
        totals[place] = totals.get(place, 0) + papers
    units = Unit.objects.select_related("agency").in_bulk({unit for unit, _year in totals})
    return [
        CabinetYear(units[unit], fiscal_year, papers, last_index(units[unit], fiscal_year))
        for (unit, fiscal_year), papers in sorted(totals.items(), key=lambda row: (-row[0][1], units[row[0][0]].name))
    ]
