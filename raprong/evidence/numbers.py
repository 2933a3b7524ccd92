"""The numbers of evidence as offices write them, such as 1.2-3-1."""

from django.db.models import Max

from raprong.evidence.definitions import numbering
from raprong.evidence.models import Credit
from raprong.kpis.models import KpiYear


def next_number(kpi: KpiYear, step: int) -> int:
    """The number after the last that was given at a step in the year, withdrawn ones included."""
    last: int = Credit.objects.filter(kpi=kpi, step=step).aggregate(last=Max("number"))["last"] or 0
    return last + 1


def written_number(credit: Credit) -> str:
    """A credit's number by the pattern of the SOP that its year runs by; Arabic digits, as it is kept."""
    pattern = numbering().of_sop(credit.kpi.framework.run.sop.code)
    return pattern.write(kpi=credit.kpi.code, step=credit.step, months=credit.months, number=credit.number)
