"""Many letters on their pages: ticked, signed with one proof, watched by whoever asked alone."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from raprong.circulation import many as going
from raprong.circulation.enums import State
from raprong.circulation.models import Letter, ManyLetters
from raprong.cli.sample.organisation import SampleAgency
from tests.factories.circulation import checked, draft_circular
from tests.web.keyboard import PASSWORD, SignIn

SIGNING = "circulation:many-choose"


@pytest.fixture
def to_sign(cast: SampleAgency) -> list[Letter]:
    return [checked(draft_circular(cast, subject=f"แจ้งผลที่ {number}")) for number in (1, 2)]


@pytest.fixture
def cast(offices: dict[str, SampleAgency]) -> SampleAgency:
    return offices["hss"]


def ticks(letters: list[Letter]) -> list[str]:
    return [f"{letter.public_id}:{letter.version}" for letter in letters]


def sign(client: Client, letters: list[Letter], *, password: str = PASSWORD) -> object:
    data = {"letters": ticks(letters), "intent": "on", "password": password}
    return client.post(reverse(SIGNING, args=["sign"]), data, follow=True)


def test_the_director_signs_all_with_one_password(to_sign: list[Letter], sign_in: SignIn) -> None:
    director = sign_in("director")
    offered = director.get(reverse("circulation:many")).text

    ordered = sign(director, to_sign)
    going.move(ManyLetters.objects.get().pk)
    done = director.get(ordered.redirect_chain[-1][0]).text  # type: ignore[attr-defined]

    assert reverse(SIGNING, args=["sign"]) in offered
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SIGNED}
    assert "สธ ๐๗๒๐/ว ๒" in done


def test_a_wrong_password_signs_nothing_and_keeps_the_ticks(to_sign: list[Letter], sign_in: SignIn) -> None:
    answer = sign(sign_in("director"), to_sign[:1], password="something else")

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY  # type: ignore[attr-defined]
    assert answer.text.count(" checked") == len(["the letter", "the intent"])  # type: ignore[attr-defined]
    assert not ManyLetters.objects.exists()


def test_who_may_not_sign_is_offered_nothing(to_sign: list[Letter], sign_in: SignIn) -> None:
    page = sign_in("staff").get(reverse(SIGNING, args=["sign"])).text

    assert to_sign[0].subject not in page


def test_no_other_work_has_an_address(sign_in: SignIn) -> None:
    assert sign_in("director").get(reverse(SIGNING, args=["burn"])).status_code == HTTPStatus.NOT_FOUND


def test_only_whoever_asked_watches_and_stops(to_sign: list[Letter], sign_in: SignIn, cast: SampleAgency) -> None:
    sign(sign_in("director"), to_sign)
    asked = ManyLetters.objects.get()
    watch, stop = (reverse(f"circulation:many-{name}", args=[asked.public_id]) for name in ("one", "stop"))

    assert sign_in("planner").get(watch).status_code == HTTPStatus.NOT_FOUND
    assert sign_in("planner").post(stop).status_code == HTTPStatus.NOT_FOUND
    assert sign_in("director").post(stop, follow=True).status_code == HTTPStatus.OK
    going.move(asked.pk)
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SIGNING}


def test_the_planner_hands_many_in(cast: SampleAgency, sign_in: SignIn) -> None:
    letters = [draft_circular(cast, subject=f"แจ้งผลที่ {number}") for number in (1, 2)]

    sign_in("planner").post(reverse(SIGNING, args=["hand_in"]), {"letters": ticks(letters)})
    going.move(ManyLetters.objects.get().pk)

    assert set(Letter.objects.values_list("state", flat=True)) == {State.CHECKING}


def test_nothing_ticked_is_told(cast: SampleAgency, sign_in: SignIn) -> None:
    draft_circular(cast)

    answer = sign_in("planner").post(reverse(SIGNING, args=["hand_in"]), {})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_outsider_finds_no_letter_of_another_agency(to_sign: list[Letter], sign_in: SignIn) -> None:
    page = sign_in("director.pa").get(reverse(SIGNING, args=["sign"])).text

    assert to_sign[0].subject not in page
