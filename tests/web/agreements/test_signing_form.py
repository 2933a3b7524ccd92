"""The form for the ceremony, as the browser opens it."""

from django.urls import reverse

from raprong.agreements.models import Agreement
from raprong.agreements.queries import signing_form_of
from raprong.files.models import StoredFile
from tests.factories.papers import content_of
from tests.web.keyboard import SignIn


def address(agreement: Agreement) -> str:
    return reverse("agreements:signing-form", kwargs={"agreement": agreement.public_id})


def page_of(agreement: Agreement) -> str:
    return reverse("agreements:agreement", kwargs={"run": agreement.run.public_id})


def test_there_is_no_form_before_signing_opens(drafted: Agreement, sign_in: SignIn) -> None:
    client = sign_in("planner")

    assert client.get(address(drafted)).status_code == 404
    assert address(drafted) not in client.get(page_of(drafted)).content.decode()


def test_the_form_is_printed_while_signing_is_open(opened: Agreement, sign_in: SignIn) -> None:
    kept = StoredFile.objects.count()
    client = sign_in("planner")

    answer = client.get(address(opened))

    assert address(opened) in client.get(page_of(opened)).content.decode()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('inline; filename="signing_form-')
    assert answer.getvalue().startswith(b"%PDF")
    assert StoredFile.objects.count() == kept


def test_in_force_the_deposited_form_is_shown(in_force: Agreement, sign_in: SignIn) -> None:
    deposited = signing_form_of(in_force)
    assert deposited is not None

    answer = sign_in("planner").get(address(in_force))

    assert answer.getvalue() == content_of(deposited)


def test_another_department_finds_no_form(opened: Agreement, sign_in: SignIn) -> None:
    assert sign_in("planner.pa").get(address(opened)).status_code == 404
