"""A ceremony: its plan, its agreements, one sitting for the director, pairs on the wall, prints kept ready."""

from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from raprong.access.rules import Refused
from raprong.agreements import actions, by_hand, ceremonies
from raprong.agreements.ceremonies import Plan
from raprong.agreements.ceremony_papers import papers_in_one_file
from raprong.agreements.ceremony_standing import (
    agreements_in,
    agreements_to_take_in,
    for_signing_now,
    pairs_of,
    preparations_for,
)
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement, Ceremony
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.signatures import scans
from raprong.signatures.enums import Way
from tests.cast import FISCAL_YEAR, NEW_YEAR
from tests.factories.agreements import SIGNING, make_ready, proof_of, sign_all
from tests.factories.papers import words_in

PLAN = Plan(
    title="พิธีลงนามคำรับรองการปฏิบัติราชการ",
    held_on=day_of(SIGNING),
    venue="ห้องประชุมใหญ่",
    begins_at=time(9, 30),
    guests=("ผู้อำนวยการ ประธานในพิธี", " ", "ผู้แทนกลุ่มทุกกลุ่ม"),
    script="พิธีกรกล่าวต้อนรับ",
)


@pytest.fixture
def ceremony(drafted: Agreement, planner: Person) -> Ceremony:
    made = ceremonies.arrange(drafted.run.unit, PLAN, fiscal_year=FISCAL_YEAR, by=planner, at=NEW_YEAR)
    ceremonies.take_in(made, drafted, by=planner, at=NEW_YEAR)
    return made


@pytest.fixture
def opened(ceremony: Ceremony, planner: Person) -> Agreement:
    agreement = agreements_in(ceremony).get()
    make_ready(agreement, planner)
    return actions.open_signing(agreement, seen=None, by=planner, at=NEW_YEAR)


def makers_sign(agreement: Agreement, cast: SampleAgency) -> None:
    for name in ("head1", "head2", "planning-head"):
        actions.sign(agreement, identity=proof_of(cast.people[name]), by=cast.people[name], at=SIGNING)


def test_a_plan_keeps_the_order_of_guests_and_the_agreement_follows_its_day(ceremony: Ceremony) -> None:
    agreement = agreements_in(ceremony).get()

    assert ceremony.guests == ["ผู้อำนวยการ ประธานในพิธี", "ผู้แทนกลุ่มทุกกลุ่ม"]
    assert (agreement.signing_on, agreement.venue) == (PLAN.held_on, PLAN.venue)


def test_a_plan_that_is_changed_takes_drafts_with_it(ceremony: Ceremony, planner: Person) -> None:
    later = replace(PLAN, held_on=PLAN.held_on + timedelta(days=3))

    ceremonies.change(ceremony, later, seen=None, by=planner, at=NEW_YEAR)

    assert agreements_in(ceremony).get().signing_on == later.held_on


def test_a_ceremony_that_was_held_keeps_what_was_signed_in_it(
    opened: Agreement, ceremony: Ceremony, planner: Person
) -> None:
    signed = sign_all(opened)

    with pytest.raises(Refused, match="ลงนามแล้ว"):
        ceremonies.leave_out(ceremony, signed, by=planner, at=SIGNING)
    with pytest.raises(Refused, match="ผ่านไปแล้ว"):
        ceremonies.take_in(ceremony, signed, by=planner, at=SIGNING + timedelta(days=1))
    with pytest.raises(Refused, match="คงไว้ตามเดิม"):
        ceremonies.call_off(ceremony, because="ฝนตก", by=planner, at=SIGNING)
    with pytest.raises(Refused, match="คงไว้ตามเดิม"):
        ceremonies.change(ceremony, PLAN, seen=None, by=planner, at=SIGNING + timedelta(days=1))

    assert agreements_in(ceremony).get() == signed


