"""Who is asked to sign: by the kind of the letter, or whoever its drafter asks; nobody who may not."""

from typing import Any

import pytest

from raprong.access.roles import roles_that_hold
from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.circulation import actions, signers
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.circulation.queries import asked_to_sign, letters_to_sign
from raprong.circulation.signers import (
    HEAD,
    LetterRules,
    Signers,
    appointed_signer,
    letter_rules,
    possible_signers,
)
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR
from tests.factories.agreements import proof_of
from tests.factories.circulation import checked

TODAY = NEW_YEAR.date()


def choose(letter: Letter, signer: Person | None, by: Person, seen: int | None = None) -> Letter:
    return actions.choose_signer(letter, signer, seen=seen, by=by, at=NEW_YEAR)


def test_a_result_letter_is_asked_of_the_executive_and_a_circular_of_the_head(cast: SampleAgency) -> None:
    asked = {kind: appointed_signer(cast.units["psdg"], kind, on=TODAY) for kind in LetterKind}

    assert asked == dict.fromkeys(LetterKind) | {LetterKind.RESULT_LETTER: cast.people["executive"]}


def test_every_role_that_is_asked_is_known_and_may_sign() -> None:
    said = letter_rules().signers
    roles = {role for asked in (said.otherwise, *said.agencies.values()) for role in asked.values()} - {HEAD}

    assert roles
    assert roles <= set(roles_that_hold("circulation.sign"))


def test_an_agency_may_leave_it_to_the_head(cast: SampleAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = LetterRules(
        Signers({LetterKind.RESULT_LETTER: "executive"}, {cast.agency.code: {LetterKind.RESULT_LETTER: "head"}})
    )
    monkeypatch.setattr(signers, "letter_rules", lambda: rules)

    assert appointed_signer(cast.units["psdg"], LetterKind.RESULT_LETTER, on=TODAY) is None


def test_whoever_drafts_asks_another_who_signs(
    drafted: Letter, cast: SampleAgency, planner: Person, director: Person, django_capture_on_commit_callbacks: Any
) -> None:
    executive = cast.people["executive"]

    letter = choose(drafted, executive, planner, seen=drafted.version)
    with django_capture_on_commit_callbacks(execute=True):
        letter = checked(letter)

    assert Entry.objects.get(kind="letter.signer_chosen").facts["signer"] == executive.name
    assert (letters_to_sign(executive, on=TODAY), letters_to_sign(director, on=TODAY)) == ([letter], [])
    assert {notice.person for notice in Notice.objects.filter(kind="letter.to_sign")} == {executive}
    signed = actions.sign(letter, identity=proof_of(executive, at=NEW_YEAR), by=executive, at=NEW_YEAR)
    assert signed.signed_by == executive


def test_the_head_is_asked_again_once_the_other_may_not_sign(drafted: Letter, cast: SampleAgency) -> None:
    drafted.signer = cast.people["staff"]

    assert asked_to_sign(drafted, on=TODAY) == cast.people["director"]


def test_who_may_not_sign_is_not_asked(drafted: Letter, cast: SampleAgency, planner: Person, outsider: Person) -> None:
    for person in (cast.people["staff"], planner, outsider):
        with pytest.raises(Faults, match="ไม่มีอำนาจลงนาม"):
            choose(drafted, person, planner)

    assert possible_signers(drafted.unit, on=TODAY) == [cast.people["director"], cast.people["executive"]]


@pytest.mark.parametrize("name", ["staff", "head1", "records", "auditor"])
def test_only_whoever_drafts_chooses(drafted: Letter, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        choose(drafted, None, cast.people[name])


def test_a_letter_in_other_hands_keeps_its_signer(
    handed_in: Letter, drafted: Letter, planner: Person, director: Person
) -> None:
    with pytest.raises(Refused):
        choose(handed_in, director, planner)


def test_the_later_of_two_is_told(drafted: Letter, planner: Person, director: Person) -> None:
    choose(drafted, director, planner, seen=drafted.version)

    with pytest.raises(Stale):
        choose(drafted, None, planner, seen=drafted.version)
