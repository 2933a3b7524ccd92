"""An agreement signed by hand: printed with codes, scanned, matched, looked at by a second person, deposited."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from raprong.access.rules import Refused
from raprong.agreements import actions, by_hand
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement
from raprong.agreements.queries import parties_of
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.references import reference
from raprong.files.models import StoredFile
from raprong.lib.signing import verify
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.digits import to_thai_digits
from raprong.organisation.models import Person
from raprong.records.models import Record
from raprong.signatures import scans
from raprong.signatures.enums import Finding, ScanState, Way
from raprong.signatures.models import Signature, SignedScan
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, open_for_signing, proof_of
from tests.factories.papers import content_of, words_in

SIGNED_ON = day_of(SIGNING)
MOMENT = to_thai_digits(f"{SIGNING.astimezone(BANGKOK):%H.%M}")  # as a paper prints it


@pytest.fixture
def opened(drafted: Agreement, planner: Person) -> Agreement:
    return open_for_signing(actions.choose_way(drafted, Way.WET_INK, seen=None, by=planner, at=NEW_YEAR), planner)


def pages_of(paper: StoredFile | None, wanted: Sequence[int] | None = None, *, turn: int = 0) -> bytes:
    """Pages of a paper as a scanner hands them out; all of them where none are named."""
    assert paper is not None
    read, written, content = PdfReader(BytesIO(content_of(paper))), PdfWriter(), BytesIO()
    for number in wanted or range(1, len(read.pages) + 1):
        written.add_page(read.pages[number - 1]).rotate(turn)
    written.write(content)
    return content.getvalue()


def hand_in(agreement: Agreement, by: Person, *contents: bytes) -> SignedScan:
    files = [scans.HandedIn(BytesIO(content), f"scan-{number}.pdf") for number, content in enumerate(contents)]
    return by_hand.hand_in(agreement, files, signed_on=SIGNED_ON, by=by, at=SIGNING)


def test_every_page_of_the_print_has_its_code(opened: Agreement) -> None:
    printed = scans.print_of(opened)

    assert printed is not None
    assert printed.pages == len(PdfReader(BytesIO(content_of(printed.file))).pages)
    assert printed.public_id in words_in(printed.file)


def test_the_scan_is_matched_looked_at_and_deposited_with_the_paper(
    opened: Agreement, planner: Person, cast: SampleAgency
) -> None:
    scan = hand_in(opened, planner, pages_of(opened.paper, turn=180))
    assert scans.faults_of(scan) == []

    signed = by_hand.approve_scan(opened, scan, by=cast.people["director"], at=SIGNING)

    assert signed.state == State.IN_FORCE
    records = Record.objects.filter(about=reference(signed)).order_by("pk")
    assert [record.kind for record in records] == ["agreement", "agreement_scan"]
    assert all(verify(content_of(record.file), trust_roots=[]).intact for record in records)
    assert signed.sealed == records[0].file
    assert set(Signature.objects.values_list("method", flat=True)) == {"by_hand"}
    assert all(party.signed_at for party in parties_of(signed))


def test_pages_in_any_order_and_in_several_files_are_bound_in_their_own(
    opened: Agreement, planner: Person, cast: SampleAgency
) -> None:
    printed = scans.print_of(opened)
    assert printed is not None
    scan = hand_in(opened, planner, *(pages_of(opened.paper, [page]) for page in range(printed.pages, 0, -1)))

    assert scans.faults_of(scan) == []
    assert [page.page for page in scan.pages.all()] == list(range(printed.pages, 0, -1))


def test_whoever_handed_it_in_does_not_approve_it(opened: Agreement, planner: Person) -> None:
    scan = hand_in(opened, planner, pages_of(opened.paper))

    with pytest.raises(Refused):
        by_hand.approve_scan(opened, scan, by=planner, at=SIGNING)

    assert Agreement.objects.get().state == State.SIGNING
    assert not Signature.objects.exists()


def test_a_missing_page_is_told_by_its_number(opened: Agreement, planner: Person, cast: SampleAgency) -> None:
    scan = hand_in(opened, planner, pages_of(opened.paper, [1, 1]))

    faults = scans.faults_of(scan)

    assert any("2" in fault for fault in faults)
    assert any("1" in fault and "มากกว่าหนึ่ง" in fault for fault in faults)
    with pytest.raises(Refused, match="หน้า 2"):
        by_hand.approve_scan(opened, scan, by=cast.people["director"], at=SIGNING)


def test_a_page_of_an_earlier_print_does_not_count(opened: Agreement, planner: Person) -> None:
    earlier = pages_of(opened.paper)
    returned = actions.send_back(opened, because="แก้คำผิด", by=planner, at=SIGNING)
    again = actions.open_signing(returned, seen=None, by=planner, at=SIGNING)

    scan = hand_in(again, planner, earlier)

    assert {page.finding for page in scan.pages.all()} == {Finding.EARLIER_PRINT}
    assert "ฉบับพิมพ์ก่อน" in scans.faults_of(scan)[0]


def test_another_paper_is_told_and_a_page_without_a_code_is_placed_by_hand(
    opened: Agreement, planner: Person, cast: SampleAgency, run: object
) -> None:
    whole = scans.print_of(opened)
    assert whole is not None
    blank, content = PdfWriter(), BytesIO()
    blank.add_blank_page(595, 842)
    blank.write(content)
    rest = pages_of(opened.paper, range(2, whole.pages + 1))

    scan = hand_in(opened, planner, content.getvalue(), rest)
    assert [fault for fault in scans.faults_of(scan) if "แผ่นที่ 1" in fault]
    first = scan.pages.get(order=1)
    by_hand.place_page(opened, first, 1, by=planner, at=SIGNING)

    assert scans.faults_of(scan) == []
    with pytest.raises(Refused):
        by_hand.place_page(opened, first, whole.pages + 1, by=planner, at=SIGNING)


@pytest.mark.parametrize("days", [1, -90])
def test_a_day_after_today_or_before_the_print_is_refused(opened: Agreement, planner: Person, days: int) -> None:
    files = [scans.HandedIn(BytesIO(pages_of(opened.paper)), "scan.pdf")]

    with pytest.raises(Faults):
        by_hand.hand_in(opened, files, signed_on=SIGNED_ON + timedelta(days=days), by=planner, at=SIGNING)

    assert not SignedScan.objects.exists()


def test_what_is_no_scan_is_refused_and_keeps_nothing(opened: Agreement, planner: Person) -> None:
    with pytest.raises(Refused):
        hand_in(opened, planner, b"%PDF-1.4 nothing %%EOF")
    with pytest.raises(Refused):
        hand_in(opened, planner)

    assert not SignedScan.objects.exists()


def test_a_refused_scan_says_why_and_another_comes(opened: Agreement, planner: Person, cast: SampleAgency) -> None:
    first = hand_in(opened, planner, pages_of(opened.paper))
    with pytest.raises(Refused):
        by_hand.refuse_scan(opened, first, because=" ", by=cast.people["director"], at=SIGNING)

    by_hand.refuse_scan(opened, first, because="ลายมือชื่อไม่ครบ", by=cast.people["director"], at=SIGNING)
    second = hand_in(opened, planner, pages_of(opened.paper))

    first.refresh_from_db()
    assert (first.state, second.state) == (ScanState.REFUSED, ScanState.WAITING)
    assert by_hand.approve_scan(opened, second, by=cast.people["director"], at=SIGNING).state == State.IN_FORCE


def test_a_password_does_not_sign_a_paper_that_is_signed_by_hand(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]

    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)


def test_the_print_for_pens_says_when_it_was_approved(approved_first: Agreement, planner: Person) -> None:
    opened = open_for_signing(
        actions.choose_way(approved_first, Way.WET_INK, seen=None, by=planner, at=NEW_YEAR), planner
    )
    approver = opened.parties.get(side=Side.APPROVER).person
    assert scans.print_of(opened) is None
    assert opened.paper is not None
    assert MOMENT not in words_in(opened.paper)
    with pytest.raises(Refused, match=approver.name):
        hand_in(opened, planner, pages_of(opened.paper))

    approved = actions.sign(opened, identity=proof_of(approver), by=approver, at=SIGNING)

    printed = scans.print_of(approved)
    assert printed is not None
    assert printed.file == approved.paper
    assert MOMENT in words_in(printed.file)
    assert Entry.objects.filter(kind="agreement.approved").count() == 1
    scan = hand_in(approved, planner, pages_of(approved.paper))
    director = approved.parties.get(side=Side.RECEIVER).person
    assert by_hand.approve_scan(approved, scan, by=director, at=SIGNING).state == State.IN_FORCE


def test_an_approval_stands_when_pens_take_over(approved_first: Agreement, planner: Person) -> None:
    opened = open_for_signing(approved_first, planner)
    approver = opened.parties.get(side=Side.APPROVER).person
    with pytest.raises(Refused, match=approver.name):
        by_hand.print_ready(opened, by=planner, at=SIGNING)
    actions.sign(opened, identity=proof_of(approver), by=approver, at=SIGNING)
    ready = scans.print_of(by_hand.print_ready(opened, by=planner, at=SIGNING))

    by_pen = by_hand.take_to_paper(opened, because="ไม่มีเครือข่าย", by=planner, at=SIGNING)

    assert ready is not None
    assert by_pen.paper == ready.file
    assert MOMENT in words_in(ready.file)
    assert by_pen.parties.get(side=Side.APPROVER).signed_at == SIGNING
    assert hand_in(by_pen, planner, pages_of(by_pen.paper)).state == ScanState.WAITING


def test_pens_that_take_over_before_the_approval_wait_for_it(approved_first: Agreement, planner: Person) -> None:
    opened = open_for_signing(approved_first, planner)

    by_pen = by_hand.take_to_paper(opened, because="ผู้รับคำรับรองขอลงนามด้วยปากกา", by=planner, at=SIGNING)

    assert scans.print_of(by_pen) is None
    approver = by_pen.parties.get(side=Side.APPROVER).person
    approved = actions.sign(by_pen, identity=proof_of(approver), by=approver, at=SIGNING)
    printed = scans.print_of(approved)
    assert printed is not None
    assert MOMENT in words_in(printed.file)


def test_staff_and_outsiders_hand_nothing_in(opened: Agreement, cast: SampleAgency, outsider: Person) -> None:
    for person in (cast.people["staff"], outsider):
        with pytest.raises(Refused):
            hand_in(opened, person, pages_of(opened.paper))