def test_faults_of_a_plan_are_told_all_at_once(drafted: Agreement, planner: Person) -> None:
    wrong = replace(PLAN, title=" ", held_on=day_of(NEW_YEAR) - timedelta(days=1), venue="x" * 300, guests=["x" * 300])

    with pytest.raises(Faults) as refused:
        ceremonies.arrange(drafted.run.unit, wrong, fiscal_year=FISCAL_YEAR, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["held_on", "title", "venue", "guests"]


def test_the_checklist_is_that_of_the_sop(ceremony: Ceremony) -> None:
    held = list(agreements_in(ceremony))

    prepared = preparations_for(held, at=NEW_YEAR)

    points = held[0].run.definition.step("signing").control_points
    assert [each.text for each in prepared] == [point.text for point in points]


def test_one_proof_signs_each_agreement_by_an_act_of_its_own(
    opened: Agreement, ceremony: Ceremony, cast: SampleAgency
) -> None:
    director = cast.people["director"]
    makers_sign(opened, cast)
    [(agreement, own)] = for_signing_now(ceremony, director)
    assert agreement.shown is not None

    done = ceremonies.sign_in_one_sitting(
        [(agreement, agreement.shown.sha256)], identity=proof_of(director), by=director, at=SIGNING
    )

    assert own.person == director
    assert [(each.agreement.state, each.refusal) for each in done] == [(State.IN_FORCE, "")]
    assert for_signing_now(ceremony, director) == []


def test_one_that_is_refused_leaves_the_others_signed(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]
    assert opened.shown is not None
    chosen = [(opened, "0" * 64), (opened, opened.shown.sha256)]

    done = ceremonies.sign_in_one_sitting(chosen, identity=proof_of(head), by=head, at=SIGNING)

    assert [bool(each.refusal) for each in done] == [True, False]
    assert opened.parties.filter(request__signature__isnull=False).count() == 1


def test_a_pair_is_done_when_both_have_signed(opened: Agreement, ceremony: Ceremony, cast: SampleAgency) -> None:
    makers_sign(opened, cast)
    before = pairs_of(agreements_in(ceremony))
    director = cast.people["director"]
    actions.sign(opened, identity=proof_of(director), by=director, at=SIGNING)

    after = pairs_of(agreements_in(ceremony))

    assert [pair.signed for pair in before] == [False] * 3
    assert [pair.maker_signed for pair in before] == [True] * 3
    assert [pair.signed for pair in after] == [True] * 3
    assert {pair.maker for pair in after} == {party.name for party in opened.parties_on("maker")}


def test_prints_lie_ready_with_codes_and_are_printed_once(
    opened: Agreement, ceremony: Ceremony, planner: Person
) -> None:
    ceremonies.keep_papers_ready(ceremony, by=planner, at=SIGNING)
    first = scans.print_of(opened)
    ceremonies.keep_papers_ready(ceremony, by=planner, at=SIGNING)

    with ZipFile(BytesIO(papers_in_one_file(ceremony, at=SIGNING))) as archive:
        names = archive.namelist()

    assert first is not None
    assert scans.print_of(opened) == first
    assert [name.startswith("01-") for name in names] == [True, True]
    assert Agreement.objects.get(pk=opened.pk).way == Way.ELECTRONIC


def test_without_a_network_the_ready_print_is_signed_by_hand(
    opened: Agreement, ceremony: Ceremony, planner: Person, cast: SampleAgency
) -> None:
    head = cast.people["head1"]
    actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)
    ceremonies.keep_papers_ready(ceremony, by=planner, at=SIGNING)
    ready = scans.print_of(opened)
    with pytest.raises(Refused):
        by_hand.take_to_paper(opened, because=" ", by=planner, at=SIGNING)

    taken = by_hand.take_to_paper(opened, because="เครือข่ายขัดข้อง", by=planner, at=SIGNING)

    assert ready is not None
    assert (taken.way, taken.paper) == (Way.WET_INK, ready.file)
    assert not taken.parties.filter(request__signature__isnull=False).exists()
    with pytest.raises(Refused):
        by_hand.take_to_paper(taken, because="อีก", by=planner, at=SIGNING)


def test_the_department_arranges_for_its_units_and_staff_do_not(
    drafted: Agreement, cast: SampleAgency, outsider: Person
) -> None:
    assessor = cast.people["assessor"]
    made = ceremonies.arrange(drafted.run.unit, PLAN, fiscal_year=FISCAL_YEAR, by=assessor, at=NEW_YEAR)

    assert list(agreements_to_take_in(assessor, made, on=day_of(NEW_YEAR))) == [drafted]
    for person in (cast.people["staff"], outsider):
        with pytest.raises(Refused):
            ceremonies.arrange(drafted.run.unit, PLAN, fiscal_year=FISCAL_YEAR, by=person, at=NEW_YEAR)
        with pytest.raises(Refused):
            ceremonies.take_in(made, drafted, by=person, at=NEW_YEAR)


