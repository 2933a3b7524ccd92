"""Answers about evidence, for pages and the rooms above."""

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from raprong.evidence.models import EVERY_ROUND, Credit, CreditQuerySet, Folder
from raprong.processes.models import Run


def credits_in_round(run: Run, months: int) -> CreditQuerySet:
    """What stands as proof in the report of a round, in the order of its numbers."""
    return Credit.objects.of_round(run, months).standing().with_evidence()


def count_in_round(run: Run, months: int) -> Coalesce:
    """How much evidence stands in a round, for rows that have a `kpi_id`."""
    standing = Credit.objects.of_round(run, months).standing().filter(kpi=OuterRef("kpi_id"))
    counted = standing.order_by().values("kpi").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def folder_version(run: Run, months: int) -> int:
    """Counts every change of what is in a round's folder; 0 before the first."""
    folders = Folder.objects.filter(run=run, months__in=(months, EVERY_ROUND))
    return folders.aggregate(changes=Sum(F("version") - 1))["changes"] or 0
