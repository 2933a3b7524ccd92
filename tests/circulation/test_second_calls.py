"""A gentle second call: to those alone who have not opened a letter, at most once a day."""

from datetime import timedelta
from typing import Any

import pytest

from raprong.access.identity import confirm_by_password
from raprong.access.rules import Refused
from raprong.circulation import actions
from raprong.circulation.models import Letter, Recipient
from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.models import Notice
from tests.cast import NEW_YEAR, PASSWORD
from tests.factories.circulation import checked, draft_circular

TOMORROW = NEW_YEAR + timedelta(days=1)


@pytest.fixture
def sent(cast: SampleAgency) -> Letter:
    """A circular that reached two people, one of whom has opened it."""
    director = cast.people["director"]
    letter = checked(draft_circular(cast))
    identity = confirm_by_password(director, PASSWORD, at=NEW_YEAR)
    letter = actions.sign(letter, identity=identity, by=director, at=NEW_YEAR)
    reached = [cast.people["staff"], cast.people["staff2"]]
    letter = actions.send(letter, recipients=reached, by=cast.people["planner"], at=NEW_YEAR)
    read = Recipient.objects.get(letter=letter, person=cast.people["staff"])
    actions.mark_read(read, by=cast.people["staff"], at=NEW_YEAR)
    return letter


def test_only_who_has_not_opened_it_is_asked(
    sent: Letter, cast: SampleAgency, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        called = actions.call_again(sent, by=cast.people["planner"], at=TOMORROW)

    assert [one.person for one in called] == [cast.people["staff2"]]
    assert Notice.objects.get(kind="letter.second_call").person == cast.people["staff2"]


def test_nobody_is_asked_twice_on_one_day(sent: Letter, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    actions.call_again(sent, by=planner, at=TOMORROW)

    with pytest.raises(Refused):
        actions.call_again(sent, by=planner, at=TOMORROW + timedelta(hours=3))

    assert actions.call_again(sent, by=planner, at=TOMORROW + timedelta(days=1))


def test_the_call_stops_once_everybody_has_opened_it(sent: Letter, cast: SampleAgency) -> None:
    last = Recipient.objects.get(letter=sent, person=cast.people["staff2"])
    actions.mark_read(last, by=cast.people["staff2"], at=TOMORROW)

    with pytest.raises(Refused):
        actions.call_again(sent, by=cast.people["planner"], at=TOMORROW)


@pytest.mark.parametrize("name", ["staff", "head1", "auditor", "executive"])
def test_who_does_not_send_letters_calls_nobody(sent: Letter, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        actions.call_again(sent, by=cast.people[name], at=TOMORROW)


def test_a_draft_reached_nobody_yet(cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        actions.call_again(draft_circular(cast), by=cast.people["planner"], at=NEW_YEAR)
