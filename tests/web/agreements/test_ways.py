"""The way of signing, and signing with a certificate, on their pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from raprong.access.second_factor import set_up
from raprong.agreements import actions
from raprong.agreements.models import Agreement
from raprong.core import clock
from raprong.lib.one_time_codes import code_of, new_secret, step_of
from raprong.organisation.models import Person
from raprong.signatures.enums import Way
from raprong.signatures.models import Signature
from tests.factories.agreements import open_for_signing
from tests.factories.certificates import authority, issue
from tests.web.agreements.test_agreement import address, page_of
from tests.web.keyboard import PASSWORD, SignIn

PASSWORD_OF_FILE = "known to its owner"


@pytest.fixture
def by_certificate(drafted: Agreement, planner: Person) -> Agreement:
    chosen = actions.choose_way(drafted, Way.CERTIFICATE, seen=None, by=planner, at=clock.now())
    return open_for_signing(chosen, planner, at=clock.now())


@pytest.fixture(scope="module")
def file_of_head() -> Callable[[], SimpleUploadedFile]:
    content = issue(authority(), "Sample head").pkcs12(PASSWORD_OF_FILE)
    return lambda: SimpleUploadedFile("head.p12", content)


def data_of(agreement: Agreement, **changes: object) -> dict[str, object]:
    assert agreement.paper is not None
    return {"seen_sha256": agreement.paper.sha256, "intent": "on", "password": PASSWORD_OF_FILE} | changes


def test_the_way_is_chosen_and_stands_on_every_page(drafted: Agreement, sign_in: SignIn) -> None:
    client = sign_in("planner")

    answer = client.post(address("way", drafted), {"way": "wet_ink", "version": drafted.version})

    assert answer.status_code == 302
    assert "ลงนามด้วยปากกาบนกระดาษ" in client.get(page_of(drafted.run)).text
    assert sign_in("staff").get(address("way", drafted)).status_code == 403


def test_a_certificate_signs(
    by_certificate: Agreement, sign_in: SignIn, file_of_head: Callable[[], SimpleUploadedFile]
) -> None:
    client = sign_in("head1")
    page = client.get(address("sign", by_certificate)).text

    answer = client.post(address("sign", by_certificate), data_of(by_certificate, certificate=file_of_head()))

    assert "ใบรับรองอิเล็กทรอนิกส์" in page
    assert answer.status_code == 302
    assert Signature.objects.get().method == "certificate"


def test_what_is_wrong_with_a_certificate_stands_at_its_field(
    by_certificate: Agreement, sign_in: SignIn, file_of_head: Callable[[], SimpleUploadedFile]
) -> None:
    client, way = sign_in("head1"), address("sign", by_certificate)

    missing = client.post(way, data_of(by_certificate))
    wrong = client.post(way, data_of(by_certificate, certificate=file_of_head(), password="another"))
    other = client.post(way, data_of(by_certificate, certificate=SimpleUploadedFile("a.p12", b"nothing")))

    assert [answer.status_code for answer in (missing, wrong, other)] == [422] * 3
    assert "โปรดเลือกแฟ้มใบรับรอง" in missing.text
    assert "รหัสผ่านเปิดแฟ้มใบรับรองนี้ไม่ได้" in wrong.text
    assert "ไม่ใช่แฟ้มใบรับรอง" in other.text
    assert not Signature.objects.exists()


def test_a_notice_leads_who_has_nothing_to_sign_to_the_agreement(opened: Agreement, sign_in: SignIn) -> None:
    answer = sign_in("planner").get(address("sign", opened))

    assert answer.status_code == 302
    assert answer.headers["Location"] == page_of(opened.run)


def test_whoever_has_a_second_factor_signs_with_its_code(opened: Agreement, sign_in: SignIn) -> None:
    head, secret, earlier = opened_head(opened), new_secret(), timezone.now() - timedelta(minutes=5)
    set_up(secret, code_of(secret, step_of(earlier)), true_time=earlier, by=head, at=clock.now())
    client, code = sign_in("head1"), code_of(secret, step_of(timezone.now()))
    shown = {"seen_sha256": opened.shown.sha256 if opened.shown else "", "intent": "on"}

    page = client.get(address("sign", opened)).text
    by_password = client.post(address("sign", opened), shown | {"password": PASSWORD})
    by_code = client.post(address("sign", opened), shown | {"code": code})

    assert 'name="password"' not in page
    assert by_password.status_code == 422
    assert by_code.status_code == 302
    assert Signature.objects.get().method == "code"


def test_guessing_a_password_at_the_signature_is_stopped(opened: Agreement, sign_in: SignIn) -> None:
    cache.clear()
    client = sign_in("head1")
    shown = {"seen_sha256": opened.shown.sha256 if opened.shown else "", "intent": "on"}

    for _turn in range(6):
        answer = client.post(address("sign", opened), shown | {"password": "guess"})

    assert "รอ ๕ นาที" in answer.text
    assert client.post(address("sign", opened), shown | {"password": PASSWORD}).status_code == 422
    cache.clear()


def opened_head(agreement: Agreement) -> Person:
    return agreement.parties.get(person__user__username="head1").person
