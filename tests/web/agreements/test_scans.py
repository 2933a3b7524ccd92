"""Handing in and approving the scan of an agreement signed by hand, on its page."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from raprong.agreements import actions
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.core import clock
from raprong.files import incoming
from raprong.organisation.models import Person
from raprong.signatures import scans
from raprong.signatures.enums import Way
from raprong.signatures.models import ScanPage
from tests.factories.agreements import open_for_signing
from tests.factories.papers import content_of
from tests.web.agreements.test_agreement import address, page_of
from tests.web.keyboard import SignIn


@pytest.fixture
def by_hand(drafted: Agreement, planner: Person) -> Agreement:
    chosen = actions.choose_way(drafted, Way.WET_INK, seen=None, by=planner, at=clock.now())
    return open_for_signing(chosen, planner, at=clock.now())


def scan_of(agreement: Agreement) -> SimpleUploadedFile:
    assert agreement.paper is not None
    return SimpleUploadedFile("scan.pdf", content_of(agreement.paper))


def blank_sheet() -> SimpleUploadedFile:
    written, content = PdfWriter(), BytesIO()
    written.add_blank_page(595, 842)
    written.write(content)
    return SimpleUploadedFile("blank.pdf", content.getvalue())


def data(*files: SimpleUploadedFile) -> dict[str, object]:
    return {"signed_on": clock.today().isoformat(), "sheets": list(files)}


def test_a_scan_is_handed_in_and_approved_by_another_person(by_hand: Agreement, sign_in: SignIn) -> None:
    planner, director = sign_in("planner"), sign_in("director")

    handed_in = planner.post(address("scan", by_hand), data(scan_of(by_hand)), follow=True)
    own = planner.post(address("approve-scan", by_hand))
    page = director.get(address("scan", by_hand)).text
    approved = director.post(address("approve-scan", by_hand), follow=True)

    assert "พบครบทุกหน้า" in handed_in.text
    assert own.status_code == 403
    assert "ภาพสแกนตรงกับเอกสาร" in page
    assert "มีผลใช้บังคับ" in approved.text
    assert Agreement.objects.get().state == State.IN_FORCE


def test_a_scan_that_came_ahead_in_pieces_is_handed_in_by_its_token(
    by_hand: Agreement, planner: Person, sign_in: SignIn
) -> None:
    content = scan_of(by_hand).read()
    token = incoming.begin("scan.pdf", len(content), by=planner, at=clock.now()).public_id
    incoming.append(token, [content], start=0, by=planner, at=clock.now())

    told = sign_in("planner").post(address("scan", by_hand), data() | {"sheets-arrived": [token]}, follow=True)

    assert "พบครบทุกหน้า" in told.text


def test_a_sheet_without_a_code_is_told_and_placed_by_hand(by_hand: Agreement, sign_in: SignIn) -> None:
    planner = sign_in("planner")

    page = planner.post(address("scan", by_hand), data(blank_sheet()), follow=True).text
    sheet = ScanPage.objects.get()
    place = reverse("agreements:place-sheet", kwargs={"agreement": by_hand.public_id, "page": sheet.public_id})
    placed = planner.post(place, {"page": "1"}, follow=True).text

    assert "แผ่นที่ ๑ อ่านรหัสไม่ได้" in page
    assert "แผ่นที่ ๑ อ่านรหัสไม่ได้" not in placed
    assert "ขาดหน้า ๒" in placed


def test_the_sheet_and_the_paper_are_seen_beside_each_other(by_hand: Agreement, sign_in: SignIn) -> None:
    planner = sign_in("planner")
    planner.post(address("scan", by_hand), data(scan_of(by_hand)))
    sheet = ScanPage.objects.first()
    assert sheet is not None
    ids = {"agreement": by_hand.public_id}

    scan = planner.get(reverse("agreements:scan-picture", kwargs=ids | {"page": sheet.public_id}))
    paper = planner.get(reverse("agreements:paper-picture", kwargs=ids | {"number": 1}))

    assert scan.content.startswith(b"\xff\xd8")
    assert paper.content.startswith(b"RIFF")


def test_a_file_that_is_no_scan_is_refused_in_words(by_hand: Agreement, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(address("scan", by_hand), data(SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF")))

    assert answer.status_code == 422
    assert "a.pdf" in answer.text


def test_not_accepting_it_tells_why_on_the_page(by_hand: Agreement, sign_in: SignIn) -> None:
    planner = sign_in("planner")
    planner.post(address("scan", by_hand), data(scan_of(by_hand)))

    sign_in("director").post(address("refuse-scan", by_hand), {"because": "ภาพมัวเกินไป"})

    assert "ภาพมัวเกินไป" in planner.get(address("scan", by_hand)).text


def test_the_code_on_a_page_leads_to_its_agreement(by_hand: Agreement, sign_in: SignIn, other_cast: object) -> None:
    printed = scans.print_of(by_hand)
    assert printed is not None
    code = reverse("printed-page", kwargs={"code": printed.public_id, "page": 2})

    assert sign_in("planner").get(code).headers["Location"] == address("scan", by_hand)
    assert sign_in("planner.pa").get(code).status_code == 404
    assert "พิมพ์ ลงนาม" in sign_in("planner").get(page_of(by_hand.run)).text


def test_the_code_leads_everybody_to_the_check_once_it_is_signed(
    by_hand: Agreement, sign_in: SignIn, client: Client
) -> None:
    printed = scans.print_of(by_hand)
    assert printed is not None
    code = reverse("printed-page", kwargs={"code": printed.public_id, "page": 1})
    before = client.get(code)

    sign_in("planner").post(address("scan", by_hand), data(scan_of(by_hand)))
    sign_in("director").post(address("approve-scan", by_hand))

    checked = client.get(code, follow=True)
    assert before.headers["Location"].startswith("/account/sign-in/")
    assert checked.status_code == 200
    assert "ลงนามด้วยปากกาบนกระดาษ" in checked.text


def test_the_pages_with_the_signatures_are_at_hand(by_hand: Agreement, sign_in: SignIn, other_cast: object) -> None:
    planner = sign_in("planner")
    pages = address("signed-pages", by_hand)
    early = planner.get(pages).status_code
    planner.post(address("scan", by_hand), data(scan_of(by_hand)))
    sign_in("director").post(address("approve-scan", by_hand))

    assert early == 404
    assert pages in planner.get(page_of(by_hand.run)).text
    assert planner.get(pages).getvalue().startswith(b"%PDF-")
    assert sign_in("planner.pa").get(pages).status_code == 404
