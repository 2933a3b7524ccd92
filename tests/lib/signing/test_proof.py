"""The moment of a seal, confirmed by a server; and what is needed to check it for decades."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from raprong.lib.signing import (
    FileCheck,
    Finding,
    Level,
    Signer,
    SigningRefused,
    TimestampServer,
    Why,
    archived,
    personal_signer,
    stamped,
    verify,
)
from tests.factories.certificates import Issued, authority, revocation_list
from tests.timestamps import YEAR, Desk, now, timestamp_desk


@pytest.fixture(scope="module")
def open_desk() -> Iterator[Desk]:
    with timestamp_desk() as desk:
        yield desk


@pytest.fixture
def desk(open_desk: Desk) -> Desk:
    """As on a good day."""
    open_desk.moment, open_desk.revoked = None, []
    open_desk.down = open_desk.nonsense = open_desk.mute = False
    return open_desk


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def server(desk: Desk) -> TimestampServer:
    return TimestampServer(desk.address, seconds=5)


def signer_of(office: Issued, at: datetime) -> Signer:
    return personal_signer(office.pkcs12("secret"), "secret", at=at)


def looked_at(pdf: bytes, desk: Desk) -> FileCheck:
    return verify(pdf, trust_roots=[desk.root.pem])


def refusal(work: Callable[[], object]) -> SigningRefused:
    with pytest.raises(SigningRefused) as refused:
        work()
    return refused.value


def test_server_confirms_the_moment_of_a_seal(paper: bytes, desk: Desk, server: TimestampServer, at: datetime) -> None:
    sealed = signer_of(desk.office("Office"), at).seal(paper, at=at, server=server)

    [seal] = looked_at(sealed, desk).signatures

    assert seal.holds
    assert seal.level is Level.B_T
    assert seal.stamped_at is not None
    assert abs(seal.stamped_at - at) < timedelta(minutes=5)
    assert seal.stamped_by == "Timestamp server"


def test_timestamp_of_an_unknown_server_proves_nothing(
    paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    sealed = signer_of(desk.office("Office"), at).seal(paper, at=at, server=server)

    found = verify(sealed, trust_roots=[authority().pem])

    assert found.signatures[0].level is Level.B_B


@pytest.mark.parametrize("by_ocsp", [False, True])
def test_file_carries_what_is_needed_for_decades(
    by_ocsp: bool, paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    sealed = signer_of(desk.office("Office", by_ocsp=by_ocsp), at).seal(paper, at=at, server=server)

    kept = archived(sealed, server=server, trust_roots=[desk.root.pem], at=at)

    found = looked_at(kept, desk)
    assert kept.startswith(sealed)
    assert found.holds
    assert found.signatures[0].level is Level.B_LTA


def test_revocation_after_a_proven_moment_changes_nothing(
    paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    office = desk.office("Office")
    sealed = signer_of(office, at).seal(paper, at=at, server=server)
    later = revocation_list(desk.root, [office], on=at + timedelta(days=30), until=at + YEAR)

    assert verify(sealed, trust_roots=[desk.root.pem], crls=[later]).holds


def test_revocation_before_a_proven_moment_is_told(
    paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    office = desk.office("Office")
    sealed = signer_of(office, at).seal(paper, at=at, server=server)
    earlier = revocation_list(desk.root, [office], on=at - timedelta(days=30), until=at + YEAR)

    assert verify(sealed, trust_roots=[desk.root.pem], crls=[earlier]).finding is Finding.REVOKED


def test_paper_sealed_while_the_server_was_down_is_stamped_later(
    paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    sealed = signer_of(desk.office("Office"), at).seal(paper, at=at)

    later = stamped(sealed, server=server, at=at)

    assert later.startswith(sealed)
    assert looked_at(sealed, desk).signatures[0].level is Level.B_B
    assert looked_at(later, desk).signatures[0].level is Level.B_T
    assert looked_at(later, desk).holds


@pytest.mark.parametrize("trouble", ["down", "nonsense"])
def test_server_that_does_not_answer_is_told(
    trouble: str, paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    signer = signer_of(desk.office("Office"), at)
    setattr(desk, trouble, True)

    refused = refusal(lambda: signer.seal(paper, at=at, server=server))

    assert refused.why is Why.NO_TIMESTAMP


def test_server_that_is_not_there_is_told(paper: bytes, desk: Desk, at: datetime) -> None:
    signer = signer_of(desk.office("Office"), at)

    refused = refusal(lambda: signer.seal(paper, at=at, server=TimestampServer("http://127.0.0.1:9")))

    assert refused.why is Why.NO_TIMESTAMP
    assert "does not answer" in refused.english


@pytest.mark.parametrize("hours", [-1, 1])
def test_clock_that_is_wrong_is_told_and_nothing_is_sealed(
    hours: int, paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    signer = signer_of(desk.office("Office"), at)
    desk.moment = at + timedelta(hours=hours)

    refused = refusal(lambda: signer.seal(paper, at=at, server=server))

    assert refused.why is Why.CLOCK_WRONG
    assert "set this server's clock" in refused.english


def test_authority_that_does_not_tell_revocations_is_told(
    paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    sealed = signer_of(desk.office("Office"), at).seal(paper, at=at, server=server)
    desk.mute = True

    refused = refusal(lambda: archived(sealed, server=server, trust_roots=[desk.root.pem], at=at))

    assert refused.why is Why.NO_REVOCATION_DATA


@pytest.mark.parametrize("by_ocsp", [False, True])
def test_revoked_certificate_is_told_when_it_is_to_be_archived(
    by_ocsp: bool, paper: bytes, desk: Desk, server: TimestampServer, at: datetime
) -> None:
    office = desk.office("Office", by_ocsp=by_ocsp)
    sealed = signer_of(office, at).seal(paper, at=at, server=server)
    desk.revoked = [office]

    refused = refusal(lambda: archived(sealed, server=server, trust_roots=[desk.root.pem], at=at))

    assert refused.why is Why.REVOKED
    assert "Office" in refused.english
