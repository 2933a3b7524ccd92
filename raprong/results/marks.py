"""What hangs on the figures of a run: open questions, comments, corrective actions."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from raprong.processes.models import Run
from raprong.results.follow_up import actions_of, figures_below
from raprong.results.models import FigureComment
from raprong.results.questions import Asked, questions_of_run

Place = tuple[int, date]  # a KPI's primary key and a month


@dataclass(frozen=True)
class Marks:
    """What hangs on one figure. An action may be written, done, or asked for and not written yet."""

    asked: tuple[Asked, ...] = ()
    comments: int = 0
    action_open: bool = False
    action_done: bool = False
    action_missing: bool = False

    @property
    def unanswered(self) -> int:
        return sum(one.answer is None for one in self.asked)

    def __bool__(self) -> bool:
        return bool(self.asked or self.comments or self.action_open or self.action_done or self.action_missing)


def marks_of(run: Run, kpis: Collection[int] | None = None) -> dict[Place, Marks]:
    """The figures of a run, or of some of its KPIs by their primary keys, on which something hangs."""
    asked: dict[Place, list[Asked]] = defaultdict(list)
    for one in questions_of_run(run, kpis=kpis):
        asked[one.result.kpi_id, one.result.month].append(one)
    spoken = FigureComment.objects.filter(kpi__framework__run=run).values_list("kpi_id", "month")
    comments = Counter((spoken if kpis is None else spoken.filter(kpi__in=kpis)).order_by())
    actions = {(action.kpi_id, action.month): action.closed_at is not None for action in actions_of(run)}
    below = {(one.kpi_id, one.month) for one in figures_below(run, kpis=kpis)}
    return {
        place: Marks(
            tuple(asked.get(place, ())),
            comments[place],
            action_open=actions.get(place) is False,
            action_done=actions.get(place) is True,
            action_missing=place in below and place not in actions,
        )
        for place in _all(asked, comments, actions, below)
        if kpis is None or place[0] in kpis
    }


def _all(*places: Collection[Place]) -> set[Place]:
    return {place for some in places for place in some}
