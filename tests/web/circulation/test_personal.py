"""One circular for the file: each reader finds their own KPIs first, and its sender who has not opened it."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from raprong.access.identity import confirm_by_password
from raprong.circulation import actions
from raprong.circulation.models import Letter, Recipient
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation
from raprong.organisation.models import Person
from raprong.web.circulation.personal import results_for
from tests.cast import PASSWORD
from tests.evaluations.conftest import confirmed, evaluation, kpis, scored, submitted
from tests.factories.assessments import IN_OCTOBER, come_to
from tests.factories.circulation import checked

__all__ = ["confirmed", "evaluation", "kpis", "scored", "submitted"]


@pytest.fixture(autouse=True)
def _in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_OCTOBER)


@pytest.fixture
def circular(confirmed: Evaluation, cast: SampleAgency) -> Letter:
    planner, director = cast.people["planner"], cast.people["director"]
    come_to(confirmed.run, "evaluations.circular_sent", by=planner, at=IN_OCTOBER)
    letter = checked(evaluations.draft_circular(confirmed, by=planner, at=IN_OCTOBER), at=IN_OCTOBER)
    identity = confirm_by_password(director, PASSWORD, at=IN_OCTOBER)
    letter = actions.sign(letter, identity=identity, by=director, at=IN_OCTOBER)
    reached = [cast.people[name] for name in ("staff", "staff2", "records")]
    return actions.send(letter, recipients=reached, by=planner, at=IN_OCTOBER)


def at_the_desk_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_each_reader_finds_the_kpis_of_their_group_first(circular: Letter, cast: SampleAgency) -> None:
    found = {
        name: results_for(circular, cast.people[name], on=IN_OCTOBER.date()) for name in ("staff", "staff2", "records")
    }

    own = {name: [one.score.item.kpi.code for one in results.own] for name, results in found.items() if results}
    assert sorted(len(codes) for codes in own.values()) == [1, 1, 1]
    assert len({code for codes in own.values() for code in codes}) == len(own)


def test_the_kpis_come_with_the_letter_and_not_before_it_is_opened(circular: Letter, cast: SampleAgency) -> None:
    staff, page = at_the_desk_of(cast.people["staff"]), reverse("circulation:letter", args=[circular.public_id])

    before = staff.get(page).text
    after = staff.post(reverse("circulation:open", args=[circular.public_id]), follow=True).text

    assert "Your KPIs" not in before
    assert "Your KPIs" in after


def test_the_unread_are_one_click_away_and_asked_once_more(circular: Letter, cast: SampleAgency) -> None:
    planner, page = at_the_desk_of(cast.people["planner"]), reverse("circulation:unread", args=[circular.public_id])
    read = Recipient.objects.get(letter=circular, person=cast.people["staff"])
    actions.mark_read(read, by=cast.people["staff"], at=IN_OCTOBER)

    letter = planner.get(reverse("circulation:letter", args=[circular.public_id])).text
    letters = planner.get(reverse("circulation:list")).text
    listed = planner.get(page).text
    asked = planner.post(page, follow=True).text

    assert page in letter
    assert page in letters
    assert cast.people["staff2"].name in listed
    assert "2 people have been asked once more." in asked


def test_who_does_not_send_does_not_see_who_has_not_read(
    circular: Letter, cast: SampleAgency, outsider: Person
) -> None:
    page = reverse("circulation:unread", args=[circular.public_id])

    assert at_the_desk_of(cast.people["staff"]).get(page).status_code == HTTPStatus.FORBIDDEN
    assert at_the_desk_of(outsider).get(page).status_code == HTTPStatus.NOT_FOUND
