"""An agreement in force is changed by an addendum: old beside new, signed again, counting from its day."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.agreements import actions, addenda
from raprong.agreements.addenda import KpiChange
from raprong.agreements.addendum_papers import changes_of
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement
from raprong.agreements.parties import NamedParty
from raprong.agreements.queries import agreement_of, last_in_force, parties_of
from raprong.agreements.readiness import readiness_of
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.scoring.criteria import Ladder
from raprong.lib.scoring.ladder import Rung
from raprong.organisation.models import Person
from raprong.records.models import Record
from tests.factories.agreements import SIGNING, sign_all
from tests.factories.papers import content_of, words_in

LATER = SIGNING + timedelta(days=120)  # in the second half of the year
HARDER = Ladder(tuple(Rung(Decimal(at), Decimal(score)) for score, at in enumerate((60, 70, 80, 90, 95), start=1)))


@pytest.fixture
def addendum(in_force: Agreement, planner: Person) -> Agreement:
    return addenda.draft_addendum(in_force, because="ได้รับงบประมาณเพิ่ม", effective_on=day_of(LATER), by=planner, at=LATER)


def kpi(agreement: Agreement, code: str) -> KpiYear:
    return KpiYear.objects.with_people().get(framework__run=agreement.run, code=code)


def change(addendum: Agreement, planner: Person) -> Agreement:
    """The target and the levels of one KPI, and the weights of two."""
    first, second = kpi(addendum, "1.1"), kpi(addendum, "1.2")
    wanted = [KpiChange(first, Decimal(90), Decimal(30), HARDER), KpiChange(second, weight=Decimal(45))]
    return addenda.set_changes(addendum, wanted, seen=None, by=planner, at=LATER)


def open_it(addendum: Agreement, planner: Person) -> Agreement:
    ready = actions.set_ceremony(
        addendum, signing_on=day_of(LATER), venue="ห้องประชุม ๒", seen=None, by=planner, at=LATER
    )
    return actions.open_signing(ready, seen=None, by=planner, at=LATER)


def test_it_begins_with_the_parties_and_the_way_of_what_is_in_force(addendum: Agreement, in_force: Agreement) -> None:
    assert addendum.number == 1
    assert addendum.way == in_force.way
    assert [str(party) for party in parties_of(addendum)] == [str(party) for party in parties_of(in_force)]
    assert agreement_of(addendum.run) == in_force


def test_old_and_new_stand_beside_each_other_on_the_page_and_the_paper(addendum: Agreement, planner: Person) -> None:
    opened = open_it(change(addendum, planner), planner)

    shown = [(each.what, each.before, each.after) for each in changes_of(opened, parties_of(opened))]

    assert shown == [
        ("ค่าเป้าหมาย", "80", "90"),
        ("น้ำหนัก", "40.00", "30.00"),
        ("เกณฑ์การให้คะแนน", "1: 20\n2: 40\n3: 60\n4: 80\n5: 100", "1: 60\n2: 70\n3: 80\n4: 90\n5: 95"),
        ("น้ำหนัก", "35.00", "45.00"),
    ]
    assert opened.paper is not None
    figures = set(re.findall(r"[๐-๙]+\.[๐-๙]{2}", words_in(opened.paper)))
    assert {"๓๐.๐๐", "๔๐.๐๐", "๓๕.๐๐", "๔๕.๐๐", "๑๐๐.๐๐"} <= figures
    assert opened.content["because"] == "ได้รับงบประมาณเพิ่ม"


def test_signed_again_it_counts_and_the_agreement_stays_as_it_was(
    addendum: Agreement, in_force: Agreement, planner: Person
) -> None:
    before = in_force.content
    opened = open_it(change(addendum, planner), planner)
    assert kpi(opened, "1.1").weight == Decimal(40)

    signed = sign_all(opened, at=LATER)

    changed = kpi(signed, "1.1")
    assert signed.state == State.IN_FORCE
    assert (changed.target, changed.weight, criteria_of(changed)) == (Decimal(90), Decimal(30), HARDER)
    assert Agreement.objects.get(pk=in_force.pk).content == before
    assert last_in_force(signed) == signed
    assert list(Record.objects.filter(about=reference(signed)).values_list("kind", flat=True)) == ["addendum"]
    amended = Entry.objects.filter(kind="kpi.amended", about=reference(changed)).get()
    assert amended.facts["because"] == "ได้รับงบประมาณเพิ่ม"


def test_a_round_that_had_ended_keeps_its_criteria(addendum: Agreement, planner: Person) -> None:
    held = criteria_of(kpi(addendum, "1.1"))
    assert addendum.run.year.round_ends_on(6) < day_of(LATER)

    signed = sign_all(open_it(change(addendum, planner), planner), at=LATER)

    changed = kpi(signed, "1.1")
    assert criteria_of(changed, months=6) == held
    assert criteria_of(changed, months=12) == HARDER


def test_signed_before_its_day_it_waits_for_it(in_force: Agreement, planner: Person) -> None:
    starts = day_of(LATER) + timedelta(days=10)
    drafted = addenda.draft_addendum(in_force, because="เริ่มไตรมาสหน้า", effective_on=starts, by=planner, at=LATER)
    signed = sign_all(open_it(change(drafted, planner), planner), at=LATER)

    assert kpi(signed, "1.1").weight == Decimal(40)
    assert addenda.apply_due(LATER) == 0
    assert addenda.apply_due(LATER + timedelta(days=10)) == 1
    assert addenda.apply_due(LATER + timedelta(days=11)) == 0
    assert kpi(signed, "1.1").weight == Decimal(30)


def test_the_gate_asks_for_a_change_and_for_whole_weights(addendum: Agreement, planner: Person) -> None:
    nothing = [need.text for need in readiness_of(addendum, on=day_of(LATER)) if not need.ok]
    only_one = [KpiChange(kpi(addendum, "1.1"), weight=Decimal(30))]
    addenda.set_changes(addendum, only_one, seen=None, by=planner, at=LATER)

    with pytest.raises(Refused, match=r"90\.00"):
        open_it(addendum, planner)

    assert any("มีสิ่งที่แก้ไข" in text for text in nothing)


def test_faults_of_changes_are_told_all_at_once(addendum: Agreement, planner: Person) -> None:
    falling = Ladder(tuple(Rung(Decimal(at), Decimal(score)) for at, score in ((5, 1), (9, 2), (3, 3), (8, 4), (1, 5))))
    first, second = kpi(addendum, "1.1"), kpi(addendum, "1.2")
    wanted = [KpiChange(first, weight=Decimal("0"), criteria=falling), KpiChange(second, weight=Decimal("101.555"))]

    with pytest.raises(Faults) as refused:
        addenda.set_changes(addendum, wanted, seen=None, by=planner, at=LATER)

    places = {fault.field for fault in refused.value.faults}
    assert {f"weight_{first.public_id}", f"criteria_{first.public_id}", f"weight_{second.public_id}"} <= places
    assert Agreement.objects.get(pk=addendum.pk).changes == []


def test_a_change_of_parties_is_a_change_too(addendum: Agreement, planner: Person, cast: SampleAgency) -> None:
    director = NamedParty(Side.RECEIVER, cast.people["director"], cast.positions["mip/head"].title)
    named = [director, NamedParty(Side.MAKER, cast.people["head1"], "หัวหน้ากลุ่มที่ ๑")]

    changed = actions.name_parties(addendum, named, seen=None, by=planner, at=LATER)

    [shown] = changes_of(changed, list(parties_of(changed)))
    assert (shown.about, shown.what) == ("ผู้ทำคำรับรอง", "ผู้ลงนาม")
    assert sign_all(open_it(changed, planner), at=LATER).state == State.IN_FORCE


@pytest.mark.parametrize(
    "because, effective_on, field",
    [
        (" ", day_of(LATER), "because"),
        ("x", day_of(LATER) - timedelta(days=1), "effective_on"),
        ("x", date(2027, 10, 1), "effective_on"),
    ],
)
def test_terms_without_a_reason_or_outside_the_year_are_refused(
    in_force: Agreement, planner: Person, because: str, effective_on: date, field: str
) -> None:
    with pytest.raises(Faults) as refused:
        addenda.draft_addendum(in_force, because=because, effective_on=effective_on, by=planner, at=LATER)

    assert [fault.field for fault in refused.value.faults] == [field]


def test_addenda_come_one_at_a_time_and_are_numbered(addendum: Agreement, in_force: Agreement, planner: Person) -> None:
    def another() -> Agreement:
        return addenda.draft_addendum(in_force, because="อีกครั้ง", effective_on=day_of(LATER), by=planner, at=LATER)

    with pytest.raises(Refused):
        another()
    sign_all(open_it(change(addendum, planner), planner), at=LATER)

    assert another().number == 2


def test_nothing_is_changed_before_the_agreement_or_after_the_year(
    opened: Agreement, planner: Person, cast: SampleAgency
) -> None:
    with pytest.raises(Refused):
        addenda.draft_addendum(opened, because="x", effective_on=day_of(LATER), by=planner, at=LATER)
    signed = sign_all(opened)
    after = SIGNING + timedelta(days=365)

    with pytest.raises(Refused, match="ปิด"):
        addenda.draft_addendum(signed, because="x", effective_on=day_of(after), by=planner, at=after)
    with pytest.raises(Refused):
        addenda.draft_addendum(signed, because="x", effective_on=day_of(LATER), by=cast.people["staff"], at=LATER)


def test_the_paper_of_an_addendum_is_kept_sealed(addendum: Agreement, planner: Person) -> None:
    signed = sign_all(open_it(change(addendum, planner), planner), at=LATER)

    assert signed.sealed is not None
    assert b"/ByteRange" in content_of(signed.sealed)
