"""Which round a page of evidence is about, and what this person may give evidence of."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.evidence import permissions
from raprong.evidence.facts import Proves
from raprong.evidence.models import Credit, Evidence
from raprong.evidence.proof import open_round
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.processes.models import Run
from raprong.web.processes.current import run_of


def kpi_or_404(request: HttpRequest, kpi: str) -> tuple[KpiYear, datetime]:
    """A KPI whose evidence this person may see, and the moment."""
    at = clock.now()
    seen = KpiYear.objects.filter(framework__run__unit__in=permissions.units_to_read(request.person, at=at))
    found = get_object_or_404(
        seen.with_people().select_related("framework__run__sop").defer("framework__run__sop__content"), public_id=kpi
    )
    run_of(request, found.framework.run.public_id)
    return found, at


def evidence_or_404(request: HttpRequest, evidence: str) -> tuple[Evidence, datetime]:
    at = clock.now()
    seen = Evidence.objects.visible_to(request.person, on=day_of(at)).select_related(
        "file", "link", "added_by", "run__unit"
    )
    found = get_object_or_404(seen.select_related("run__sop").defer("run__sop__content"), public_id=evidence)
    run_of(request, found.run.public_id)
    return found, at


def credit_or_404(request: HttpRequest, credit: str) -> tuple[Credit, datetime]:
    at = clock.now()
    seen = Credit.objects.visible_to(request.person, on=day_of(at)).with_evidence()
    found = get_object_or_404(seen.select_related("kpi__group__parent", "kpi__framework__run__unit"), public_id=credit)
    run_of(request, found.kpi.framework.run.public_id)
    return found, at


def asked_round(request: HttpRequest, run: Run) -> int:
    """The round that the address asks for, in months; else the one that evidence is gathered for now."""
    asked = request.GET.get("round", "")
    known = {str(months): months for months in run.definition.reporting.rounds}
    return known.get(asked) or open_round(run)


def why_not_give(request: HttpRequest, kpi: KpiYear, months: int, *, at: datetime) -> str:
    """The sentence why this person cannot give evidence of a KPI in a round; empty where they may."""
    return refusal(permissions.check_may_credit, request.person, [Proves(kpi, months)], at=at)


def kpis_to_give(request: HttpRequest, run: Run, months: int, *, at: datetime) -> list[KpiYear]:
    """The KPIs of a run that this person may give evidence of in a round."""
    kpis = list(selected_kpis(run).select_related("group__parent", "framework"))
    for kpi in kpis:
        kpi.framework.run = run
    return [kpi for kpi in kpis if not why_not_give(request, kpi, months, at=at)]
