"""What waits for a person of agreements: to sign, to open for signing, to settle what was declined or scanned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.agreements import permissions
from raprong.agreements.enums import State, Tier
from raprong.agreements.models import Agreement
from raprong.core.references import reference
from raprong.processes.models import Run
from raprong.signatures.enums import ScanState, Way
from raprong.signatures.models import SignedScan
from raprong.signatures.queries import declined_of, waiting_for
from raprong.signatures.scans import print_of, waiting_scan
from raprong.web.agreements.asked import page_of
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.links import address_of
from raprong.web.shell.filters import digits, short_date

FEW = 5  # more drafts of one run are one line, which leads to the agreements beneath the unit's


def signing(desk: Desk) -> Iterator[Waiting]:
    """Signatures that can be given now, by the day of the ceremony."""
    requests = list(waiting_for(desk.person))
    days = _days_of_signing(request.about for request in requests)
    for request in requests:
        yield Waiting(
            title=_("Sign: %(thing)s") % {"thing": digits(request.about_title)},
            sentence=_("As %(post)s · asked on %(day)s")
            % {"post": request.post, "day": short_date(request.requested_at)},
            due_on=days.get(request.about),
            url=address_of(request.about),
            label=_("Read and sign"),
            primary=True,
            key=f"sign {request.about}",
            asked_at=request.requested_at,
        )


def _days_of_signing(abouts: Iterable[str]) -> dict[str, date | None]:
    names = [about.partition(":")[2] for about in abouts]
    return {reference(found): found.signing_on for found in Agreement.objects.filter(public_id__in=names)}


def drafts(desk: Desk) -> Iterator[Waiting]:
    """Own drafts of addenda, and of agreements of groups and people, that are not open for signing yet.

    Of the unit's own agreement the SOP's step speaks.
    """
    mine = Agreement.objects.with_run().filter(state=State.DRAFTING, drafted_by=desk.person)
    by_run: dict[Run, list[Agreement]] = {}
    for found in mine.filter(Q(number__gt=0) | ~Q(tier=Tier.UNIT)).order_by("drafted_at", "pk"):
        by_run.setdefault(found.run, []).append(found)
    for run, found_here in by_run.items():
        if len(found_here) > FEW:
            yield _many_drafts(run, found_here)
        else:
            yield from map(_draft, found_here)


def _draft(found: Agreement) -> Waiting:
    return Waiting(
        title=_("Open for signing: %(thing)s") % {"thing": digits(found)},
        sentence=_("Drafted on %(day)s, and not open for signing yet") % {"day": short_date(found.drafted_at)},
        due_on=found.signing_on,
        url=page_of(found),
        label=_("Open"),
        key=f"open-signing {found.public_id}",
        asked_at=found.drafted_at,
        place=found.group or found.run.unit,
    )


def _many_drafts(run: Run, found: list[Agreement]) -> Waiting:
    return Waiting(
        title=_("Open %(count)s agreements for signing") % {"count": digits(len(found))},
        sentence=_("Agreements of groups and people that you drafted"),
        due_on=None,
        url=reverse("agreements:beneath", kwargs={"run": run.public_id}),
        label=_("Open"),
        key=f"open-signing {run.public_id}",
        asked_at=found[0].drafted_at,
        place=run.unit,
    )


def declined(desk: Desk) -> Iterator[Waiting]:
    """Agreements on which signing rests because somebody declined, for those who name another in their place."""
    open_for_signing = Agreement.objects.visible_to(desk.person, on=desk.on).with_run().filter(state=State.SIGNING)
    for found in open_for_signing:
        no = declined_of(reference(found)).select_related("signer").first()
        party = found.parties.filter(request=no).first() if no is not None else None
        if no is None or party is None:
            continue
        if not refusal(permissions.check_may_name_another, desk.person, found, party, at=desk.at):
            yield Waiting(
                title=_("%(name)s declined to sign: %(thing)s") % {"name": no.signer, "thing": digits(found)},
                sentence=no.declined_because,
                due_on=found.signing_on,
                url=page_of(found),
                label=_("Look at it"),
                primary=True,
                key=f"declined {found.public_id}",
                asked_at=no.declined_at,
                place=found.group or found.run.unit,
            )


def scans(desk: Desk) -> Iterator[Waiting]:
    """Scans of what was signed by hand that a second person looks at."""
    waiting = {
        scan.printed.about: scan
        for scan in SignedScan.objects.filter(state=ScanState.WAITING).select_related("printed", "handed_in_by")
    }
    names = [about.partition(":")[2] for about in waiting]
    seen = Agreement.objects.visible_to(desk.person, on=desk.on).with_run().filter(public_id__in=names)
    for found in seen:
        scan = waiting[reference(found)]
        if not refusal(permissions.check_may_decide_on_scan, desk.person, found, scan, at=desk.at):
            yield Waiting(
                title=_("Look at the signed paper: %(thing)s") % {"thing": digits(found)},
                sentence=_("Handed in by %(person)s on %(day)s")
                % {"person": scan.handed_in_by, "day": short_date(scan.handed_in_at)},
                due_on=None,
                url=reverse("agreements:scan", kwargs={"agreement": found.public_id}),
                label=_("Look"),
                primary=True,
                key=f"scan {scan.public_id}",
                asked_at=scan.handed_in_at,
                place=found.group or found.run.unit,
            )


def papers(desk: Desk) -> Iterator[Waiting]:
    """Papers that are signed by hand, from the day of signing on, until their scan is handed in."""
    by_hand = Agreement.objects.visible_to(desk.person, on=desk.on).with_run().filter(way=Way.WET_INK)
    for found in by_hand.filter(state=State.SIGNING, signing_on__lte=desk.on):
        printed = print_of(found)
        if printed is None or waiting_scan(printed) is not None:
            continue
        if not refusal(permissions.check_may_hand_in, desk.person, found, at=desk.at):
            yield Waiting(
                title=_("Hand in the scan of the signed paper: %(thing)s") % {"thing": digits(found)},
                sentence=_("Signed by hand, with codes on every page"),
                due_on=found.signing_on,
                url=reverse("agreements:scan", kwargs={"agreement": found.public_id}),
                label=_("Hand in the scan"),
                primary=True,
                key=f"paper {found.public_id}",
                asked_at=printed.printed_at,
                place=found.group or found.run.unit,
            )
