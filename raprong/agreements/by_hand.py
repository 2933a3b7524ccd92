"""An agreement signed by hand: its scan is handed in, matched page by page, and approved by a second person."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from raprong.agreements import permissions
from raprong.agreements.completion import put_in_force
from raprong.agreements.models import Agreement
from raprong.agreements.queries import parties_of
from raprong.agreements.writing import locked
from raprong.core.clock import day_of
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.signatures import scans
from raprong.signatures.models import ScanPage, SignedScan
from raprong.signatures.queries import unsigned_about


@transaction.atomic
def hand_in(
    agreement: Agreement, files: Sequence[scans.HandedIn], *, signed_on: date, by: Person, at: datetime
) -> SignedScan:
    """Hand in the scan of the signed paper; `signed_on` is the day that the signers wrote.

    Refused: a day before the print or after today, one on which an order by which somebody signs does not hold, and
    files that cannot be read. The pages are matched by their codes; what is wrong with them is told on the scan.
    """
    agreement = locked(agreement)
    permissions.check_may_hand_in(by, agreement, at=at)
    printed = scans.print_of(agreement)
    assert printed is not None
    scans.check_day(signed_on, printed, printed_on=day_of(printed.printed_at), today=day_of(at))
    permissions.check_orders_hold(parties_of(agreement), on=signed_on)
    return scans.hand_in(printed, files, signed_on=signed_on, about=agreement, by=by, at=at)


@transaction.atomic
def place_page(agreement: Agreement, page: ScanPage, number: int | None, *, by: Person, at: datetime) -> ScanPage:
    """Say by hand which page of the paper a page of the scan is; None for one that does not belong to it."""
    agreement = locked(agreement)
    permissions.check_may_hand_in(by, agreement, at=at)
    return scans.place_page(page, number, by=by)


@transaction.atomic
def approve_scan(agreement: Agreement, scan: SignedScan, *, by: Person, at: datetime) -> Agreement:
    """A second person has looked: the scan is deposited with the sealed paper, and the agreement is in force.

    Refused: whoever handed it in, a scan that is not whole, and an approver who has not approved yet.
    """
    agreement = locked(agreement)
    permissions.check_may_decide_on_scan(by, agreement, scan, at=at)
    bound = scans.approve(scan, about=agreement, by=by, at=at)
    requests = list(unsigned_about(agreement).order_by("order", "pk"))
    scans.note_signed(requests, scan, about=agreement, by=by, at=at)
    return put_in_force(agreement, scan=bound, by=by, at=at)


@transaction.atomic
def refuse_scan(agreement: Agreement, scan: SignedScan, *, because: str, by: Person, at: datetime) -> SignedScan:
    """Say why a scan does not do; whoever handed it in is told."""
    agreement = locked(agreement)
    permissions.check_may_decide_on_scan(by, agreement, scan, at=at)
    refused = scans.refuse(scan, because=because, about=agreement, by=by, at=at)
    tell(
        [scan.handed_in_by],
        "agreement.scan_refused",
        about=agreement,
        at=at,
        besides=by,
        agreement=str(agreement),
        because=refused.because,
    )
    return refused
