"""Agreements of groups and of people: who drafts them, who signs them, who reads them."""

import pytest

from raprong.access.rules import Refused
from raprong.agreements import actions, documents, tiers
from raprong.agreements.enums import Side, State, Tier
from raprong.agreements.models import Agreement
from raprong.agreements.printing import paper_of
from raprong.agreements.queries import addenda_of, agreement_of, last_in_force, parties_of
from raprong.agreements.tiers import Share
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.factories.agreements import SIGNING, sign_all

DAY = SIGNING.date()


@pytest.fixture
def group(selected: list[KpiYear], cast: SampleAgency) -> Unit:
    """The group of head1, which answers for one KPI."""
    unit: Unit = cast.units["mip-1"]
    KpiYear.objects.filter(pk=selected[0].pk).update(group=unit)
    KpiYear.objects.exclude(pk=selected[0].pk).update(group=cast.units["mip-2"])
    return unit


@pytest.fixture
def head(cast: SampleAgency) -> Person:
    return cast.people["head1"]


@pytest.fixture
def staff(cast: SampleAgency) -> Person:
    return cast.people["staff"]


@pytest.fixture
def of_group(in_force: Agreement, group: Unit, head: Person) -> Agreement:
    return tiers.draft_for_group(in_force.run, group, by=head, at=SIGNING)


@pytest.fixture
def of_person(in_force: Agreement, group: Unit, head: Person, staff: Person, selected: list[KpiYear]) -> Agreement:
    shares = [Share(selected[0], "เก็บข้อมูลรายเดือน")]
    return tiers.draft_for_person(in_force.run, group, staff, shares, by=head, at=SIGNING)


def sides(agreement: Agreement) -> dict[str, list[str]]:
    parties = list(parties_of(agreement))
    return {side: [party.name for party in parties if party.side == side] for side in (Side.MAKER, Side.RECEIVER)}


def opened(agreement: Agreement, head: Person) -> Agreement:
    ready = actions.set_ceremony(agreement, signing_on=DAY, venue="ห้องประชุม ๒", seen=None, by=head, at=SIGNING)
    return actions.open_signing(ready, seen=None, by=head, at=SIGNING)


def printed(agreement: Agreement) -> AgreementPaper:
    paper = paper_of(agreement, dated_on=DAY)
    assert isinstance(paper, AgreementPaper)
    return paper


def test_a_group_makes_it_with_the_head_of_the_unit(of_group: Agreement, head: Person, cast: SampleAgency) -> None:
    assert of_group.tier == Tier.GROUP
    assert sides(of_group) == {Side.MAKER: [head.name], Side.RECEIVER: [cast.people["director"].name]}


def test_a_group_agrees_on_its_own_kpis_alone(of_group: Agreement, selected: list[KpiYear]) -> None:
    paper = printed(of_group)

    assert [kpi.code for kpi in paper.kpis] == [selected[0].code]
    assert paper.total_weight == selected[0].weight
    assert of_group.group
    assert of_group.group.name in paper.title


def test_a_person_makes_it_with_the_head_of_the_group(of_person: Agreement, head: Person, staff: Person) -> None:
    assert sides(of_person) == {Side.MAKER: [staff.name], Side.RECEIVER: [head.name]}
    assert printed(of_person).kpis[0].duty == "เก็บข้อมูลรายเดือน"


def test_it_is_signed_sealed_and_kept_like_the_units(of_group: Agreement, head: Person) -> None:
    signed = sign_all(opened(of_group, head))

    assert signed.state == State.IN_FORCE
    assert signed.sealed
    assert Record.objects.filter(about=f"agreements.agreement:{signed.public_id}", kind="agreement").count() == 1
    assert documents.content_of(signed).makers[0].signed is not None or signed.content


def test_what_counts_for_the_unit_stays_the_units(in_force: Agreement, of_group: Agreement, head: Person) -> None:
    sign_all(opened(of_group, head))

    assert agreement_of(in_force.run) == in_force
    assert last_in_force(in_force.run) == in_force
    assert not addenda_of(in_force.run).exists()


