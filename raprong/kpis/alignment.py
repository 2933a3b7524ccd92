"""Which KPI answers to which policy source, said for many KPIs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from raprong.core.faults import Faults, all_at_once
from raprong.kpis.actions import align
from raprong.kpis.models import KpiYear, PolicySource
from raprong.organisation.models import Person
from raprong.processes.models import Run


@dataclass(frozen=True)
class Alignment:
    """The sources that one KPI answers to; `seen` is the version of it that the person looked at."""

    kpi: KpiYear
    sources: Sequence[PolicySource]
    seen: int | None = None

    @property
    def changes(self) -> bool:
        """Whether it says anything else than what is already so."""
        return {source.pk for source in self.sources} != {source.pk for source in self.kpi.sources.all()}


@transaction.atomic
def align_all(
    run: Run, alignments: Sequence[Alignment], *, because: str = "", by: Person, at: datetime
) -> list[KpiYear]:
    """Save the ticks of the matrix, all or none. What says nothing new is left alone, whoever it belongs to."""
    changed = [one for one in alignments if one.kpi.framework.run_id == run.pk and one.changes]
    saved = []
    with all_at_once() as found:
        for one in changed:
            try:
                saved.append(align(one.kpi, one.sources, seen=one.seen, because=because, by=by, at=at))
            except Faults as refused:
                for fault in refused.faults:
                    if fault not in found.faults:
                        found.add(fault.field, fault.sentence)
    return saved
