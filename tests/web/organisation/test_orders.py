"""The page of orders: read by the office, entered by administrators."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import Delegation, Person

PAGE = reverse("organisation:orders")


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies["django_language"] = "en"
    return client


def typed(cast: SampleAgency, **changes: str) -> dict[str, str]:
    return {
        "position": cast.positions["mip/head"].public_id,
        "person": cast.people["planning-head"].public_id,
        "authority": "acting",
        "order_number": "12/2570",
        "starts_on": clock.today().isoformat(),
        **changes,
    }


@pytest.fixture
def order(cast: SampleAgency) -> Delegation:
    return Delegation.objects.create(
        position=cast.positions["mip/head"],
        person=cast.people["planning-head"],
        authority="on_behalf",
        order_number="12/2570",
        starts_on=date(2026, 10, 1),
    )


def test_an_administrator_enters_an_order_and_reads_its_words(cast: SampleAgency) -> None:
    page = seat(cast.people["admin"]).post(PAGE, typed(cast), follow=True).text

    assert "The order is entered." in page
    assert "รักษาราชการแทนผู้อำนวยการสำนัก" in page
    assert "In force" in page


def test_faults_stand_at_their_fields_and_what_was_typed_stays(cast: SampleAgency) -> None:
    answer = seat(cast.people["admin"]).post(PAGE, typed(cast, order_number="", ends_on="1999-01-01"))

    assert answer.status_code == 422
    assert "The order ends before it begins." in answer.text
    assert "1999" in answer.text


def test_an_administrator_ends_an_order(cast: SampleAgency, order: Delegation) -> None:
    ending = reverse("organisation:end-order", kwargs={"order": order.public_id})

    page = seat(cast.people["admin"]).post(ending, follow=True).text

    assert "The order ends today." in page
    assert "End today" not in page


def test_others_read_the_orders_and_change_none(cast: SampleAgency, order: Delegation) -> None:
    client = seat(cast.people["staff"])

    page = client.get(PAGE).text
    entering = client.post(PAGE, typed(cast))

    assert "ปฏิบัติราชการแทน" in page
    assert "Enter the order" not in page
    assert entering.status_code == 403
    assert Delegation.objects.count() == 1


def test_another_department_finds_no_order(outsider: Person, order: Delegation) -> None:
    client = seat(outsider)

    assert "ปฏิบัติราชการแทน" not in client.get(PAGE).text
    assert client.post(reverse("organisation:end-order", kwargs={"order": order.public_id})).status_code == 404
