import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from raprong.access.administration import give_new_password
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import User
from tests.web.keyboard import PASSWORD, SignIn

pytestmark = pytest.mark.usefixtures("offices")
SIGN_IN = "/account/sign-in/"


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    cache.clear()


def test_a_visitor_is_led_to_the_sign_in_page_and_back(client: Client) -> None:
    away = client.get(reverse("shell:switch"))
    assert away.headers["Location"] == f"{SIGN_IN}?next=/where/"

    back = client.post(SIGN_IN, {"login": "planner", "password": PASSWORD, "next": "/where/"})

    assert back.headers["Location"] == "/where/"


def test_the_e_mail_address_serves_as_well(client: Client) -> None:
    User.objects.filter(username="planner").update(email="planner@office.example")

    answer = client.post(SIGN_IN, {"login": "planner@office.example", "password": PASSWORD, "next": "/where/"})

    assert answer.headers["Location"] == "/where/"


def test_a_wrong_password_is_told_in_thai_without_saying_which_was_wrong(client: Client) -> None:
    page = client.post(SIGN_IN, {"login": "planner", "password": "something else"}).text

    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in page


def test_an_empty_form_links_each_fault_to_its_field(client: Client) -> None:
    page = client.post(SIGN_IN, {}).text

    assert '<a href="#id_login">ชื่อผู้ใช้หรืออีเมล: ยังไม่ได้กรอกช่องนี้</a>' in page
    assert '<a href="#id_password">รหัสผ่าน: ยังไม่ได้กรอกช่องนี้</a>' in page


def test_guessing_is_stopped_after_some_attempts(client: Client) -> None:
    for _ in range(6):
        page = client.post(SIGN_IN, {"login": "planner", "password": "guess"})

    assert "รอ ๕ นาที" in page.text


def test_attempts_are_counted_by_every_process_of_the_server() -> None:
    cache.set("attempts", 4)

    another = "from django.core.cache import cache; cache.incr('attempts')"
    subprocess.run([sys.executable, "-c", another], check=True)

    assert cache.get("attempts") == 5


def test_a_whole_office_signs_in_from_one_address() -> None:
    answers = [Client().post(SIGN_IN, {"login": "planner", "password": PASSWORD}).status_code for _ in range(40)]

    assert answers == [302] * 40


def test_nobody_can_open_an_account_alone(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_signing_out_asks_for_a_button_and_ends_the_session(sign_in: SignIn) -> None:
    client = sign_in("planner")

    assert client.get("/account/sign-out/").status_code == 200
    client.post("/account/sign-out/")

    assert client.get(reverse("shell:switch")).status_code == 302


def test_a_short_password_is_refused_in_thai(sign_in: SignIn) -> None:
    client = sign_in("planner")

    page = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}).text

    assert "รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 10 ตัวอักษร" in page


def test_a_changed_password_works_and_is_said(sign_in: SignIn) -> None:
    client = sign_in("planner")
    new = "a better one for 2570"

    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "เปลี่ยนรหัสผ่านแล้ว" in client.get(reverse("shell:switch")).text
    assert User.objects.get(username="planner").check_password(new)


def test_a_temporary_password_opens_nothing_until_it_is_changed(
    sign_in: SignIn, offices: dict[str, SampleAgency]
) -> None:
    staff, admin = offices["hss"].people["staff"], offices["hss"].people["admin"]
    temporary = give_new_password(staff, by=admin, at=clock.now())
    client = sign_in("staff")
    change = reverse("account_change_password")

    first = client.get(reverse("home:work"))
    new = {"oldpassword": temporary, "password1": "ยาวพอและไม่ซ้ำใคร", "password2": "ยาวพอและไม่ซ้ำใคร"}
    changed = client.post(change, new)
    after = client.get(reverse("home:work"))

    assert first.headers["Location"] == change
    assert changed.status_code == 302
    assert after.status_code == 200
