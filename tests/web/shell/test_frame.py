from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import User
from raprong.web.shell.whereabouts import offices_open_to, years_open
from tests.web.keyboard import SignIn

TODAY = date(2027, 1, 25)


@pytest.fixture
def planner(sign_in: SignIn) -> Client:
    return sign_in("planner")


def test_thai_is_spoken_whatever_the_browser_wishes(planner: Client) -> None:
    response = planner.get(reverse("shell:switch"), headers={"Accept-Language": "en"})

    assert '<html lang="th">' in response.text
    assert response.headers["Content-Language"] == "th"


def test_the_switch_of_language_is_remembered_and_comes_back(planner: Client) -> None:
    answer = planner.post(reverse("set-language"), {"language": "en", "next": "/where/?a=1"})

    assert answer.headers["Location"] == "/where/?a=1"
    assert '<html lang="en">' in planner.get("/where/").text


def test_the_switch_of_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.post(reverse("set-language"), {"language": "en", "next": "//elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_the_frame_says_who_and_where(planner: Client, offices: dict[str, SampleAgency]) -> None:
    page = planner.get(reverse("shell:switch")).text

    person = offices["hss"].people["planner"]
    assert person.name in page
    assert offices["hss"].office.name in page
    assert "ปีงบประมาณ พ.ศ." in page


def test_a_chosen_year_stays_until_another_is_chosen(planner: Client, offices: dict[str, SampleAgency]) -> None:
    address = reverse("shell:switch")
    earliest = years_open(clock.today())[-1]

    planner.post(address, {"unit": offices["hss"].office.public_id, "year": earliest})

    assert planner.get(address).wsgi_request.fiscal_year.be == earliest


def test_a_unit_of_another_department_cannot_be_chosen(planner: Client, offices: dict[str, SampleAgency]) -> None:
    address = reverse("shell:switch")

    answer = planner.post(address, {"unit": offices["anamai"].office.public_id, "year": "2570"})

    assert answer.status_code == 422
    assert planner.get(address).wsgi_request.unit == offices["hss"].office


def test_a_role_for_the_whole_agency_opens_its_units_only(offices: dict[str, SampleAgency]) -> None:
    assessor = next(
        person for person in offices["hss"].people.values() if person.role_grants.filter(unit__isnull=True).exists()
    )

    opened = offices_open_to(assessor, on=TODAY)

    assert {unit.agency_id for unit in opened} == {offices["hss"].agency.pk}
    assert offices["hss"].office in opened


def test_an_account_without_a_person_is_told_whom_to_ask(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("stray"))

    response = client.get(reverse("shell:switch"))

    assert response.status_code == 403
    assert "บัญชีของท่านยังไม่ผูกกับตำแหน่ง" in response.text
