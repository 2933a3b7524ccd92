from datetime import timedelta
from hashlib import sha256

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from raprong.access.rules import Refused
from raprong.agreements import actions
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement
from raprong.agreements.parties import NamedParty
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.files.store import open_content
from raprong.kpis.models import KpiYear
from raprong.lib.signing import verify
from raprong.notifications.models import Notice
from raprong.organisation.models import Delegation, Person
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.signatures.models import Signature
from raprong.signatures.queries import waiting_for
from tests.cast import NEW_YEAR, start_year
from tests.factories.agreements import SIGNING, open_for_signing, proof_of, select_kpis, sign_all


def test_drafting_before_the_weights_reach_the_whole_is_refused_with_the_sum(run: Run, planner: Person) -> None:
    select_kpis(run, {"1.1": "60", "1.2": "35"})

    with pytest.raises(Refused, match=r"95\.00.*100\.00"):
        actions.draft(run, by=planner, at=NEW_YEAR)

    assert not Agreement.objects.exists()


def test_drafting_without_any_kpi_is_refused(run: Run, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.draft(run, by=planner, at=NEW_YEAR)


def test_drafting_twice_is_refused(drafted: Agreement, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.draft(drafted.run, by=planner, at=NEW_YEAR)


def test_the_sop_says_who_makes_and_who_receives(drafted: Agreement, cast: SampleAgency) -> None:
    [receiver] = drafted.parties_on(Side.RECEIVER)
    makers = drafted.parties_on(Side.MAKER)

    assert receiver.person == cast.people["director"]
    assert {maker.person for maker in makers} == {cast.people[name] for name in ("planning-head", "head1", "head2")}
    assert next(maker.post for maker in makers if maker.person == cast.people["head1"]) == "หัวหน้ากลุ่มที่ ๑"


def test_another_sop_has_other_sides(other_cast: SampleAgency) -> None:
    run = start_year(other_cast)
    select_kpis(run, {"1": "100"})

    agreement = actions.draft(run, by=other_cast.people["planner.pa"], at=NEW_YEAR)

    assert [party.person for party in agreement.parties_on(Side.RECEIVER)] == [other_cast.people["executive.pa"]]
    assert [party.person for party in agreement.parties_on(Side.MAKER)] == [other_cast.people["director.pa"]]


def test_an_order_in_force_puts_the_substitute_in_the_heads_place(
    run: Run, selected: list[KpiYear], planner: Person, cast: SampleAgency
) -> None:
    Delegation.objects.create(
        position=cast.positions["mip/head"],
        person=cast.people["planning-head"],
        authority="acting",
        order_number="๑๒/๒๕๖๙",
        starts_on=day_of(NEW_YEAR),
    )

    [receiver] = actions.draft(run, by=planner, at=NEW_YEAR).parties_on(Side.RECEIVER)

    assert receiver.person == cast.people["planning-head"]
    assert receiver.acting.startswith("รักษาราชการแทนผู้อำนวยการสำนัก")
    assert receiver.acting.endswith("ตามคำสั่งที่ ๑๒/๒๕๖๙")


@pytest.mark.parametrize("days_late", [0, 1])
def test_a_substitute_signs_in_the_days_of_the_order_only(
    run: Run, selected: list[KpiYear], planner: Person, cast: SampleAgency, days_late: int
) -> None:
    Delegation.objects.create(
        position=cast.positions["mip/head"],
        person=cast.people["planning-head"],
        authority="acting",
        order_number="12/2570",
        starts_on=day_of(NEW_YEAR),
        ends_on=day_of(SIGNING),
    )
    agreement = open_for_signing(actions.draft(run, by=planner, at=NEW_YEAR), planner)
    moment = SIGNING + timedelta(days=days_late)

    if days_late:
        with pytest.raises(Refused, match="12/2570"):
            sign_all(agreement, at=moment)
    else:
        assert sign_all(agreement, at=moment).state == State.IN_FORCE


def test_naming_parties_tells_every_fault_at_once(drafted: Agreement, planner: Person, outsider: Person) -> None:
    parties = [
        NamedParty(Side.MAKER, planner, " "),
        NamedParty(Side.MAKER, outsider, "x"),
        NamedParty(Side.MAKER, planner, "x"),
    ]

    with pytest.raises(Faults) as refused:
        actions.name_parties(drafted, parties, seen=None, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["", "parties.0", "parties.1", "parties.2"]
    assert drafted.parties.count() == 4


def test_two_people_naming_parties_the_later_one_is_told(
    drafted: Agreement, planner: Person, cast: SampleAgency
) -> None:
    parties = [
        NamedParty(Side.RECEIVER, cast.people["director"], "ผู้อำนวยการ"),
        NamedParty(Side.MAKER, cast.people["head1"], "หัวหน้ากลุ่ม"),
    ]
    seen = drafted.version
    actions.name_parties(drafted, parties, seen=seen, by=planner, at=NEW_YEAR)

    with pytest.raises(Stale):
        actions.name_parties(drafted, parties, seen=seen, by=planner, at=NEW_YEAR)


def test_a_day_of_signing_that_has_passed_is_refused(drafted: Agreement, planner: Person) -> None:
    yesterday = day_of(NEW_YEAR - timedelta(days=1))

    with pytest.raises(Faults) as refused:
        actions.set_ceremony(drafted, signing_on=yesterday, venue="", seen=None, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["signing_on", "venue"]


def test_opening_without_day_and_place_is_refused(drafted: Agreement, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.open_signing(drafted, seen=None, by=planner, at=NEW_YEAR)


def test_opening_freezes_what_is_signed(opened: Agreement, selected: list[KpiYear], cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=selected[0].pk).update(title="ชื่ออื่น")

    signed = sign_all(opened)

    assert signed.content["kpis"][0]["name"] == selected[0].title
    assert opened.paper is not None
    assert Signature.objects.values_list("seen_sha256", flat=True).distinct().get() == opened.paper.sha256


def test_makers_sign_before_the_receiver(opened: Agreement, cast: SampleAgency) -> None:
    director, head = cast.people["director"], cast.people["head1"]

    assert waiting_for(head).exists()
    assert not waiting_for(director).exists()
    with pytest.raises(Refused, match=head.name):
        actions.sign(opened, identity=proof_of(director), by=director, at=SIGNING)


def test_signing_twice_is_refused_in_words(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]
    actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)

    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)


def test_signing_another_paper_than_the_one_seen_is_refused(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]

    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING, seen_sha256="0" * 64)

    assert not Signature.objects.exists()


def test_a_proof_of_somebody_else_signs_nothing(opened: Agreement, cast: SampleAgency) -> None:
    head, other = cast.people["head1"], cast.people["head2"]

    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(other), by=head, at=SIGNING)

    assert not Signature.objects.exists()


def test_the_last_signature_seals_deposits_and_puts_in_force(in_force: Agreement) -> None:
    record = Record.objects.get(about=f"agreements.agreement:{in_force.public_id}", kind="agreement")

    assert in_force.state == State.IN_FORCE
    assert in_force.in_force_at == SIGNING
    assert record.file == in_force.sealed
    assert record.kind == "agreement"
    assert record.retention_years == 5
    with open_content(record.sha256) as file:
        content = file.read()
    assert sha256(content).hexdigest() == record.sha256
    assert verify(content, trust_roots=[]).intact


def test_the_year_is_written_down_in_order(in_force: Agreement) -> None:
    kinds = list(Entry.objects.filter(about__startswith="agreements.").order_by("pk").values_list("kind", flat=True))

    assert kinds == [
        "agreement.drafted",
        "agreement.ceremony_set",
        "signature.asked",
        "agreement.signing_opened",
        *["signature.given"] * 4,
        "agreement.in_force",
    ]


def test_everybody_is_told_when_it_is_their_turn(
    drafted: Agreement,
    planner: Person,
    cast: SampleAgency,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    director = cast.people["director"]
    with django_capture_on_commit_callbacks(execute=True):
        opened = open_for_signing(drafted, planner)
    told_first = set(Notice.objects.filter(kind="agreement.your_turn").values_list("person__name", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        sign_all(opened)

    assert director.name not in told_first
    assert Notice.objects.filter(kind="agreement.your_turn", person=director).count() == 1
    assert Notice.objects.filter(kind="agreement.in_force", person=planner).exists()


def test_sending_back_needs_a_reason_and_withdraws_the_requests(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]
    actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)
    with pytest.raises(Refused):
        actions.send_back(opened, because=" ", by=head, at=SIGNING)

    returned = actions.send_back(opened, because="น้ำหนักสลับกัน", by=cast.people["director"], at=SIGNING)

    assert returned.state == State.DRAFTING
    assert returned.paper is None
    assert not waiting_for(cast.people["head2"]).exists()


def test_after_sending_back_everybody_signs_anew(opened: Agreement, planner: Person, cast: SampleAgency) -> None:
    head = cast.people["head1"]
    actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)
    returned = actions.send_back(opened, because="น้ำหนักสลับกัน", by=planner, at=SIGNING)

    again = actions.open_signing(returned, seen=None, by=planner, at=SIGNING)

    assert waiting_for(head).count() == 1
    assert sign_all(again).state == State.IN_FORCE


def test_nothing_changes_once_it_is_in_force(in_force: Agreement, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.name_parties(in_force, [], seen=None, by=planner, at=SIGNING)
    with pytest.raises(Refused):
        actions.send_back(in_force, because="x", by=planner, at=SIGNING)
