"""Who answers for the year's KPIs: how many each post, person and group carries, and what nobody answers for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.organisation.models import Appointment, Person, Position, Unit
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run


@dataclass
class Load:
    """What one post, person or group carries. Weight is that of the KPIs supervised; parts weigh within their KPI."""

    holder: Position | Person | Unit
    unit: Unit | None = None  # where a post belongs
    people: tuple[str, ...] = ()  # who holds a post today
    supervised: list[KpiYear] = field(default_factory=list)
    collected: list[KpiYear] = field(default_factory=list)
    without_owner: list[KpiYear] = field(default_factory=list)
    without_telephone: list[KpiYear] = field(default_factory=list)

    @property
    def weight(self) -> Decimal:
        return weight_of(self.supervised)


@dataclass(frozen=True)
class Coverage:
    """The owners of a year's selected KPIs."""

    kpis: tuple[KpiYear, ...]
    posts: tuple[Load, ...]
    people: tuple[Load, ...]
    groups: tuple[Load, ...]

    @property
    def without_supervisor(self) -> list[KpiYear]:
        return [kpi for kpi in self.kpis if kpi.supervisor_id is None]

    @property
    def without_collector(self) -> list[KpiYear]:
        return [kpi for kpi in self.kpis if kpi.collector_id is None]

    @property
    def without_telephone(self) -> list[KpiYear]:
        return [kpi for kpi in self.kpis if _lacks_telephone(kpi)]

    @property
    def vacant_posts(self) -> list[Load]:
        """Posts that answer for a KPI and that nobody holds today."""
        return [load for load in self.posts if not load.people]

    @property
    def owned(self) -> int:
        """How many KPIs have both a supervisor and a collector."""
        return sum(kpi.supervisor_id is not None and kpi.collector_id is not None for kpi in self.kpis)


def coverage_of(run: Run, *, on: date) -> Coverage:
    """Who supervises and who collects the selected KPIs of a run; persons are those who hold the posts on a day."""
    kpis = tuple(selected_kpis(run).select_related("parent", "supervisor__unit", "collector__unit"))
    posts = _by_post(kpis)
    holders = _holders(posts.values(), on)
    for load in posts.values():
        load.people = tuple(person.name for person in holders.get(load.holder.pk, ()))
    return Coverage(
        kpis,
        _heaviest_first(posts.values()),
        _heaviest_first(_by_person(posts.values(), holders)),
        tuple(_by_group(groups_of(run.unit), kpis)),
    )


def weight_of(kpis: Iterable[KpiYear]) -> Decimal:
    return sum((kpi.weight for kpi in kpis if kpi.weight is not None and kpi.parent_id is None), Decimal(0))


def _by_post(kpis: Sequence[KpiYear]) -> dict[int, Load]:
    loads: dict[int, Load] = {}
    for kpi in kpis:
        for post, duty, telephone in (
            (kpi.supervisor, "supervised", kpi.supervisor_phone),
            (kpi.collector, "collected", kpi.collector_phone),
        ):
            if post is None:
                continue
            load = loads.setdefault(post.pk, Load(post, post.unit))
            getattr(load, duty).append(kpi)
            if not telephone.strip() and kpi not in load.without_telephone:
                load.without_telephone.append(kpi)
    return loads


def _holders(posts: Iterable[Load], on: date) -> dict[int, list[Person]]:
    held: dict[int, list[Person]] = {}
    in_force = Appointment.objects.in_force(on).filter(position__in=[load.holder.pk for load in posts])
    for appointment in in_force.select_related("person").order_by("person__name"):
        held.setdefault(appointment.position_id, []).append(appointment.person)
    return held


def _by_person(posts: Iterable[Load], holders: dict[int, list[Person]]) -> list[Load]:
    """A KPI counts once for a person, also when they hold two posts of it."""
    loads: dict[int, Load] = {}
    for post in posts:
        for person in holders.get(post.holder.pk, ()):
            load = loads.setdefault(person.pk, Load(person, post.unit))
            for duty in ("supervised", "collected", "without_telephone"):
                mine = getattr(load, duty)
                mine.extend(kpi for kpi in getattr(post, duty) if kpi not in mine)
    return list(loads.values())


def _by_group(groups: Iterable[Unit], kpis: Sequence[KpiYear]) -> Iterable[Load]:
    """What a group answers for, whoever supervises it."""
    for group in groups:
        mine = [kpi for kpi in kpis if kpi.group_id == group.pk]
        yield Load(
            group,
            supervised=mine,
            collected=[kpi for kpi in mine if kpi.collector_id is not None],
            without_owner=[kpi for kpi in mine if kpi.supervisor_id is None or kpi.collector_id is None],
            without_telephone=[kpi for kpi in mine if _lacks_telephone(kpi)],
        )


def _lacks_telephone(kpi: KpiYear) -> bool:
    """Whether an owner that is named has no telephone; a missing owner is told by itself."""
    return bool(
        (kpi.supervisor_id is not None and not kpi.supervisor_phone.strip())
        or (kpi.collector_id is not None and not kpi.collector_phone.strip())
    )


def _heaviest_first(loads: Iterable[Load]) -> tuple[Load, ...]:
    return tuple(sorted(loads, key=_lightness))


def _lightness(load: Load) -> tuple[int, Decimal, int, str]:
    return -len(load.supervised), -load.weight, -len(load.collected), str(load.holder)
