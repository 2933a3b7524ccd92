"""Which detail sheets lie in the cabinet as they stand, and which are still to go in."""

from collections.abc import Mapping
from datetime import date

from raprong.audit.models import Entry
from raprong.core.references import reference
from raprong.documents.kpi_detail.shape import KpiDetail
from raprong.kpis.documents import digest_of, sheet_paper
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.processes.models import Run

SHEET_DEPOSITED = "kpi.sheet_deposited"  # its entry in the trail says what the sheet said


def sheets_to_deposit(run: Run, *, on: date) -> list[tuple[KpiYear, KpiDetail]]:
    """The sheets that say something else than when they were deposited last, or never were; as they stand on a day."""
    kpis = selected_kpis(run).prefetch_related("sources").select_related("supervisor__unit", "collector__unit")
    papers = [(kpi, sheet_paper(kpi, on=on)) for kpi in kpis]
    deposited = _deposited([kpi for kpi, _paper in papers])
    return [(kpi, paper) for kpi, paper in papers if deposited.get(reference(kpi)) != digest_of(paper)]


def never_deposited(run: Run) -> list[KpiYear]:
    """The KPIs of which no sheet lies in the cabinet at all; cheaper to ask than what every sheet says."""
    kpis = list(selected_kpis(run))
    deposited = _deposited(kpis)
    return [kpi for kpi in kpis if reference(kpi) not in deposited]


def _deposited(kpis: list[KpiYear]) -> Mapping[str, str]:
    """What each sheet said when it was deposited last, by the reference of its KPI."""
    abouts = [reference(kpi) for kpi in kpis]
    entries = Entry.objects.filter(kind=SHEET_DEPOSITED, about__in=abouts).order_by("at", "number")
    return {entry.about: entry.facts["says"] for entry in entries}
