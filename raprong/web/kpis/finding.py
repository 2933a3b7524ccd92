"""Finding the KPI of a page for this person, and the version their form was opened with."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.web.processes.current import run_of


def kpi_or_404(request: HttpRequest, kpi: str) -> KpiYear:
    """A KPI that this person may see, and the run it belongs to remembered for the menu."""
    visible = KpiYear.objects.visible_to(request.person, on=clock.today()).with_people()
    found = get_object_or_404(visible.select_related("kpi").prefetch_related("sources"), public_id=kpi)
    run_of(request, found.run.public_id)
    return found


def seen_version(request: HttpRequest) -> int | None:
    """The version that the form was opened with."""
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
