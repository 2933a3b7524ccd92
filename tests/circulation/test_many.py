"""Many letters in one go: each by the verb that moves one, refused letters as lines, stopped in between."""

from typing import Any

import pytest

from raprong.access.identity import confirm_by_password
from raprong.access.rules import Refused
from raprong.circulation import actions, many
from raprong.circulation.enums import LetterWork, State, WorkState
from raprong.circulation.models import Letter, ManyLetters
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR, PASSWORD
from tests.factories.circulation import checked, draft_circular


@pytest.fixture
def to_sign(cast: SampleAgency) -> list[Letter]:
    return [checked(draft_circular(cast, subject=f"แจ้งผลที่ {number}")) for number in (1, 2, 3)]


@pytest.fixture
def director(cast: SampleAgency) -> Person:
    return cast.people["director"]


def seen(letters: list[Letter]) -> list[many.Seen]:
    return [(letter, letter.version) for letter in letters]


def sign(letters: list[Letter], by: Person) -> ManyLetters:
    identity = confirm_by_password(by, PASSWORD, at=NEW_YEAR)
    return many.order(seen(letters), work=LetterWork.SIGN, identity=identity, by=by, at=NEW_YEAR)


def states(letters: list[Letter]) -> list[str]:
    return list(
        Letter.objects.filter(pk__in=[one.pk for one in letters]).order_by("pk").values_list("state", flat=True)
    )


def test_one_proof_signs_all_and_numbers_them_without_gaps(to_sign: list[Letter], director: Person) -> None:
    ordered = sign(to_sign, director)

    many.move(ordered.pk)

    ordered.refresh_from_db()
    assert (ordered.state, ordered.done) == (WorkState.DONE, 3)
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert all(letter.sealed for letter in Letter.objects.all())


def test_from_draft_to_everybody_in_four_goes(cast: SampleAgency, director: Person) -> None:
    planner, head = cast.people["planner"], cast.people["planning-head"]
    letters = [draft_circular(cast, subject=f"แจ้งผลที่ {number}") for number in (1, 2)]

    for work, by in ((LetterWork.HAND_IN, planner), (LetterWork.PASS, head)):
        fresh = list(Letter.objects.order_by("pk"))
        many.move(many.order(seen(fresh), work=work, by=by, at=NEW_YEAR).pk)
    many.move(sign(list(Letter.objects.order_by("pk")), director).pk)
    fresh = list(Letter.objects.order_by("pk"))
    many.move(many.order(seen(fresh), work=LetterWork.SEND, by=planner, at=NEW_YEAR).pk)

    assert states(letters) == [State.SENT, State.SENT]
    assert all(letter.recipients.exists() for letter in Letter.objects.all())


def test_a_letter_that_changed_is_a_line_and_the_others_go_on(to_sign: list[Letter], director: Person) -> None:
    ordered = sign(to_sign, director)
    actions.send_back(to_sign[1], because="แก้ชื่อเรื่อง", seen=None, by=director, at=NEW_YEAR)

    many.move(ordered.pk)

    assert states(to_sign) == [State.SIGNED, State.DRAFTING, State.SIGNED]
    faults = list(ordered.contents.order_by("number").values_list("fault", flat=True))
    assert [bool(fault) for fault in faults] == [False, True, False]


def test_stopped_in_between_what_is_done_stays_done(
    to_sign: list[Letter], director: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = sign(to_sign, director)
    move_one = many._move_one

    def stop_after_the_first(asked: ManyLetters, one: Any) -> None:
        move_one(asked, one)
        many.stop(asked, by=director, at=NEW_YEAR)

    monkeypatch.setattr(many, "_move_one", stop_after_the_first)
    many.move(ordered.pk)

    assert states(to_sign) == [State.SIGNED, State.SIGNING, State.SIGNING]
    with pytest.raises(Refused):
        many.stop(ordered, by=director, at=NEW_YEAR)


def test_a_second_worker_does_nothing_twice(to_sign: list[Letter], director: Person) -> None:
    ordered = sign(to_sign, director)
    many.move(ordered.pk)

    many.move(ordered.pk)

    assert Letter.objects.numbered().count() == len(to_sign)


def test_who_may_not_sign_is_told_for_each_letter(to_sign: list[Letter], cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        sign(to_sign, cast.people["staff"])

    assert len(refused.value.faults) == len(to_sign)


def test_signing_many_needs_the_proof_and_one_go_at_a_time(to_sign: list[Letter], director: Person) -> None:
    with pytest.raises(Refused):
        many.order(seen(to_sign), work=LetterWork.SIGN, by=director, at=NEW_YEAR)
    sign(to_sign[:1], director)

    with pytest.raises(Refused):
        sign(to_sign[1:], director)


def test_nobody_else_stops_it(to_sign: list[Letter], director: Person, cast: SampleAgency) -> None:
    ordered = sign(to_sign, director)

    with pytest.raises(Refused):
        many.stop(ordered, by=cast.people["planner"], at=NEW_YEAR)


def test_none_chosen_is_told(director: Person) -> None:
    with pytest.raises(Faults):
        sign([], director)


def test_after_a_killed_worker_it_goes_on_where_it_was(to_sign: list[Letter], director: Person) -> None:
    ordered = sign(to_sign, director)
    ManyLetters.objects.filter(pk=ordered.pk).update(state=WorkState.WORKING)
    with pytest.raises(Refused):
        many.go_on(ordered, by=director, at=NEW_YEAR)

    many.go_on(ordered, by=director, at=NEW_YEAR + 2 * many.SILENT)
    many.move(ordered.pk)

    assert set(states(to_sign)) == {State.SIGNED}
