"""Who may not hand on, and for whom nobody acknowledges."""

import pytest

from raprong.access.rules import Refused
from raprong.cascade import actions as cascade
from raprong.cascade.models import Commitment
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR


@pytest.mark.parametrize("name", ["staff", "head2", "assessor", "auditor"])
def test_a_groups_kpis_are_handed_on_by_its_head_or_planning(
    kpis: dict[str, KpiYear], cast: SampleAgency, name: str
) -> None:
    with pytest.raises(Refused, match="กลุ่มที่ ๑"):
        cascade.assign(kpis["1.2"], cast.people["staff"], duty="", by=cast.people[name], at=NEW_YEAR)


def test_a_head_commits_nobody_of_another_group(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="กลุ่มที่ ๒"):
        cascade.assign(kpis["1.2"], cast.people["staff2"], duty="", by=cast.people["head1"], at=NEW_YEAR)


@pytest.mark.parametrize("name", ["assessor", "auditor"])
def test_only_people_of_the_unit_take_kpis_on(kpis: dict[str, KpiYear], cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused, match="does not work in"):
        cascade.assign(kpis["1.2"], cast.people[name], duty="", by=cast.people["planner"], at=NEW_YEAR)


def test_nobody_acknowledges_for_another(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    commitment = cascade.assign(kpis["1.2"], cast.people["staff"], duty="", by=cast.people["head1"], at=NEW_YEAR)

    with pytest.raises(Refused):
        cascade.acknowledge(commitment, by=cast.people["head1"], at=NEW_YEAR)


def test_an_outsider_sees_and_moves_nothing(kpis: dict[str, KpiYear], cast: SampleAgency, outsider: Person) -> None:
    commitment = cascade.assign(kpis["1.2"], cast.people["staff"], duty="", by=cast.people["head1"], at=NEW_YEAR)

    with pytest.raises(Refused):
        cascade.assign(kpis["1.1"], cast.people["planner"], duty="", by=outsider, at=NEW_YEAR)
    with pytest.raises(Refused):
        cascade.release(commitment, by=outsider, at=NEW_YEAR)

    assert not Commitment.objects.visible_to(outsider, on=NEW_YEAR.date()).exists()
