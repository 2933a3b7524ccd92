"""Locks that the verbs of this room hold to their end: the framework before its KPIs, so that all wait in one order."""

from raprong.kpis.framework_form import starting_scheme
from raprong.kpis.models import Framework, KpiYear
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.processes.models import Run


def locked_framework(run: Run) -> Framework:
    """The framework of a run, opened with the scheme in force where there is none yet."""
    Framework.objects.get_or_create(run=run, defaults={"scheme": scheme_as_data(starting_scheme())})
    return Framework.objects.select_for_update(of=("self",)).select_related("run__unit__agency").get(run=run)


def locked_kpi(kpi: KpiYear) -> KpiYear:
    return KpiYear.objects.select_for_update(of=("self",)).with_people().get(pk=kpi.pk)
