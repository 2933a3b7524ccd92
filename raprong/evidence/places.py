"""What of a KPI a piece of evidence can prove: its steps, or the levels of its criteria."""

from dataclasses import dataclass

from raprong.kpis.enums import CriteriaKind
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import rungs_of
from raprong.kpis.steps import MOST_STEPS, steps_of

STEPPED = {CriteriaKind.STEPS, CriteriaKind.MILESTONES}
WHOLE = {CriteriaKind.YES_NO, CriteriaKind.CHOICE}


@dataclass(frozen=True)
class Place:
    """A step or level, counted from 1, with its name where it has one and the evidence that is asked for at it."""

    number: int
    is_level: bool
    title: str = ""
    asked: tuple[str, ...] = ()


def places_of(kpi: KpiYear) -> tuple[Place, ...]:
    """The steps as the KPI's sheet writes them; where it writes none, as many as its criteria count; else its levels.

    Of yes or no, and of answers to choose from, there are none: what proves them proves the KPI as a whole.
    """
    if steps := steps_of(kpi.steps):
        return tuple(Place(number, False, step.title, step.evidence) for number, step in enumerate(steps, start=1))
    if kpi.criteria_kind in WHOLE:
        return ()
    rungs = rungs_of(kpi)
    if kpi.criteria_kind in STEPPED:
        count = min(MOST_STEPS, max((int(rung.at) for rung in rungs), default=0))
        return tuple(Place(number, False) for number in range(1, count + 1))
    return tuple(Place(number, True) for number in range(1, len(rungs) + 1))
