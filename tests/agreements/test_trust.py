"""Whether a person's certificate is believed: by whom, how strictly, at which confirmed moment; and newer papers."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import Settings

from raprong.access.rules import Refused
from raprong.agreements import actions, addenda
from raprong.agreements.addenda import KpiChange
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.lib.signing import Level, personal_signer, verify
from raprong.organisation.models import Agency, Person
from raprong.seals import actions as seals
from raprong.seals import proofs, strictness
from raprong.seals.models import SealedPaper
from raprong.seals.signers import trust_roots
from raprong.seals.strictness import ForPeople, SigningRules, Strictness
from raprong.signatures.certificates import confirm_by_certificate
from raprong.signatures.enums import Way
from raprong.signatures.models import Signature
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, open_for_signing, sign_all
from tests.factories.certificates import Issued, authority, issue
from tests.factories.papers import content_of
from tests.timestamps import YEAR, Desk, now, timestamp_desk

SECRET = "known to its owner"


@pytest.fixture(scope="module")
def root() -> Issued:
    return authority("Authority of persons")


@pytest.fixture
def by_certificate(drafted: Agreement, planner: Person) -> Agreement:
    return open_for_signing(actions.choose_way(drafted, Way.CERTIFICATE, seen=None, by=planner, at=NEW_YEAR), planner)


@pytest.fixture
def required(cast: SampleAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agency takes no certificate that leads nowhere."""
    rules = SigningRules(ForPeople(Strictness.TOLD, {cast.agency.code: Strictness.REQUIRED}))
    monkeypatch.setattr(strictness, "_rules", lambda: rules)


def sign(agreement: Agreement, person: Person, issued: Issued) -> Agreement:
    signer = personal_signer(issued.pkcs12(SECRET), SECRET, at=SIGNING)
    identity = confirm_by_certificate(person, signer.certificate, at=SIGNING)
    return actions.sign(agreement, identity=identity, signer=signer, by=person, at=SIGNING)


def kept_of(person: Person) -> dict[str, object]:
    signature = Signature.objects.get(signed_by=person)
    assert signature.certificate is not None
    return dict(signature.certificate)


def test_it_is_kept_whether_the_certificate_was_believed(
    by_certificate: Agreement, cast: SampleAgency, root: Issued
) -> None:
    seals.trust(root.pem, by=cast.people["admin"], at=NEW_YEAR)

    sign(by_certificate, cast.people["head1"], issue(root, "Sample head1"))
    sign(by_certificate, cast.people["head2"], issue(authority("Nobody's"), "Sample head2"))

    assert kept_of(cast.people["head1"])["trusted"] is True
    assert kept_of(cast.people["head2"])["trusted"] is False


@pytest.mark.usefixtures("required")
def test_where_it_is_required_an_unknown_authority_is_refused(
    by_certificate: Agreement, cast: SampleAgency, root: Issued
) -> None:
    with pytest.raises(Refused, match="Authority of persons"):
        sign(by_certificate, cast.people["head1"], issue(root, "Sample head1"))

    assert not Signature.objects.exists()
    assert Agreement.objects.get(pk=by_certificate.pk).copy is None


@pytest.mark.usefixtures("required")
def test_where_it_is_required_a_trusted_one_signs(by_certificate: Agreement, cast: SampleAgency, root: Issued) -> None:
    seals.trust(root.pem, by=cast.people["admin"], at=NEW_YEAR)

    sign(by_certificate, cast.people["head1"], issue(root, "Sample head1"))

    assert kept_of(cast.people["head1"])["trusted"] is True


@pytest.mark.usefixtures("required")
def test_what_was_believed_once_and_withdrawn_signs_no_more(
    by_certificate: Agreement, cast: SampleAgency, root: Issued
) -> None:
    made = seals.trust(root.pem, by=cast.people["admin"], at=NEW_YEAR)
    seals.withdraw(made, because="หมดสัญญา", by=cast.people["admin"], at=NEW_YEAR)

    with pytest.raises(Refused):
        sign(by_certificate, cast.people["head1"], issue(root, "Sample head1"))


def test_each_agency_trusts_for_itself(cast: SampleAgency, other_cast: SampleAgency, root: Issued) -> None:
    seals.trust(root.pem, by=cast.people["admin"], at=NEW_YEAR)
    other: Agency = other_cast.agency

    assert root.pem in trust_roots(cast.agency)
    assert root.pem not in trust_roots(other)
    assert root.pem in trust_roots()


