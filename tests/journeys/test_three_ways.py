"""An agreement of each SOP by each way of signing, in a real browser: with certificates, and by hand in a ceremony.

Signing on screen is a part of both year's journeys.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from raprong.agreements import actions
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.thai.dates import BANGKOK
from raprong.processes.models import Run
from raprong.signatures import scans
from tests.cast import start_year
from tests.factories.agreements import make_ready, select_kpis
from tests.factories.certificates import authority, issue
from tests.factories.papers import content_of
from tests.journeys.desk import Desk, Room

MORNING = date(2026, 12, 7)
AT = datetime.combine(MORNING, time(8, 0), BANGKOK)


@pytest.fixture(params=["hss", "anamai"])
def cast(agencies: dict[str, SampleAgency], request: pytest.FixtureRequest) -> SampleAgency:
    return agencies[request.param]


@pytest.fixture
def drafted(
    room: Room,
    cast: SampleAgency,
    on_the_morning_of: Callable[[date], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Agreement:
    """An agreement with everything that the gate asks for; the year's order of steps has journeys of its own."""
    monkeypatch.setattr("raprong.agreements.policies.check_work_is_open", lambda *args, **kwargs: None)
    on_the_morning_of(MORNING)
    run: Run = start_year(cast)
    select_kpis(run, {"1.1": "40", "1.2": "35", "2.1": "25"})
    planner = cast.people[named("planner", cast)]
    agreement = actions.draft(run, by=planner, at=AT)
    make_ready(agreement, planner, at=AT)
    return agreement


def named(post: str, cast: SampleAgency) -> str:
    """The sample person of a post in this agency: `planner`, or `planner.pa`."""
    return next(username for username in cast.people if username.split(".")[0] == post)


def signers(agreement: Agreement, side: Side) -> list[str]:
    """The accounts of those who sign on a side."""
    return list(agreement.parties.filter(side=side).order_by("order").values_list("person__user__username", flat=True))


def choose_way(desk: Desk, run: str, way: str) -> None:
    desk.open("agreements:agreement", run=run)
    desk.follow("Choose the way of signing")
    desk.page.locator(f"[name=way][value={way}]").check()
    desk.press("Save")
    desk.sees("The way of signing is saved.")


def sign_with_certificate(desk: Desk, agreement: Agreement, certificate: bytes) -> None:
    desk.open("agreements:sign", agreement=agreement.public_id)
    desk.page.locator("main [name=intent]").check()
    desk.attach("Your certificate (.p12 or .pfx)", "signer.p12", certificate)
    desk.fill("Password of the certificate, or PIN of the token", "of this file")
    desk.press("Sign the agreement")
    desk.sees("Signed")


@pytest.mark.django_db(transaction=True)
def test_everybody_signs_with_a_certificate(room: Room, cast: SampleAgency, drafted: Agreement) -> None:
    planner, run, root = room.desk_of(named("planner", cast)), drafted.run.public_id, authority()
    choose_way(planner, run, "certificate")
    open_it(planner, run)

    for username in [*signers(drafted, Side.MAKER), *signers(drafted, Side.RECEIVER)]:
        certificate = issue(root, f"Sample {username}").pkcs12("of this file")
        sign_with_certificate(room.desk_of(username), drafted, certificate)

    planner.open("agreements:agreement", run=run)
    assert Agreement.objects.get().state == State.IN_FORCE


@pytest.mark.django_db(transaction=True)
def test_a_ceremony_goes_over_to_pens_and_the_scan_is_approved(
    room: Room, cast: SampleAgency, drafted: Agreement
) -> None:
    planner, run = room.desk_of(named("planner", cast)), drafted.run.public_id
    planner.open("agreements:arrange-ceremony")
    planner.fill("Name of the ceremony", "พิธีลงนามคำรับรอง")
    planner.fill("Day", MORNING.isoformat())
    planner.fill("Place", "ห้องประชุมใหญ่")
    planner.fill("Guests", "ประธานในพิธี")
    planner.press("Save the plan")
    planner.press("Put in")
    planner.open("agreements:agreement", run=run)
    planner.press("Open for signing")
    on_the_wall(planner, pairs=len(signers(drafted, Side.MAKER)))
    planner.press("Have the papers printed ready")
    planner.open("agreements:take-to-paper", agreement=drafted.public_id)
    planner.fill("Reason", "เครือข่ายขัดข้อง")
    planner.press("Sign by hand instead")

    planner.fill("Day written on the paper", MORNING.isoformat())
    planner.attach("Scan or photographs", "scan.pdf", signed_pages())
    planner.press("Send the scan in")
    planner.sees("The scan is handed in, and every page was found. Another person approves it now.")
    director = room.desk_of(named("director", cast))
    director.open("agreements:scan", agreement=drafted.public_id)
    director.press("The scan matches the paper: approve")

    director.sees("The scan is approved and deposited with the paper. The agreement is in force.")
    assert Agreement.objects.get().state == State.IN_FORCE


def open_it(desk: Desk, run: str) -> None:
    desk.open("agreements:agreement", run=run)
    desk.follow("Set day and place")
    desk.fill("Day of signing", MORNING.isoformat())
    desk.fill("Place", "ห้องประชุมใหญ่")
    desk.press("Save")
    desk.press("Open for signing")
    desk.sees("The agreement is open for signing, and every party has been told.")


def on_the_wall(desk: Desk, *, pairs: int) -> None:
    """The big screen shows every pair, and leads back to the ceremony."""
    desk.open("agreements:ceremonies")
    desk.follow_to("พิธีลงนามคำรับรอง")
    desk.follow("Show on the big screen")
    assert desk.page.locator(".pair").count() == pairs
    desk.follow("Back to the ceremony")


def signed_pages() -> Any:
    """What a scanner makes of the print that lies on the table."""
    printed = scans.print_of(Agreement.objects.get())
    assert printed is not None
    return content_of(printed.file)
