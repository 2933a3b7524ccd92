"""The page of seals: for administrators, who install, retire and trust."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import Person
from raprong.seals.models import SealCertificate, TrustedAuthority
from tests.factories.certificates import Issued, authority, issue
from tests.timestamps import YEAR, now

PAGE, INSTALL, TRUST = (reverse(f"seals:{name}") for name in ("list", "install", "trust"))
PASSWORD = "the seal's own passwörd"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture(scope="module")
def root() -> Issued:
    return authority("National test authority", since=now() - YEAR, until=now() + YEAR)


@pytest.fixture(scope="module")
def office_seal(root: Issued) -> Issued:
    return issue(root, "Seal of the office", since=now() - YEAR, until=now() + YEAR)


@pytest.fixture
def administrator(cast: SampleAgency) -> Client:
    return seat(cast.people["admin"])


def installed(administrator: Client, issued: Issued, password: str = PASSWORD) -> Any:
    return administrator.post(
        INSTALL,
        {
            "unit": "",
            "file": SimpleUploadedFile("seal.p12", issued.pkcs12(PASSWORD)),
            "password": password,
            "in_force_from": clock.today().isoformat(),
        },
        follow=True,
    )


def test_page_says_that_the_installations_own_seal_is_for_training(administrator: Client) -> None:
    page = administrator.get(PAGE).text

    assert "for evaluation and training" in page
    assert "No certificate yet" in page


def test_administrator_installs_and_sees_whom_it_names(administrator: Client, office_seal: Issued) -> None:
    page = installed(administrator, office_seal).text

    assert "Seal of the office is installed." in page
    assert "Issued by National test authority" in page
    assert "Seals papers" in page
    assert "Install the agency&#39;s certificate before" not in page
    assert SealCertificate.objects.get().sha256[:4].upper() in page


def test_wrong_password_stands_at_its_field_and_is_not_shown_again(administrator: Client, office_seal: Issued) -> None:
    answer = installed(administrator, office_seal, password="not the one")

    assert answer.status_code == 422
    assert "does not open this certificate file" in answer.text
    assert "not the one" not in answer.text
    assert not SealCertificate.objects.exists()


def test_retiring_asks_once_more_and_for_the_reason(administrator: Client, office_seal: Issued) -> None:
    installed(administrator, office_seal)
    address = reverse("seals:retire", args=[SealCertificate.objects.get().public_id])

    asked, without, done = (
        administrator.get(address),
        administrator.post(address, {"because": ""}),
        administrator.post(address, {"because": "key lost"}, follow=True),
    )

    assert "cannot be taken back" in asked.text
    assert without.status_code == 422
    assert "Retired because: key lost" in done.text


def test_administrator_trusts_and_withdraws(administrator: Client, root: Issued) -> None:
    trusted = administrator.post(TRUST, {"file": SimpleUploadedFile("root.pem", root.pem)}, follow=True)
    address = reverse("seals:withdraw", args=[TrustedAuthority.objects.get().public_id])
    withdrawn = administrator.post(address, {"because": "contract ended"}, follow=True)

    assert "National test authority is trusted." in trusted.text
    assert "Withdrawn because: contract ended" in withdrawn.text


def test_what_is_no_root_is_told_at_its_field(administrator: Client) -> None:
    answer = administrator.post(TRUST, {"file": SimpleUploadedFile("root.pem", b"no certificate")})

    assert answer.status_code == 422
    assert "not the root certificate of an authority" in answer.text


@pytest.mark.parametrize("who", ["planner", "director", "staff", "records"])
def test_nobody_else_sees_the_page(who: str, cast: SampleAgency) -> None:
    client = seat(cast.people[who])

    assert client.get(PAGE).status_code == 403
    assert client.get(INSTALL).status_code == 403


def test_certificate_of_another_agency_does_not_exist(
    administrator: Client, office_seal: Issued, other_cast: SampleAgency
) -> None:
    installed(administrator, office_seal)
    address = reverse("seals:retire", args=[SealCertificate.objects.get().public_id])

    assert seat(other_cast.people["admin.pa"]).get(address).status_code == 404
