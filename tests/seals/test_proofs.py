"""With a timestamp server, without it, and while it is down."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.core import regular
from raprong.files import store
from raprong.lib.signing import Level, verify
from raprong.records.models import Record
from raprong.seals.models import SealedPaper
from raprong.seals.proofs import add_missing_proofs
from tests.factories.certificates import issue
from tests.seals.conftest import Deposit, Install
from tests.timestamps import YEAR, Desk, now, timestamp_desk


@pytest.fixture(scope="module")
def open_desk() -> Iterator[Desk]:
    with timestamp_desk() as desk:
        yield desk


@pytest.fixture
def desk(open_desk: Desk, settings: Settings) -> Desk:
    """The timestamp server that the settings name, on a good day."""
    open_desk.down = open_desk.mute = False
    open_desk.moment = None
    settings.TIMESTAMP_SERVER = open_desk.address
    return open_desk


def level_of(sha256: str, desk: Desk) -> Level:
    [seal] = verify(store.place_of(sha256).read_bytes(), trust_roots=[desk.root.pem]).signatures
    return seal.level


def test_seal_is_stamped_where_a_server_is_named(desk: Desk, install: Install, deposit: Deposit) -> None:
    at = now()
    plain = issue(desk.root, "Seal without a list", since=at - YEAR, until=at + YEAR)
    install(plain, since=at.date(), at=at)

    record = deposit(at=at)

    assert level_of(record.sha256, desk) is Level.B_T
    assert SealedPaper.objects.get().level == Level.B_T


def test_seal_of_an_authority_that_tells_revocations_lasts_for_decades(
    desk: Desk, install: Install, deposit: Deposit
) -> None:
    at = now()
    install(desk.office("Seal with a list"), since=at.date(), at=at)

    record = deposit(at=at)

    assert level_of(record.sha256, desk) is Level.B_LTA
    assert SealedPaper.objects.get().level == Level.B_LTA


def test_server_that_is_down_stops_no_ceremony(desk: Desk, install: Install, deposit: Deposit) -> None:
    at, desk.down = now(), True
    install(desk.office("Seal with a list"), since=at.date(), at=at)

    first, asked = deposit(at=at), desk.asked
    deposit(at=at + timedelta(seconds=1))

    assert level_of(first.sha256, desk) is Level.B_B
    assert list(SealedPaper.objects.values_list("awaits_proof", flat=True)) == [True, True]
    assert desk.asked == asked  # the second paper did not wait for it again


def test_worker_appends_the_proof_when_the_server_is_back(desk: Desk, install: Install, deposit: Deposit) -> None:
    at, desk.down = now(), True
    install(desk.office("Seal with a list"), since=at.date(), at=at)
    record = deposit(at=at)
    none_yet = add_missing_proofs(at + timedelta(seconds=1))
    desk.down = False

    done = add_missing_proofs(at + timedelta(seconds=2))

    paper = SealedPaper.objects.get()
    assert (none_yet, done) == (0, 1)
    assert paper.proof is not None
    assert level_of(paper.proof.sha256, desk) is Level.B_LTA
    assert store.place_of(paper.proof.sha256).read_bytes().startswith(store.place_of(record.sha256).read_bytes())
    assert Record.objects.get().sha256 == record.sha256
    assert Entry.objects.filter(kind="paper.proven").count() == 1
    assert add_missing_proofs(at + timedelta(seconds=3)) == 0


def test_authority_that_does_not_answer_leaves_the_proof_for_later(
    desk: Desk, install: Install, deposit: Deposit
) -> None:
    at, desk.mute = now(), True
    install(desk.office("Seal with a list"), since=at.date(), at=at)

    record = deposit(at=at)

    assert level_of(record.sha256, desk) is Level.B_T
    assert SealedPaper.objects.get().awaits_proof


def test_office_that_requires_timestamps_seals_nothing_without(
    desk: Desk, install: Install, deposit: Deposit, settings: Settings
) -> None:
    at, desk.down, settings.TIMESTAMP_REQUIRED = now(), True, True
    install(desk.office("Seal with a list"), since=at.date(), at=at)

    with pytest.raises(Refused, match="ประทับรับรองเวลา"):
        deposit(at=at)


def test_wrong_clock_seals_nothing(desk: Desk, install: Install, deposit: Deposit) -> None:
    at = now()
    desk.moment = at - timedelta(hours=2)
    install(desk.office("Seal with a list"), since=at.date(), at=at)

    with pytest.raises(Refused, match="นาฬิกาไม่ตรงกัน"):
        deposit(at=at)


def test_jobs_of_the_seals_come_back_by_themselves() -> None:
    assert {"seals.proofs", "seals.ending"} <= {job.code for job in regular.all_jobs()}
