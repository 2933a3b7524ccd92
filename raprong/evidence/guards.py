"""What the rooms above ask for before evidence of a KPI changes; each leaves its check here at start."""

from collections.abc import Callable

from raprong.evidence.models import EVERY_ROUND, Folder
from raprong.kpis.models import KpiYear

Guard = Callable[[KpiYear, int], None]  # the KPI and the months of a round; refuses with a sentence

_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Let a check be asked before evidence of a KPI is given, withdrawn or changed in a round."""
    if guard not in _guards:
        _guards.append(guard)


def check_guards(kpi: KpiYear, months: int) -> None:
    """Ask every check; for what counts in every round, about each whose folder is open."""
    rounds = _open_rounds(kpi) if months == EVERY_ROUND else [months]
    for guard in _guards:
        for one in rounds:
            guard(kpi, one)


def _open_rounds(kpi: KpiYear) -> list[int]:
    run = kpi.framework.run
    closed = set(Folder.objects.filter(run=run, closed_at__isnull=False).values_list("months", flat=True))
    return [months for months in sorted(run.definition.reporting.rounds) if months not in closed]
