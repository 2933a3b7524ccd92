"""Papers signed by hand: printed with a code on every page, scanned, matched by it, and looked at by a second person.

The code only tells pages apart: it proves nothing, which is why somebody else looks before a scan counts.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.faults import all_at_once
from raprong.core.models import PublicIdModel, new_public_id
from raprong.core.references import reference, title_of
from raprong.documents import CheckMark
from raprong.files import actions as files
from raprong.files.models import StoredFile
from raprong.files.store import open_content, place_of
from raprong.lib.rendering.pictures import bound, page_count
from raprong.lib.scans import PICTURE, NotRead, ScannedPage, page_address, scanned_pages
from raprong.organisation.models import Person, Unit
from raprong.signatures.enums import Finding, ScanState
from raprong.signatures.models import PrintedPaper, ScanPage, Signature, SignatureRequest, SignedScan

log = logging.getLogger(__name__)

METHOD = "by_hand"
MOST_FILES = 40
MOST_PAGES = 60


@dataclass(frozen=True)
class HandedIn:
    """A file that somebody hands in, with the name it came with."""

    content: IO[bytes]
    name: str


def code_for_print() -> tuple[str, CheckMark]:
    """A new code, and the mark that prints it on every page."""
    code = new_public_id()
    address = page_address(settings.SITE_ADDRESS, code, 1).removesuffix("/1")
    return code, CheckMark(address, code, pages=MOST_PAGES)


def keep_print(
    code: str, file: StoredFile, *, about: PublicIdModel, unit: Unit, fiscal_year: int, at: datetime
) -> PrintedPaper:
    """Remember a print. Earlier prints of the same thing do not count any more. One of too many pages is refused."""
    with open_content(file.sha256) as content:
        pages = page_count(content.read())
    if pages > MOST_PAGES:
        words = {"pages": pages, "most": MOST_PAGES}
        raise Refused(_("The paper has %(pages)s pages; at most %(most)s can be signed by hand.") % words)
    return PrintedPaper.objects.create(
        public_id=code,
        unit=unit,
        fiscal_year=fiscal_year,
        about=reference(about),
        about_title=title_of(about),
        file=file,
        pages=pages,
        printed_at=at,
    )


def print_of(about: PublicIdModel) -> PrintedPaper | None:
    """The print of a thing that counts: the last one."""
    return PrintedPaper.objects.filter(about=reference(about)).select_related("file", "unit").last()


def day_signed(about: str) -> date | None:
    """The day that the signers wrote on a paper, told by its reference; None where no scan of it is approved."""
    approved = SignedScan.objects.filter(printed__about=about, state=ScanState.APPROVED)
    return approved.values_list("signed_on", flat=True).first()


def waiting_scan(printed: PrintedPaper) -> SignedScan | None:
    """The scan of a print that waits for a second person; None where there is none."""
    return printed.scans.filter(state=ScanState.WAITING).select_related("printed__file", "handed_in_by").first()


@transaction.atomic
def hand_in(
    printed: PrintedPaper,
    handed_in: Sequence[HandedIn],
    *,
    signed_on: date,
    about: PublicIdModel,
    by: Person,
    at: datetime,
) -> SignedScan:
    """Take in a scan or photographs, and read on each page which page of the print it is.

    A scan of the same print that still waits is replaced. Refused: no file, too many, and what cannot be opened.
    """
    if not 0 < len(handed_in) <= MOST_FILES:
        raise Refused(_("Choose the scan: one PDF, or up to %(most)s pictures.") % {"most": MOST_FILES})
    SignedScan.objects.filter(printed=printed, state=ScanState.WAITING).update(
        state=ScanState.REFUSED, decided_at=at, decided_by=by, because=_("Another scan was handed in.")
    )
    scan = SignedScan.objects.create(printed=printed, signed_on=signed_on, handed_in_at=at, handed_in_by=by)
    for each in handed_in:
        original = files.take_in(each.content, each.name, unit=printed.unit, by=by, at=at)
        for page in _pages_of(original):
            _keep_page(scan, original, page, by=by, at=at)
    _record(
        "signature.scan_handed_in",
        printed,
        about,
        by=by,
        at=at,
        files=sorted({page.original.sha256 for page in scan.pages.select_related("original")}),
        signed_on=signed_on,
    )
    return scan


@transaction.atomic
def place_page(page: ScanPage, number: int | None, *, by: Person) -> ScanPage:
    """Say by hand which page of the print a page of the scan is; None for one that does not belong to it."""
    if page.scan.state != ScanState.WAITING:
        raise Refused(_("The scan has been decided on."))
    if number is not None and not 1 <= number <= page.scan.printed.pages:
        raise Refused(_("The paper has %(pages)s pages.") % {"pages": page.scan.printed.pages})
    page.page, page.placed_by = number, by
    page.save(update_fields=["page", "placed_by"])
    return page


def faults_of(scan: SignedScan) -> list[str]:
    """Why a scan is not the whole signed paper yet, a sentence for each thing."""
    pages = list(scan.pages.all())
    sentences = [_fault_of(page) for page in pages if page.page is None and page.placed_by_id is None]
    times = Counter(page.page for page in pages if page.page is not None)
    for number in range(1, scan.printed.pages + 1):
        if times[number] == 0:
            sentences.append(_("Page %(page)s of the paper is missing.") % {"page": number})
        if times[number] > 1:
            sentences.append(_("Page %(page)s of the paper is there more than once.") % {"page": number})
    return sentences


def _fault_of(page: ScanPage) -> str:
    words = {"order": page.order, "title": page.of_title}
    match page.finding:
        case Finding.OTHER_PAPER if page.of_title:
            return _("Sheet %(order)s belongs to another paper: %(title)s.") % words
        case Finding.OTHER_PAPER:
            return _("Sheet %(order)s belongs to another paper.") % words
        case Finding.EARLIER_PRINT:
            sentence = _("Sheet %(order)s is of an earlier print, which does not count any more. Sign the last one.")
            return sentence % words
    return _("On sheet %(order)s no code could be read. Say by hand which page it is.") % words


@transaction.atomic
def approve(scan: SignedScan, *, about: PublicIdModel, by: Person, at: datetime) -> StoredFile:
    """A second person has looked at the scan beside the paper and found that they match.

    Answers the pages bound in the order of the paper. Refused: whoever handed it in, and a scan that is not whole.
    """
    scan = SignedScan.objects.select_for_update(of=("self",)).select_related("printed__unit").get(pk=scan.pk)
    check_can_decide(scan, by)
    faults = faults_of(scan)
    if faults:
        raise Refused(" ".join(faults))
    _decide(scan, ScanState.APPROVED, by=by, at=at)
    file = _bind(scan, by=by, at=at)
    _record("signature.scan_approved", scan.printed, about, by=by, at=at, sha256=file.sha256,
        handed_in_by=scan.handed_in_by.name,
    )  # fmt: skip
    return file


@transaction.atomic
def refuse(scan: SignedScan, *, because: str, about: PublicIdModel, by: Person, at: datetime) -> SignedScan:
    """Say why a scan does not do. Another one can be handed in."""
    scan = SignedScan.objects.select_for_update(of=("self",)).select_related("printed__unit").get(pk=scan.pk)
    if scan.state != ScanState.WAITING:
        raise Refused(_("The scan has been decided on."))
    if not because.strip():
        raise Refused(_("Say why the scan is not accepted."))
    scan.because = because.strip()
    _decide(scan, ScanState.REFUSED, by=by, at=at)
    _record("signature.scan_refused", scan.printed, about, by=by, at=at, because=scan.because)
    return scan


def check_can_decide(scan: SignedScan, person: Person) -> None:
    """Two people: one hands in, another approves."""
    if scan.state != ScanState.WAITING:
        raise Refused(_("The scan has been decided on."))
    if scan.handed_in_by_id == person.pk:
        raise Refused(_("You handed this scan in. Another person looks at it and approves it."))


def note_signed(
    requests: Sequence[SignatureRequest], scan: SignedScan, *, about: PublicIdModel, by: Person, at: datetime
) -> None:
    """Write down that those who were asked have signed the print by hand, as the approved scan shows."""
    for request in requests:
        Signature.objects.create(
            request=request,
            signed_by_id=request.signer_id,
            signed_at=at,
            method=METHOD,
            seen_sha256=scan.printed.file.sha256,
        )
    _record(
        "signature.given_by_hand",
        scan.printed,
        about,
        by=by,
        at=at,
        names=[request.signer.name for request in requests],
        signed_on=scan.signed_on,
    )


def check_day(signed_on: date, printed: PrintedPaper, *, printed_on: date, today: date) -> None:
    """The day on the paper lies between the print and today."""
    with all_at_once() as faults:
        if signed_on > today:
            faults.add("signed_on", _("This day is still to come."))
        if signed_on < printed_on:
            faults.add("signed_on", _("The paper was printed after this day."))


def _record(
    kind: str, printed: PrintedPaper, about: PublicIdModel, *, by: Person, at: datetime, **facts: object
) -> None:
    record(kind, about=about, by=by, at=at, place=printed.unit, fiscal_year=printed.fiscal_year, **facts)


def _pages_of(original: StoredFile) -> list[ScannedPage]:
    try:
        return scanned_pages(place_of(original.sha256), original.media_type, most=MOST_PAGES)
    except NotRead as fault:
        log.info("A scan was not read: %s", fault)
        sentence = _("%(name)s cannot be read. Hand in a PDF of at most %(most)s pages, or PNG, JPEG or WebP pictures.")
        raise Refused(sentence % {"name": original.name, "most": MOST_PAGES}) from fault


def _keep_page(scan: SignedScan, original: StoredFile, page: ScannedPage, *, by: Person, at: datetime) -> None:
    order = scan.pages.count() + 1
    if order > MOST_PAGES:
        raise Refused(_("The scan has more than %(most)s pages.") % {"most": MOST_PAGES})
    finding, number, title = _read(scan.printed, page)
    name = f"scan-{order:03}.jpg"
    ScanPage.objects.create(
        scan=scan,
        order=order,
        original=original,
        picture=files.keep(page.picture, name, media_type=PICTURE, unit=scan.printed.unit, by=by, at=at),
        finding=finding,
        page=number,
        of_title=title,
    )


def _read(printed: PrintedPaper, page: ScannedPage) -> tuple[Finding, int | None, str]:
    """What a page is. The title of another paper is told only where it is of the same unit."""
    if not page.codes:
        return (Finding.OTHER_PAPER if page.sealed else Finding.NO_CODE), None, ""
    own = next((code for code in page.codes if code.code == printed.public_id), None)
    if own is not None and own.page <= printed.pages:
        return Finding.MATCHED, own.page, ""
    other = PrintedPaper.objects.filter(public_id__in=[code.code for code in page.codes]).first()
    if other is not None and other.about == printed.about:
        return Finding.EARLIER_PRINT, None, ""
    return Finding.OTHER_PAPER, None, other.about_title if other and other.unit_id == printed.unit_id else ""


def _decide(scan: SignedScan, state: ScanState, *, by: Person, at: datetime) -> None:
    scan.state, scan.decided_by, scan.decided_at = state, by, at
    scan.save(update_fields=["state", "decided_by", "decided_at", "because"])


def _bind(scan: SignedScan, *, by: Person, at: datetime) -> StoredFile:
    pictures = []
    for page in scan.pages.filter(page__isnull=False).order_by("page").select_related("picture"):
        with open_content(page.picture.sha256) as file:
            pictures.append(file.read())
    content = bound(pictures)
    name = f"signed-{scan.signed_on.isoformat()}.pdf"
    return files.keep(content, name, media_type="application/pdf", unit=scan.printed.unit, by=by, at=at)
