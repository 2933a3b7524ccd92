from dataclasses import replace

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.circulation import actions, documents
from raprong.circulation.enums import State
from raprong.circulation.models import Letter, NumberRegister
from raprong.circulation.queries import letters_to_sign, reading_of, unread_by, usual_recipients
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.references import reference
from raprong.notifications.models import Notice
from raprong.organisation.models import Delegation, Person
from raprong.records.models import Record
from raprong.seals.models import SealedPaper
from raprong.signatures.models import Signature
from tests.cast import NEW_YEAR
from tests.circulation.conftest import LATER
from tests.factories.agreements import proof_of
from tests.factories.circulation import CONTENT, checked, draft_circular


def test_a_checked_letter_waits_for_the_head_of_the_unit(to_sign: Letter, director: Person, planner: Person) -> None:
    assert letters_to_sign(director, on=day_of(NEW_YEAR)) == [to_sign]
    assert letters_to_sign(planner, on=day_of(NEW_YEAR)) == []


def test_content_that_does_not_fit_is_told_all_at_once(cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        draft_circular(cast, subject=" ", to="ก" * 1_001, paragraphs=["ข" * 20_001])

    assert len(refused.value.faults) == 3
    assert not Letter.objects.exists()


def test_signing_gives_the_number_seals_and_deposits(signed: Letter) -> None:
    record = Record.objects.get()
    signature = Signature.objects.get()

    assert (signed.state, signed.number, signed.number_text) == (State.SIGNED, 1, "สธ ๐๗๒๐/ว ๑")
    assert record.file == signed.sealed
    assert record.kind == "circular"
    assert record.place == "ตู้เอกสาร"
    assert signature.signed_by == signed.signed_by


def test_what_was_seen_is_what_is_signed(to_sign: Letter, director: Person) -> None:
    shown = actions.sha256_of_draft(to_sign)

    actions.sign(to_sign, identity=proof_of(director, at=LATER), seen_sha256=shown, by=director, at=LATER)

    assert Signature.objects.get().seen_sha256 == shown


def test_a_draft_that_changed_since_it_was_opened_is_not_signed(
    to_sign: Letter, director: Person, planner: Person
) -> None:
    shown = actions.sha256_of_draft(to_sign)
    draft = actions.send_back(to_sign, because="แก้ข้อความ", seen=None, by=director, at=NEW_YEAR)
    changed = {**CONTENT, "paragraphs": ["ข้อความใหม่", "จึงเรียนมาเพื่อทราบ"]}
    actions.revise(draft, subject=draft.subject, content=changed, seen=None, by=planner, at=NEW_YEAR)
    checked(draft)

    with pytest.raises(Refused):
        actions.sign(to_sign, identity=proof_of(director, at=LATER), seen_sha256=shown, by=director, at=LATER)

    assert not NumberRegister.objects.exists()


def test_signing_twice_is_refused_with_the_number(signed: Letter, director: Person) -> None:
    with pytest.raises(Refused, match="สธ ๐๗๒๐/ว ๑"):
        actions.sign(signed, identity=proof_of(director, at=LATER), by=director, at=LATER)


def test_a_refused_signature_takes_no_number(
    to_sign: Letter, director: Person, planner: Person, cast: SampleAgency
) -> None:
    with pytest.raises(Refused):
        actions.sign(to_sign, identity=proof_of(planner, at=LATER), by=director, at=LATER)

    signed = actions.sign(checked(draft_circular(cast)), identity=proof_of(director, at=LATER), by=director, at=LATER)
    assert signed.number == 1


def test_the_substitute_of_an_order_signs_in_the_heads_place(to_sign: Letter, cast: SampleAgency) -> None:
    substitute = cast.people["planning-head"]
    Delegation.objects.create(
        position=cast.positions["mip/head"],
        person=substitute,
        authority="on_behalf",
        order_number="๘/๒๕๖๙",
        starts_on=day_of(NEW_YEAR),
    )

    signed = actions.sign(to_sign, identity=proof_of(substitute, at=LATER), by=substitute, at=LATER)

    assert documents.signed_paper(signed).signatory.acting.startswith("ปฏิบัติราชการแทนผู้อำนวยการ")


def test_an_executive_may_sign(to_sign: Letter, cast: SampleAgency) -> None:
    executive = cast.people["executive"]

    signed = actions.sign(to_sign, identity=proof_of(executive, at=LATER), by=executive, at=LATER)

    assert documents.signed_paper(signed).signatory.post == "อธิบดี"


def test_a_signed_letter_is_not_revised(signed: Letter, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.revise(signed, subject="อื่น", content=CONTENT, seen=None, by=planner, at=LATER)


def test_two_people_revising_the_later_one_is_told(drafted: Letter, planner: Person) -> None:
    actions.revise(drafted, subject="หนึ่ง", content=CONTENT, seen=1, by=planner, at=NEW_YEAR)

    with pytest.raises(Stale):
        actions.revise(drafted, subject="สอง", content=CONTENT, seen=1, by=planner, at=NEW_YEAR)


def test_an_unsigned_letter_is_not_sent(drafted: Letter, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.send(drafted, recipients=[planner], by=planner, at=LATER)


def test_sending_to_nobody_or_elsewhere_is_refused(signed: Letter, planner: Person, outsider: Person) -> None:
    for people in ([], [outsider]):
        with pytest.raises(Faults):
            actions.send(signed, recipients=people, by=planner, at=LATER)


def test_everybody_of_the_unit_is_the_usual_recipient(signed: Letter, cast: SampleAgency) -> None:
    usual = set(usual_recipients(signed))

    assert {cast.people[name] for name in ("director", "staff", "staff2", "head1", "planner")} <= usual
    assert cast.people["assessor"] not in usual


def test_who_gets_a_letter_is_told_once(
    signed: Letter,
    planner: Person,
    cast: SampleAgency,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    staff = cast.people["staff"]

    with django_capture_on_commit_callbacks(execute=True):
        actions.send(signed, recipients=[staff, staff, planner], by=planner, at=LATER)

    assert Notice.objects.get(kind="letter.received").person == staff
    assert signed.recipients.count() == 2


def test_reading_and_acknowledging_is_counted_per_person(sent: Letter, cast: SampleAgency) -> None:
    staff, head = cast.people["staff"], cast.people["head1"]
    actions.mark_read(sent.recipients.get(person=staff), by=staff, at=LATER)
    actions.acknowledge(sent.recipients.get(person=head), by=head, at=LATER)

    reading = reading_of(sent)

    assert (reading.sent_to, reading.read, reading.acknowledged) == (3, 2, 1)
    assert [waiting.letter for waiting in unread_by(cast.people["staff2"])] == [sent]


def test_opening_twice_keeps_the_first_moment(sent: Letter, cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    actions.mark_read(sent.recipients.get(person=staff), by=staff, at=LATER)

    again = actions.mark_read(sent.recipients.get(person=staff), by=staff, at=LATER.replace(hour=9))

    assert again.read_at == LATER
    assert Entry.objects.filter(kind="letter.read").count() == 1


def test_acknowledging_twice_is_refused_in_words(sent: Letter, cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    actions.acknowledge(sent.recipients.get(person=staff), by=staff, at=LATER)

    with pytest.raises(Refused):
        actions.acknowledge(sent.recipients.get(person=staff), by=staff, at=LATER)


def test_a_sealed_paper_says_when_it_was_signed(signed: Letter) -> None:
    paper = documents.signed_paper(signed)

    assert paper.number == signed.number_text
    assert paper.signatory == replace(paper.signatory, signed=LATER)


def test_a_cancelled_letter_keeps_its_number_and_the_next_takes_another(
    signed: Letter, director: Person, planner: Person, cast: SampleAgency
) -> None:
    cancelled = actions.cancel(signed, because="ชื่อเรื่องผิด", seen=None, by=director, at=LATER)
    following = checked(draft_circular(cast))

    following = actions.sign(following, identity=proof_of(director, at=LATER), by=director, at=LATER)

    assert (cancelled.state, cancelled.number, cancelled.cancelled_because) == (State.CANCELLED, 1, "ชื่อเรื่องผิด")
    assert following.number == 2
    assert list(Letter.objects.standing()) == [following]
    assert Entry.objects.filter(kind="letter.cancelled").exists()
    assert SealedPaper.objects.get(about=reference(cancelled)).cancelled_because == "ชื่อเรื่องผิด"
    with pytest.raises(Refused):
        actions.send(cancelled, recipients=[planner], by=planner, at=LATER)


def test_a_letter_is_cancelled_with_a_reason(signed: Letter, director: Person) -> None:
    with pytest.raises(Faults) as refused:
        actions.cancel(signed, because="  ", seen=None, by=director, at=LATER)

    assert [fault.field for fault in refused.value.faults] == ["because"]


@pytest.mark.parametrize("state", ["drafted", "sent"])
def test_only_a_signed_letter_that_nobody_has_is_cancelled(
    request: pytest.FixtureRequest, director: Person, state: str
) -> None:
    letter: Letter = request.getfixturevalue(state)

    with pytest.raises(Refused):
        actions.cancel(letter, because="ผิด", seen=None, by=director, at=LATER)


@pytest.mark.parametrize("who", ["planner", "staff", "auditor"])
def test_who_may_not_sign_cancels_nothing(signed: Letter, cast: SampleAgency, who: str) -> None:
    with pytest.raises(Refused):
        actions.cancel(signed, because="ผิด", seen=None, by=cast.people[who], at=LATER)