def test_two_agencies_may_trust_the_same_one(cast: SampleAgency, other_cast: SampleAgency, root: Issued) -> None:
    seals.trust(root.pem, by=cast.people["admin"], at=NEW_YEAR)

    made = seals.trust(root.pem, by=other_cast.people["admin.pa"], at=NEW_YEAR)

    assert made.agency == other_cast.agency


def test_nobody_withdraws_the_trust_of_another_agency(
    cast: SampleAgency, other_cast: SampleAgency, root: Issued
) -> None:
    made = seals.trust(root.pem, by=cast.people["admin"], at=NEW_YEAR)

    with pytest.raises(Refused):
        seals.withdraw(made, because="ไม่ใช่ของเรา", by=other_cast.people["admin.pa"], at=NEW_YEAR)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    proofs.down_until.clear()
    with timestamp_desk() as found:
        settings.TIMESTAMP_SERVER = found.address
        yield found
    proofs.down_until.clear()


def sign_now(agreement: Agreement, person: Person, desk: Desk) -> Agreement:
    at = now()
    issued = issue(desk.root, f"Sample {person}", since=at - YEAR, until=at + YEAR)
    signer = personal_signer(issued.pkcs12(SECRET), SECRET, at=at)
    identity = confirm_by_certificate(person, signer.certificate, at=at)
    return actions.sign(agreement, identity=identity, signer=signer, by=person, at=at)


def levels_of(agreement: Agreement, desk: Desk) -> list[Level]:
    assert agreement.copy
    return [each.level for each in verify(content_of(agreement.copy), trust_roots=[desk.root.pem]).signatures]


def test_a_timestamp_server_confirms_the_moment_of_a_signature(
    by_certificate: Agreement, cast: SampleAgency, desk: Desk
) -> None:
    signed = sign_now(by_certificate, cast.people["head1"], desk)

    assert levels_of(signed, desk) == [Level.B_T]


def test_a_server_that_is_down_stops_no_signature(by_certificate: Agreement, cast: SampleAgency, desk: Desk) -> None:
    desk.down = True

    signed = sign_now(by_certificate, cast.people["head1"], desk)

    assert levels_of(signed, desk) == [Level.B_B]


def test_where_timestamps_are_required_a_server_that_is_down_stops_it(
    by_certificate: Agreement, cast: SampleAgency, desk: Desk, settings: Settings
) -> None:
    desk.down, settings.TIMESTAMP_REQUIRED = True, True

    with pytest.raises(Refused, match="เวลา"):
        sign_now(by_certificate, cast.people["head1"], desk)

    assert not Signature.objects.exists()


def test_a_clock_that_disagrees_stops_a_signature(by_certificate: Agreement, cast: SampleAgency, desk: Desk) -> None:
    desk.moment = now() + timedelta(hours=2)

    with pytest.raises(Refused, match="นาฬิกา"):
        sign_now(by_certificate, cast.people["head1"], desk)


def test_the_page_of_an_agreement_leads_to_its_addendum(in_force: Agreement, planner: Person) -> None:
    first, second = _addendum(in_force, planner, "90"), _addendum(in_force, planner, "85")

    base = SealedPaper.objects.get(about=reference(in_force), kind="agreement")
    older = SealedPaper.objects.get(about=reference(first), kind="addendum")
    newer = SealedPaper.objects.get(about=reference(second), kind="addendum")
    assert (base.superseded_by, older.superseded_by, newer.superseded_by) == (older, newer, None)


def _addendum(agreement: Agreement, planner: Person, target: str) -> Agreement:
    """Another target for one KPI, signed by all."""
    later = SIGNING + timedelta(days=30)
    kpi = KpiYear.objects.with_people().get(framework__run=agreement.run, code="1.1")
    made = addenda.draft_addendum(agreement, because="ปรับเป้าหมาย", effective_on=day_of(later), by=planner, at=later)
    addenda.set_changes(made, [KpiChange(kpi, target=Decimal(target))], seen=None, by=planner, at=later)
    actions.set_ceremony(made, signing_on=day_of(later), venue="ห้องประชุม ๒", seen=None, by=planner, at=later)
    return sign_all(actions.open_signing(made, seen=None, by=planner, at=later), at=later)
