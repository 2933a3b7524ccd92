"""A KPI across its years: its versions, last year's KPIs that can be copied, and what changed from one to the next."""

from typing import Any

from django.db.models import QuerySet

from raprong.audit.models import Entry
from raprong.core.references import reference
from raprong.kpis.models import Framework, KpiYear, KpiYearQuerySet
from raprong.kpis.trail import ALL_FIELDS, changes, told
from raprong.organisation.models import Person
from raprong.processes.models import Run

COMPARED = tuple(name for name in ALL_FIELDS if name != "starts_in")


def years_of(kpi: KpiYear) -> list[KpiYear]:
    """Every version of a KPI, the newest year first."""
    versions = KpiYear.objects.filter(kpi=kpi.kpi_id).with_people().prefetch_related("sources")
    return list(versions.order_by("-framework__run__fiscal_year"))


def differences(earlier: KpiYear, later: KpiYear) -> dict[str, list[Any]]:
    """The fields in which two versions say something else, each with before and after as plain values."""
    return changes(told(earlier, COMPARED), told(later, COMPARED))


def last_years_kpis(run: Run) -> KpiYearQuerySet:
    """The KPIs that this unit had in the year before, selected or still proposed when it ended."""
    return (
        KpiYear.objects.filter(framework__run__unit=run.unit_id, framework__run__fiscal_year=run.fiscal_year - 1)
        .candidates()
        .with_people()
        .select_related("kpi", "parent")
    )


def kpis_to_copy(run: Run) -> KpiYearQuerySet:
    """Those of last year that this year does not have yet, and that are not retired."""
    here = KpiYear.objects.of_run(run).values("kpi_id")
    return last_years_kpis(run).filter(kpi__retired_at__isnull=True).exclude(kpi__in=here)


def retired_last_year(run: Run) -> KpiYearQuerySet:
    """Those of last year that were retired since, and are not in this year."""
    here = KpiYear.objects.of_run(run).values("kpi_id")
    return last_years_kpis(run).filter(kpi__retired_at__isnull=False).exclude(kpi__in=here)


def last_copy_by(person: Person, framework: Framework) -> list[KpiYear]:
    """What somebody copied in their last move, parts first, as far as nobody has changed or decided it since."""
    copies = framework.kpis.filter(copied_from__isnull=False, proposed_by=person)
    newest = copies.order_by("-proposed_at").values_list("proposed_at", flat=True).first()
    untouched = copies.filter(proposed_at=newest, version=1, decided_at__isnull=True).with_people()
    return sorted(untouched, key=lambda kpi: kpi.parent_id is None)


def entries_of(kpi: KpiYear) -> QuerySet[Entry]:
    """Everything that happened to a KPI in all its years, the newest first."""
    abouts = [reference(kpi.kpi), *(reference(version) for version in years_of(kpi))]
    return Entry.objects.filter(about__in=abouts).select_related("chain").order_by("-at", "-pk")
