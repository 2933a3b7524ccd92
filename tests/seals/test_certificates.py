"""A unit's own certificate: installed, used on its days, retired; and whose signatures are believed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.files import store
from raprong.lib.signing import verify
from raprong.seals import actions
from raprong.seals.models import SealCertificate, TrustedAuthority
from raprong.seals.signers import certificate_for, own_roots, signer_of, trust_roots
from tests.factories.certificates import Issued, authority, issue, rsa_key
from tests.seals.conftest import AT, PASSWORD, Deposit, Install


def faults_of(work: Any) -> dict[str, str]:
    with pytest.raises(Faults) as refused:
        work()
    return {fault.field: str(fault.sentence) for fault in refused.value.faults}


def test_papers_are_sealed_by_the_agencys_own_certificate(
    install: Install, deposit: Deposit, office_seal: Issued, root: Issued
) -> None:
    install(office_seal)

    record = deposit()

    found = verify(store.place_of(record.sha256).read_bytes(), trust_roots=[root.pem])
    assert found.holds
    assert found.signer_name == "Seal of the office"


def test_without_one_the_installations_own_seals(deposit: Deposit) -> None:
    found = verify(store.place_of(deposit().sha256).read_bytes(), trust_roots=own_roots())

    assert found.holds
    assert "for evaluation and training" in found.signer_name


def test_units_own_certificate_goes_before_its_agencys(
    install: Install, cast: SampleAgency, office_seal: Issued, root: Issued
) -> None:
    agency = install(office_seal)
    own = install(issue(root, "Seal of the unit", key=rsa_key()), unit=cast.office)
    another = cast.agency.units.filter(parent__isnull=True).exclude(pk=cast.office.pk).first()

    assert certificate_for(cast.office, at=AT) == own
    assert another is not None
    assert certificate_for(another, at=AT) == agency
    assert signer_of(own).name == "Seal of the unit"


def test_certificate_seals_from_its_day_on(install: Install, cast: SampleAgency, office_seal: Issued) -> None:
    install(office_seal, since=date(2027, 1, 1))

    assert certificate_for(cast.office, at=AT) is None
    assert certificate_for(cast.office, at=datetime(2027, 1, 1, tzinfo=UTC)) is not None


def test_ended_certificate_refuses_rather_than_train(
    install: Install, cast: SampleAgency, root: Issued, deposit: Deposit
) -> None:
    install(issue(root, "Short seal", until=datetime(2026, 12, 31, tzinfo=UTC)))

    with pytest.raises(Refused, match="Short seal"):
        certificate_for(cast.office, at=datetime(2027, 2, 1, tzinfo=UTC))


def test_key_is_kept_encrypted_and_told_nowhere(install: Install, office_seal: Issued) -> None:
    made = install(office_seal)

    entry = Entry.objects.get(kind="seal.installed")
    assert "ENCRYPTED PRIVATE KEY" in made.encrypted_key
    assert PASSWORD not in str(entry.facts) + made.encrypted_key
    assert "PRIVATE KEY" not in str(entry.facts)
    assert entry.facts["fingerprint"] == made.sha256


def test_key_does_not_open_with_another_passphrase(install: Install, office_seal: Issued, settings: Settings) -> None:
    made = install(office_seal)
    settings.KEYS_PASSPHRASE = "another installation's"

    with pytest.raises(Refused, match="รหัสผ่าน"):
        signer_of(SealCertificate(encrypted_key=made.encrypted_key + "\n", certificate_pem=made.certificate_pem))


def test_wrong_password_is_told_at_its_field(cast: SampleAgency, office_seal: Issued) -> None:
    told = faults_of(
        lambda: actions.install(
            cast.agency,
            unit=None,
            pkcs12=office_seal.pkcs12(PASSWORD),
            password="another",
            in_force_from=AT.date(),
            by=cast.people["admin"],
            at=AT,
        )
    )

    assert "รหัสผ่าน" in told["password"]
    assert not SealCertificate.objects.exists()


def test_other_files_and_days_are_told_at_their_fields(
    install: Install, cast: SampleAgency, office_seal: Issued
) -> None:
    no_file = faults_of(
        lambda: actions.install(
            cast.agency, unit=None, pkcs12=b"x", password="", in_force_from=AT.date(), by=cast.people["admin"], at=AT
        )
    )
    wrong_day = faults_of(lambda: install(office_seal, since=date(2035, 1, 1)))
    install(office_seal)
    twice = faults_of(lambda: install(office_seal))

    assert list(no_file) == ["file"]
    assert list(wrong_day) == ["in_force_from"]
    assert list(twice) == ["file"]


def test_unit_of_another_agency_is_refused(install: Install, other_cast: SampleAgency, office_seal: Issued) -> None:
    assert "unit" in faults_of(lambda: install(office_seal, unit=other_cast.office))


def test_only_administrators_install_and_retire(install: Install, cast: SampleAgency, office_seal: Issued) -> None:
    made = install(office_seal)

    for who in ("planner", "director", "records"):
        with pytest.raises(Refused):
            actions.retire(made, because="no reason", by=cast.people[who], at=AT)


def test_retired_certificate_seals_no_more(install: Install, cast: SampleAgency, office_seal: Issued) -> None:
    made = install(office_seal)

    actions.retire(made, because="กุญแจสูญหาย", by=cast.people["admin"], at=AT)

    assert certificate_for(cast.office, at=AT) is None
    assert Entry.objects.get(kind="seal.retired").facts["because"] == "กุญแจสูญหาย"


def test_retiring_asks_for_its_reason(install: Install, cast: SampleAgency, office_seal: Issued) -> None:
    made = install(office_seal)

    assert list(faults_of(lambda: actions.retire(made, because=" ", by=cast.people["admin"], at=AT))) == ["because"]


def test_roots_of_installed_seals_are_believed(install: Install, office_seal: Issued, root: Issued) -> None:
    install(office_seal)

    assert root.pem in trust_roots()


def test_added_authority_is_believed_until_it_is_withdrawn(cast: SampleAgency) -> None:
    persons = authority("Authority of persons")

    made = actions.trust(persons.pem, by=cast.people["admin"], at=AT)
    believed = trust_roots()
    actions.withdraw(made, because="หมดสัญญา", by=cast.people["admin"], at=AT)

    assert persons.pem in believed
    assert persons.pem not in trust_roots()


def test_what_is_no_authority_is_told(cast: SampleAgency, office_seal: Issued) -> None:
    for content in (b"no certificate", office_seal.pem):
        told = faults_of(lambda content=content: actions.trust(content, by=cast.people["admin"], at=AT))
        assert "file" in told
    assert not TrustedAuthority.objects.exists()


def test_authority_is_trusted_once(cast: SampleAgency, root: Issued) -> None:
    actions.trust(root.pem, by=cast.people["admin"], at=AT)

    assert "file" in faults_of(lambda: actions.trust(root.pem, by=cast.people["admin"], at=AT))
