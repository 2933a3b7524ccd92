import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tests.web.keyboard import SignIn

pytestmark = pytest.mark.urls("tests.web.shell.addresses")

SENTENCE = "น้ำหนักรวมได้ ๙๕ ต้องครบ ๑๐๐"
PAGE = "http://testserver/where/"


@pytest.fixture
def planner(sign_in: SignIn) -> Client:
    return sign_in("planner")


def test_a_refused_page_says_why_and_where_to_go(planner: Client) -> None:
    response = planner.get("/refused/")

    assert response.status_code == 403
    assert SENTENCE in response.text
    assert "ไปหน้างานของฉัน" in response.text


def test_a_refused_button_goes_back_to_its_page_with_the_sentence(planner: Client) -> None:
    response = planner.post("/refused/", {"version": "3"}, headers={"Referer": PAGE})

    assert response.status_code == 302
    assert response.headers["Location"] == PAGE
    assert [str(message) for message in get_messages(response.wsgi_request)] == [SENTENCE]
    assert SENTENCE in planner.get("/where/").text


def test_a_refused_form_keeps_what_was_typed(planner: Client) -> None:
    response = planner.post("/refused/", {"remark": "รอเอกสาร", "password": "secret!"}, headers={"Referer": PAGE})

    assert response.status_code == 403
    assert "รอเอกสาร" in response.text
    assert "secret!" not in response.text


def test_only_what_a_person_typed_is_shown_to_copy(planner: Client) -> None:
    data = {"rows-TOTAL_FORMS": "6", "seen_sha256": "5c18dfb7", "intent": "on", "remark": "รอเอกสาร"}

    response = planner.post("/refused/", data, headers={"Referer": PAGE})

    assert "รอเอกสาร" in response.text
    assert "TOTAL" not in response.text
    assert "5c18dfb7" not in response.text


def test_a_refusal_never_leads_to_another_site(planner: Client) -> None:
    response = planner.post("/refused/", headers={"Referer": "http://elsewhere.example/"})

    assert response.status_code == 403
    assert "elsewhere" not in response.text


def test_a_refused_button_of_htmx_moves_the_whole_page(planner: Client) -> None:
    response = planner.post("/refused/", headers={"HX-Request": "true", "HX-Current-URL": PAGE})

    assert response.headers["HX-Redirect"] == PAGE


def test_the_later_of_two_is_told_and_loses_nothing(planner: Client) -> None:
    response = planner.post("/stale/", {"version": "3", "result": "94.50"}, headers={"Referer": PAGE})

    assert response.status_code == 409
    assert "ผลเดือนธันวาคม" in response.text
    assert "94.50" in response.text
    assert f'href="{PAGE}"' in response.text


def test_an_unknown_page_says_so_in_words(planner: Client) -> None:
    response = planner.get("/nowhere/")

    assert response.status_code == 404
    assert "ไม่พบหน้านี้" in response.text


def test_words_for_a_page_that_is_gone_are_shown_once_more(planner: Client) -> None:
    response = planner.post("/nowhere/", {"remark": "รอเอกสาร"})

    assert response.status_code == 404
    assert "รอเอกสาร" in response.text
    assert "รอเอกสาร" not in Client().post("/nowhere/", {"remark": "รอเอกสาร"}).text


def test_our_own_fault_shows_no_trace(planner: Client) -> None:
    planner.raise_request_exception = False

    response = planner.get("/broken/")

    assert response.status_code == 500
    assert "ระบบขัดข้อง" in response.text
    assert "ZeroDivisionError" not in response.text


def test_our_own_fault_loses_no_words(planner: Client) -> None:
    planner.raise_request_exception = False

    response = planner.post("/broken/", {"remark": "รอเอกสาร", "password": "secret!"}, headers={"Referer": PAGE})

    assert response.status_code == 500
    assert "รอเอกสาร" in response.text
    assert "secret!" not in response.text


def test_a_full_disk_is_told_and_loses_no_words(planner: Client) -> None:
    planner.raise_request_exception = False

    response = planner.post("/full/", {"remark": "รอเอกสาร"}, headers={"Referer": PAGE})

    assert response.status_code == 507
    assert "ผู้ดูแลระบบ" in response.text
    assert "รอเอกสาร" in response.text
    assert f'href="{PAGE}"' in response.text


def test_a_form_that_comes_after_the_session_ended_keeps_its_words(planner: Client) -> None:
    planner.logout()

    said = {"remark": "รอเอกสาร", "version": "3", "evidence-arrived": "tokenofafile"}
    response = planner.post("/where/", said, headers={"Referer": PAGE})

    assert response.status_code == 403
    assert "รอเอกสาร" in response.text
    assert "tokenofafile" not in response.text
    assert f"{reverse('account_login')}?next=" in response.text


def test_a_button_pressed_after_the_session_ended_leads_to_the_sign_in(planner: Client) -> None:
    planner.logout()

    response = planner.post("/where/", {"version": "3"})

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_form_from_elsewhere_is_refused_and_keeps_the_words(sign_in: SignIn) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in("planner").cookies

    response = strict.post(reverse("shell:switch"), {"remark": "รอเอกสาร"})

    assert response.status_code == 403
    assert "แบบฟอร์มนี้หมดอายุแล้ว" in response.text
    assert "รอเอกสาร" in response.text


def test_words_that_were_taken_are_named_to_the_browser_and_no_others(planner: Client) -> None:
    name = "0123456789abcdef" * 2

    taken = planner.post("/saved/", {"typed_as": name})
    refused = planner.post("/refused/", {"typed_as": name, "remark": "รอเอกสาร"})
    odd = planner.post("/saved/", {"typed_as": "x; path=/"})

    assert taken.cookies["taken"].value == name
    assert "taken" not in refused.cookies
    assert "taken" not in odd.cookies
