"""Two pairs of eyes: a letter is drafted by one, checked by another, and signed by a third or the second."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.circulation import actions
from raprong.circulation.enums import Move, State
from raprong.circulation.models import Letter
from raprong.circulation.queries import (
    checkers_of,
    history_of,
    holders_of,
    letters_returned_to,
    letters_to_check,
    letters_to_sign,
    returned_because,
)
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.models import AppendOnly
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.stationery.actions import Decision, set_letterhead
from tests.cast import NEW_YEAR
from tests.circulation.conftest import LATER
from tests.factories.agreements import proof_of
from tests.factories.circulation import CONTENT, draft_circular

DAY = day_of(NEW_YEAR)


def test_a_draft_is_not_signed_before_it_is_checked(drafted: Letter, handed_in: Letter, director: Person) -> None:
    with pytest.raises(Refused, match="ยังไม่ได้ตรวจ"):
        actions.sign(handed_in, identity=proof_of(director, at=LATER), by=director, at=LATER)


def test_a_letter_handed_in_waits_for_others_than_its_drafter(
    handed_in: Letter, planner: Person, checker: Person, director: Person
) -> None:
    assert letters_to_check(checker, on=DAY) == [handed_in]
    assert letters_to_check(planner, on=DAY) == []
    assert letters_to_sign(director, on=DAY) == []
    assert set(holders_of(handed_in, on=DAY)) == set(checkers_of(handed_in, on=DAY)) == {checker, director}


def test_who_drafted_a_letter_does_not_check_it(handed_in: Letter, planner: Person) -> None:
    with pytest.raises(Refused, match="ผู้อื่นเป็นผู้ตรวจ"):
        actions.pass_on(handed_in, seen=None, by=planner, at=NEW_YEAR)


def test_who_handed_a_letter_in_does_not_check_it(drafted: Letter, checker: Person, director: Person) -> None:
    handed_in = actions.hand_in(drafted, seen=None, by=checker, at=NEW_YEAR)

    with pytest.raises(Refused):
        actions.pass_on(handed_in, seen=None, by=checker, at=NEW_YEAR)
    assert actions.pass_on(handed_in, seen=None, by=director, at=NEW_YEAR).state == State.SIGNING


@pytest.mark.parametrize("who", ["head1", "staff", "records", "auditor", "admin"])
def test_who_holds_no_right_checks_nothing(who: str, handed_in: Letter, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        actions.pass_on(handed_in, seen=None, by=cast.people[who], at=NEW_YEAR)
    with pytest.raises(Refused):
        actions.send_back(handed_in, because="แก้", seen=None, by=cast.people[who], at=NEW_YEAR)


def test_an_outsider_checks_nothing(handed_in: Letter, outsider: Person) -> None:
    with pytest.raises(Refused):
        actions.pass_on(handed_in, seen=None, by=outsider, at=NEW_YEAR)


def test_a_letter_that_came_back_says_why_and_goes_round_again(
    handed_in: Letter, planner: Person, checker: Person
) -> None:
    back = actions.send_back(handed_in, because="ชื่อเรื่องไม่ตรง", seen=None, by=checker, at=NEW_YEAR)

    assert back.state == State.DRAFTING
    [(letter, handover)] = letters_returned_to(planner)
    assert (letter, handover.because, handover.by) == (back, "ชื่อเรื่องไม่ตรง", checker)
    again = actions.hand_in(back, seen=None, by=planner, at=LATER)
    assert returned_because(again) is None
    assert [one.move for one in history_of(again)] == [Move.HAND_IN, Move.SEND_BACK, Move.HAND_IN]


def test_the_signer_sends_a_checked_letter_back(to_sign: Letter, director: Person, planner: Person) -> None:
    back = actions.send_back(to_sign, because="ขอเพิ่มตาราง", seen=None, by=director, at=LATER)

    assert back.state == State.DRAFTING
    assert holders_of(back, on=DAY) == [planner]


def test_sending_back_without_a_reason_is_told_at_its_field(handed_in: Letter, checker: Person) -> None:
    with pytest.raises(Faults) as refused:
        actions.send_back(handed_in, because=" ", seen=None, by=checker, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["because"]
    assert Letter.objects.get().state == State.CHECKING


def test_the_next_person_is_told_at_each_station(
    drafted: Letter,
    planner: Person,
    checker: Person,
    director: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = actions.hand_in(drafted, seen=None, by=planner, at=NEW_YEAR)
        letter = actions.send_back(letter, because="แก้", seen=None, by=checker, at=NEW_YEAR)
        letter = actions.hand_in(letter, seen=None, by=planner, at=NEW_YEAR)
        actions.pass_on(letter, seen=None, by=checker, at=NEW_YEAR)

    told = {(notice.kind, notice.person) for notice in Notice.objects.all()}
    assert told == {
        ("letter.to_check", checker),
        ("letter.to_check", director),
        ("letter.sent_back", planner),
        ("letter.to_sign", director),
    }


def test_a_letter_in_other_hands_is_not_revised(handed_in: Letter, planner: Person) -> None:
    with pytest.raises(Refused, match="ส่งคืน"):
        actions.revise(handed_in, subject="อื่น", content=CONTENT, seen=None, by=planner, at=NEW_YEAR)


def test_a_version_that_was_not_seen_is_not_passed_on(handed_in: Letter, checker: Person) -> None:
    with pytest.raises(Stale):
        actions.pass_on(handed_in, seen=handed_in.version - 1, by=checker, at=NEW_YEAR)


def test_an_empty_required_place_is_not_handed_in(cast: SampleAgency, planner: Person) -> None:
    letter = draft_circular(cast, paragraphs=[], to=" ")

    with pytest.raises(Faults) as refused:
        actions.hand_in(letter, seen=None, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["to", "paragraphs"]
    assert Letter.objects.get().state == State.DRAFTING


def test_what_the_proof_reader_marks_does_not_stop_a_letter(cast: SampleAgency, planner: Person) -> None:
    letter = draft_circular(cast, paragraphs=["แจ้งกลุ่มต่างๆ ปี ค.ศ. 2027"])

    assert actions.hand_in(letter, seen=None, by=planner, at=NEW_YEAR).state == State.CHECKING


def test_a_new_draft_speaks_in_the_digits_of_its_paper(cast: SampleAgency) -> None:
    letter = draft_circular(cast, paragraphs=["ได้ 4.01 คะแนน ตามแบบ F-12", "จึงเรียนมาเพื่อทราบ"])

    assert letter.content["paragraphs"][0] == "ได้ ๔.๐๑ คะแนน ตามแบบ F-12"


def test_a_unit_that_prints_arabic_digits_drafts_in_them(cast: SampleAgency, planner: Person) -> None:
    decision = Decision("เลขอารบิก", DAY)
    set_letterhead(cast.office, decision, thai_digits=False, by=planner, at=NEW_YEAR)

    letter = draft_circular(cast, paragraphs=["ได้ ๔.๐๑ คะแนน", "จึงเรียนมาเพื่อทราบ"])

    assert letter.content["paragraphs"][0] == "ได้ 4.01 คะแนน"


def test_the_history_of_a_letter_cannot_be_rewritten(handed_in: Letter) -> None:
    handover = handed_in.handovers.get()

    handover.because = "อื่น"
    with pytest.raises(AppendOnly):
        handover.save()
    assert Entry.objects.filter(kind="letter.handed_in").count() == 1


def test_words_that_run_off_the_paper_are_not_handed_in(drafted: Letter, planner: Person) -> None:
    drafted.content = {**drafted.content, "paragraphs": ["ดูที่ " + "A" * 200]}
    drafted.save()

    with pytest.raises(Faults, match="ยาวเกินบรรทัด"):
        actions.hand_in(drafted, seen=None, by=planner, at=NEW_YEAR)
