"""The second factor on the pages: setting it up, signing in with it, being led to it, and losing the device."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from raprong.access.roles import SecondFactor, all_roles
from raprong.access.second_factor import is_set_up, set_up
from raprong.core import clock
from raprong.lib.one_time_codes import code_of, new_secret, step_of
from raprong.organisation.models import Person
from tests.web.keyboard import PASSWORD, SignIn

pytestmark = pytest.mark.usefixtures("offices")
INDEX, SET_UP = "/account/second-factor/", "/account/second-factor/set-up/"
SIGN_IN, CODE = "/account/sign-in/", "/account/code/"


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def planner() -> Person:
    return Person.objects.get(user__username="planner")


@pytest.fixture
def secret(planner: Person) -> str:
    """Of a device that was set up a while ago."""
    made, earlier = new_secret(), timezone.now() - timedelta(minutes=10)
    set_up(made, code_of(made, step_of(earlier)), true_time=earlier, by=planner, at=clock.now())
    return made


@pytest.fixture
def required() -> Iterator[None]:
    roles = all_roles()
    kept = roles["planning_officer"]
    roles["planning_officer"] = replace(kept, second_factor=SecondFactor.REQUIRED)
    yield
    roles["planning_officer"] = kept


def code_now(secret: str) -> str:
    return code_of(secret, step_of(timezone.now()))


def with_password(client: Client) -> str:
    return client.post(SIGN_IN, {"login": "planner", "password": PASSWORD}).headers["Location"]


def prove_again(client: Client, address: str) -> None:
    """The password once more, as allauth asks for it before something delicate."""
    assert client.get(address).headers["Location"].startswith("/account/password/again/")
    client.post("/account/password/again/", {"password": PASSWORD, "next": address})


def test_setting_it_up_shows_recovery_codes_once(sign_in: SignIn, planner: Person) -> None:
    client = sign_in("planner")
    prove_again(client, SET_UP)
    page = client.get(SET_UP)
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page.text)
    assert secret
    assert page.headers["Cache-Control"] == "no-store"

    answer = client.post(SET_UP, {"code": code_now(secret[1].replace(" ", ""))})

    assert answer.status_code == 200
    assert len(re.findall(r"<li><code>\d{4} \d{4}</code></li>", answer.text)) == 10
    assert is_set_up(planner)


def test_a_wrong_first_code_stays_at_its_field(sign_in: SignIn, planner: Person) -> None:
    client = sign_in("planner")
    prove_again(client, SET_UP)

    answer = client.post(SET_UP, {"code": "000"})

    assert answer.status_code == 422
    assert '<a href="#id_code">' in answer.text
    assert not is_set_up(planner)


def test_the_password_alone_does_not_sign_in(client: Client, secret: str) -> None:
    assert with_password(client) == CODE

    assert client.get(INDEX).status_code == 302
    assert "รหัสสำรอง" in client.get(CODE).text


def test_password_and_code_sign_in(client: Client, secret: str) -> None:
    with_password(client)

    client.post(CODE, {"code": code_now(secret)})

    assert client.get(INDEX).status_code == 200


def test_guessing_codes_is_stopped(client: Client, secret: str) -> None:
    with_password(client)

    for _turn in range(6):
        page = client.post(CODE, {"code": "1"})

    assert "รอ ๕ นาที" in page.text


@pytest.mark.usefixtures("required")
def test_whose_role_requires_it_is_led_to_it_first(sign_in: SignIn) -> None:
    client = sign_in("planner")

    assert client.get("/where/").headers["Location"] == SET_UP
    assert client.get(INDEX).headers["Location"] == SET_UP
    prove_again(client, SET_UP)
    assert "ตั้งให้เรียบร้อยก่อน" in client.get(SET_UP).text


def test_giving_it_up_is_asked_and_said(client: Client, secret: str, planner: Person) -> None:
    with_password(client)
    client.post(CODE, {"code": code_now(secret)})
    prove_again(client, "/account/second-factor/give-up/")

    assert client.get("/account/second-factor/give-up/").status_code == 200
    client.post("/account/second-factor/give-up/")

    assert not is_set_up(planner)


def test_new_recovery_codes_are_asked_and_shown(client: Client, secret: str) -> None:
    with_password(client)
    client.post(CODE, {"code": code_now(secret)})
    prove_again(client, "/account/second-factor/recovery-codes/")

    assert client.get("/account/second-factor/recovery-codes/").status_code == 200
    assert "recovery-codes" in client.post("/account/second-factor/recovery-codes/").text


def test_an_administrator_takes_it_away_on_the_persons_page(sign_in: SignIn, secret: str, planner: Person) -> None:
    client = sign_in("admin")
    page, action = (
        f"/organisation/people/{planner.public_id}/",
        f"/organisation/people/{planner.public_id}/second-factor/",
    )
    assert action in client.get(page).text

    silent = client.post(action, {"because": ""})
    client.post(action, {"because": "โทรศัพท์หาย มาแสดงตัวเอง"})

    assert silent.status_code == 422
    assert not is_set_up(planner)


def test_nobody_else_sees_that_it_is_set_up(sign_in: SignIn, secret: str, planner: Person) -> None:
    page = sign_in("director").get(f"/organisation/people/{planner.public_id}/").text

    assert "second-factor/" not in page.split("</header>")[-1]


def test_a_code_proves_again_in_place_of_the_password(client: Client, secret: str, planner: Person) -> None:
    with_password(client)
    client.post(CODE, {"code": code_now(secret)})
    give_up, once_more = "/account/second-factor/give-up/", "/account/code/again/"
    offered = client.get(client.get(give_up).headers["Location"]).text
    next_code = code_of(secret, step_of(timezone.now()) + 1)

    page = client.get(once_more, {"next": give_up}).text
    answer = client.post(once_more, {"code": next_code, "next": give_up})

    assert once_more in offered
    assert "ยืนยันตัวตนชั้นที่สองอีกครั้ง" in page
    assert answer.headers["Location"] == give_up
    assert client.get(give_up).status_code == 200
