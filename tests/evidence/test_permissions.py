import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import Credit, Evidence
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from tests.factories.evidence import IN_JANUARY, hand_in


@pytest.mark.parametrize("name", ["planner", "head1", "staff"])
def test_planning_and_the_group_give_evidence_of_the_groups_kpi(
    kpis: dict[str, KpiYear], cast: SampleAgency, name: str
) -> None:
    given = hand_in(kpis["1.2"], by=cast.people[name])

    assert given.credited_by == cast.people[name]


@pytest.mark.parametrize("name", ["head2", "staff2", "director", "assessor", "host", "records", "auditor", "executive"])
def test_nobody_else_gives_it(kpis: dict[str, KpiYear], cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused, match="this is for"):
        hand_in(kpis["1.2"], by=cast.people[name])

    assert not Evidence.objects.exists()


def test_another_group_neither_withdraws_moves_nor_changes(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    given, other = hand_in(kpis["1.2"], by=cast.people["staff"]), cast.people["staff2"]

    with pytest.raises(Refused):
        evidence.withdraw(given, by=other, at=IN_JANUARY)
    with pytest.raises(Refused):
        evidence.move(given, months=12, step=0, by=other, at=IN_JANUARY)
    with pytest.raises(Refused):
        evidence.change(given.evidence, Facts("อื่น"), seen=None, by=other, at=IN_JANUARY)


def test_a_group_credits_what_another_group_gave_to_its_own_kpi(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    given, other = hand_in(kpis["1.2"], by=cast.people["staff"]), cast.people["staff2"]

    [credited] = evidence.credit(given.evidence, [Proves(kpis["2.1"], 6)], by=other, at=IN_JANUARY)
    with pytest.raises(Refused):
        evidence.credit(given.evidence, [Proves(kpis["1.1"], 6)], by=other, at=IN_JANUARY)

    assert credited.kpi == kpis["2.1"]


def test_somebody_of_another_department_finds_and_gives_nothing(
    kpis: dict[str, KpiYear], cast: SampleAgency, outsider: Person
) -> None:
    given = hand_in(kpis["1.2"], by=cast.people["staff"])
    on = IN_JANUARY.date()

    assert not Evidence.objects.visible_to(outsider, on=on).exists()
    assert not Credit.objects.visible_to(outsider, on=on).exists()
    with pytest.raises(Refused):
        hand_in(kpis["1.1"], b"2", by=outsider)
    with pytest.raises(Refused):
        evidence.credit(given.evidence, [Proves(kpis["2.1"], 6)], by=outsider, at=IN_JANUARY)
