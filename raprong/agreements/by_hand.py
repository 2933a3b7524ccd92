"""An agreement signed by hand: its scan is handed in, matched page by page, and approved by a second person."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.agreements import permissions
from raprong.agreements.completion import put_in_force
from raprong.agreements.models import Agreement
from raprong.agreements.policies import check_is_approved
from raprong.agreements.printing import freeze, print_with_codes, with_approvals
from raprong.agreements.queries import has_approved, parties_of
from raprong.agreements.writing import ask_parties, locked, save_next_version, write_down
from raprong.core.clock import day_of
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.signatures import actions as signatures
from raprong.signatures import scans
from raprong.signatures.enums import Way
from raprong.signatures.models import PrintedPaper, ScanPage, SignedScan
from raprong.signatures.queries import unsigned_about


@transaction.atomic
def print_ready(agreement: Agreement, *, by: Person, at: datetime) -> Agreement:
    """Have a print with codes of what is open for signing, in case it must be signed by hand. Twice prints once.

    Refused while an approver is awaited: the print says when each approved.
    """
    agreement = locked(agreement)
    check_is_approved(agreement)
    if agreement.way != Way.WET_INK and _ready_print(agreement) is None:
        print_with_codes(agreement, with_approvals(agreement), by=by, at=at)
    return agreement


@transaction.atomic
def take_to_paper(agreement: Agreement, *, because: str, by: Person, at: datetime) -> Agreement:
    """Go over to signing by hand while it is open, for a reason such as no network at the ceremony.

    The same content is signed on the print with codes, the one that lies ready where there is one. Approvals stand.
    What was signed on screen stays written down and binds nobody.
    """
    agreement = locked(agreement)
    permissions.check_may_take_to_paper(by, agreement, at=at)
    if not because.strip():
        raise Refused(_("Say why it is signed by hand."))

    ready, agreement.way = _ready_print(agreement), Way.WET_INK
    freeze(agreement, with_approvals(agreement), by=by, at=at, ready=ready)
    save_next_version(agreement, "way", "content", "paper", "copy")
    parties = list(parties_of(agreement))
    approvals = [party.request for party in parties if has_approved(party) and party.request]
    signatures.unbind(agreement, at=at, besides=approvals)
    ask_parties(agreement, [party for party in parties if not has_approved(party)], by=by, at=at)

    people = {party.person for party in parties} | {agreement.drafted_by}
    tell(
        people,
        "agreement.taken_to_paper",
        about=agreement,
        at=at,
        besides=by,
        agreement=str(agreement),
        because=because.strip(),
    )
    write_down("agreement.taken_to_paper", agreement, by=by, at=at, because=because.strip())
    return agreement


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


def _ready_print(agreement: Agreement) -> PrintedPaper | None:
    """The print of the paper that is open now; None where there is none, or only one of an earlier opening."""
    printed, shown = scans.print_of(agreement), agreement.paper
    return printed if printed and shown and printed.printed_at >= shown.stored_at else None