def test_before_the_units_is_in_force_none_is_drafted(opened: Agreement, group: Unit, head: Person) -> None:
    with pytest.raises(Refused, match="ยังไม่มีผล"):
        tiers.draft_for_group(opened.run, group, by=head, at=SIGNING)


def test_a_group_has_one(of_group: Agreement, group: Unit, head: Person) -> None:
    with pytest.raises(Refused, match="จัดทำร่างไว้แล้ว"):
        tiers.draft_for_group(of_group.run, group, by=head, at=SIGNING)


def test_a_group_without_a_kpi_has_none(in_force: Agreement, group: Unit, head: Person) -> None:
    KpiYear.objects.filter(group=group).update(group=group.parent)

    with pytest.raises(Refused, match="ไม่ได้รับผิดชอบ"):
        tiers.draft_for_group(in_force.run, group, by=head, at=SIGNING)


def test_whoever_took_on_nothing_has_none(in_force: Agreement, group: Unit, head: Person, staff: Person) -> None:
    with pytest.raises(Refused, match="ยังไม่ได้รับ"):
        tiers.draft_for_person(in_force.run, group, staff, [], by=head, at=SIGNING)


def test_a_head_makes_the_groups_and_no_other(
    in_force: Agreement, group: Unit, head: Person, selected: list[KpiYear]
) -> None:
    with pytest.raises(Refused, match="หัวหน้า"):
        tiers.draft_for_person(in_force.run, group, head, [Share(selected[0])], by=head, at=SIGNING)


@pytest.mark.parametrize("who", ["head2", "staff", "auditor", "assessor"])
def test_only_those_who_lead_the_group_draft(in_force: Agreement, group: Unit, cast: SampleAgency, who: str) -> None:
    with pytest.raises(Refused):
        tiers.draft_for_group(in_force.run, group, by=cast.people[who], at=SIGNING)


@pytest.mark.parametrize("who", ["head2", "staff2", "auditor"])
def test_nobody_else_opens_it(of_group: Agreement, cast: SampleAgency, who: str) -> None:
    with pytest.raises(Refused):
        actions.open_signing(of_group, seen=None, by=cast.people[who], at=SIGNING)


def test_leading_a_group_opens_nothing_of_the_unit(drafted: Agreement, group: Unit, head: Person) -> None:
    with pytest.raises(Refused):
        actions.open_signing(drafted, seen=None, by=head, at=SIGNING)


@pytest.mark.parametrize(
    "who, reads", [("staff", True), ("head1", True), ("planner", True), ("head2", False), ("staff2", False)]
)
def test_a_persons_is_not_for_every_eye(of_person: Agreement, cast: SampleAgency, who: str, reads: bool) -> None:
    assert Agreement.objects.visible_to(cast.people[who], on=DAY).filter(pk=of_person.pk).exists() == reads


def test_somebody_of_elsewhere_sees_none(of_group: Agreement, of_person: Agreement, outsider: Person) -> None:
    assert not Agreement.objects.visible_to(outsider, on=DAY).exists()


def test_a_draft_follows_what_is_taken_on(of_person: Agreement, head: Person, selected: list[KpiYear]) -> None:
    now = [Share(selected[0], "เก็บข้อมูล"), Share(selected[1])]
    assert not tiers.says_what(of_person, now)

    renewed = tiers.set_shares(of_person, now, by=head, at=SIGNING)

    assert tiers.says_what(renewed, now)
    assert len(printed(renewed).kpis) == 2


def test_what_is_open_for_signing_follows_nothing(of_person: Agreement, head: Person, selected: list[KpiYear]) -> None:
    shown = opened(of_person, head)

    with pytest.raises(Refused):
        tiers.set_shares(shown, [Share(selected[1])], by=head, at=SIGNING)


def test_a_run_of_its_own_for_each(of_group: Agreement, of_person: Agreement, run: Run) -> None:
    assert {each.tier for each in Agreement.objects.filter(run=run)} == set(Tier)
