"""An agency's own certificate, and a paper of its unit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.documents.registry import sample
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit
from raprong.seals import actions, proofs
from raprong.seals.models import SealCertificate
from tests.factories.certificates import Issued, authority, issue

AT = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)
PASSWORD = "the seal's own passwörd"

Install = Callable[..., SealCertificate]
Deposit = Callable[..., Record]


@pytest.fixture(scope="session")
def root() -> Issued:
    return authority("National test authority")


@pytest.fixture(scope="session")
def office_seal(root: Issued) -> Issued:
    return issue(root, "Seal of the office")


@pytest.fixture
def install(cast: SampleAgency) -> Install:
    """Install a certificate as the administrator; for the whole agency unless a unit is named."""

    def installed(
        issued: Issued, *, unit: Unit | None = None, since: date = date(2026, 12, 1), at: datetime = AT
    ) -> SealCertificate:
        return actions.install(
            cast.agency,
            unit=unit,
            pkcs12=issued.pkcs12(PASSWORD),
            password=PASSWORD,
            in_force_from=since,
            by=cast.people["admin"],
            at=at,
        )

    return installed


@pytest.fixture
def deposit(run: Run, cast: SampleAgency) -> Deposit:
    """Seal the sample agreement for the unit and put it into its cabinet."""

    def deposited(*, at: datetime = AT) -> Record:
        return seal_and_deposit(
            sample("agreement"),
            title="คำรับรองการปฏิบัติราชการ",
            about=run,
            unit=run.unit,
            fiscal_year=run.fiscal_year,
            storage=storage_of(run),
            by=cast.people["planner"],
            at=at,
        )

    return deposited


@pytest.fixture(autouse=True)
def servers_are_up() -> Iterator[None]:
    """No test remembers a server that was down in another."""
    proofs.down_until.clear()
    yield
    proofs.down_until.clear()