def test_what_is_in_a_ceremony_to_come_is_not_offered_again(ceremony: Ceremony, planner: Person) -> None:
    [inside] = ceremony.agreements.all()
    after = PLAN.held_on + timedelta(days=1)

    assert list(agreements_to_take_in(planner, ceremony, on=day_of(NEW_YEAR))) == []
    assert list(agreements_to_take_in(planner, ceremony, on=after)) == [inside]
    with pytest.raises(Refused, match="อยู่ในพิธีนี้แล้ว"):
        ceremonies.take_in(ceremony, inside, by=planner, at=NEW_YEAR)


def test_the_parties_are_invited(
    drafted: Agreement,
    planner: Person,
    cast: SampleAgency,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    made = ceremonies.arrange(drafted.run.unit, PLAN, fiscal_year=FISCAL_YEAR, by=planner, at=NEW_YEAR)

    with django_capture_on_commit_callbacks(execute=True):
        ceremonies.take_in(made, drafted, by=planner, at=NEW_YEAR)

    invited = set(Notice.objects.filter(kind="ceremony.invited").values_list("person__name", flat=True))
    assert cast.people["director"].name in invited


def test_what_is_signed_without_it_is_not_taken_in(ceremony: Ceremony, opened: Agreement, planner: Person) -> None:
    left = ceremonies.leave_out(ceremony, opened, by=planner, at=SIGNING)
    assert left.ceremony is None

    signed = sign_all(left)

    with pytest.raises(Refused):
        ceremonies.take_in(ceremony, signed, by=planner, at=SIGNING)


def test_a_print_for_pens_has_lines_where_certificates_had_places(
    ceremony: Ceremony, planner: Person, cast: SampleAgency
) -> None:
    agreement = agreements_in(ceremony).get()
    make_ready(agreement, planner)
    chosen = actions.choose_way(agreement, Way.CERTIFICATE, seen=None, by=planner, at=NEW_YEAR)
    opened = actions.open_signing(chosen, seen=None, by=planner, at=NEW_YEAR)
    assert opened.paper is not None

    taken = by_hand.take_to_paper(opened, because="อุปกรณ์ขัดข้อง", by=planner, at=SIGNING)

    assert taken.paper is not None
    lines = [words_in(paper).count("ลงช") for paper in (opened.paper, taken.paper)]
    assert lines[0] < lines[1]


def test_a_ceremony_that_is_called_off_lets_its_agreements_go(
    ceremony: Ceremony, planner: Person, cast: SampleAgency,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    agreement = agreements_in(ceremony).get()
    with pytest.raises(Refused, match="เหตุผล"):
        ceremonies.call_off(ceremony, because=" ", by=planner, at=NEW_YEAR)
    with pytest.raises(Refused):
        ceremonies.call_off(ceremony, because="ฝนตก", by=cast.people["staff"], at=NEW_YEAR)

    with django_capture_on_commit_callbacks(execute=True):
        ceremonies.call_off(ceremony, because="ห้องประชุมไม่ว่าง", by=planner, at=NEW_YEAR)

    agreement.refresh_from_db()
    assert (agreement.ceremony, agreement.signing_on, agreement.venue) == (None, None, "")
    told = Notice.objects.filter(kind="ceremony.called_off").values_list("person__name", flat=True)
    assert set(told) == {party.name for party in agreement.parties.all()} - {planner.name}
    for again in (
        lambda: ceremonies.call_off(ceremony, because="อีกครั้ง", by=planner, at=NEW_YEAR),
        lambda: ceremonies.change(ceremony, PLAN, seen=None, by=planner, at=NEW_YEAR),
        lambda: ceremonies.take_in(ceremony, agreement, by=planner, at=NEW_YEAR),
    ):
        with pytest.raises(Refused, match="ห้องประชุมไม่ว่าง"):
            again()
