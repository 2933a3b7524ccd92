from dataclasses import dataclass

from django.db.models import QuerySet

from raprong.cascade.models import Commitment
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run


@dataclass(frozen=True)
class GroupBoard:
    """A group's KPIs, each with the people who have taken it on."""

    group: Unit
    kpis: tuple[tuple[KpiYear, tuple[Commitment, ...]], ...]

    @property
    def commitments(self) -> list[Commitment]:
        return [commitment for _, commitments in self.kpis for commitment in commitments]

    @property
    def acknowledged(self) -> int:
        return sum(commitment.acknowledged_at is not None for commitment in self.commitments)


def commitments_of(run: Run, group: Unit | None = None) -> QuerySet[Commitment]:
    """What people of a run have taken on; with `group`, of that group's KPIs, whoever took them on."""
    commitments = Commitment.objects.filter(kpi__in=selected_kpis(run)).select_related("kpi__group", "group", "person")
    return commitments.filter(kpi__group=group) if group else commitments


def own_commitments(run: Run, person: Person) -> QuerySet[Commitment]:
    """A person's own, with what explains each: its KPI, group and dimension."""
    return commitments_of(run).filter(person=person).select_related("kpi__dimension").order_by("kpi__code")


def people_with_shares(run: Run, group: Unit) -> QuerySet[Person]:
    """Who of a group has taken on a part of a KPI."""
    return Person.objects.filter(pk__in=commitments_of(run).filter(group=group).values("person_id"))


def waiting_for(person: Person) -> QuerySet[Commitment]:
    """What a person has been given and not yet acknowledged, in every run."""
    return Commitment.objects.filter(person=person, acknowledged_at__isnull=True).select_related(
        "kpi__framework__run__unit"
    )


def nobody_yet(run: Run, group: Unit | None = None) -> list[KpiYear]:
    """The selected KPIs that nobody of their own group has taken on."""
    taken = {
        commitment.kpi_id for commitment in commitments_of(run, group) if commitment.group_id == commitment.kpi.group_id
    }
    kpis = selected_kpis(run).filter(group=group) if group else selected_kpis(run)
    return [kpi for kpi in kpis if kpi.pk not in taken]


def board_of(run: Run) -> list[GroupBoard]:
    """Every group that answers for a KPI, in the order of the unit's groups."""
    by_kpi: dict[int, list[Commitment]] = {}
    for commitment in commitments_of(run).order_by("person__name"):
        by_kpi.setdefault(commitment.kpi_id, []).append(commitment)
    by_group: dict[Unit, list[tuple[KpiYear, tuple[Commitment, ...]]]] = {}
    for kpi in selected_kpis(run).select_related("group__parent"):
        by_group.setdefault(kpi.group, []).append((kpi, tuple(by_kpi.get(kpi.pk, []))))
    groups = sorted(by_group, key=lambda group: (group.order, group.name))
    return [GroupBoard(group, tuple(by_group[group])) for group in groups]
