from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.administration import check_may_administer, record_of_agency
from raprong.access.rules import Refused
from raprong.core.faults import FaultList, all_at_once
from raprong.lib.signing import SigningRefused, StoredSeal, Why, authority_in, stored_seal
from raprong.organisation.models import Agency, Person, Unit
from raprong.seals.models import SealCertificate, TrustedAuthority
from raprong.seals.signers import sentence_of


@transaction.atomic
def install(
    agency: Agency, *, unit: Unit | None, pkcs12: bytes, password: str, in_force_from: date, by: Person, at: datetime
) -> SealCertificate:
    """Install the certificate by which a unit, or with None the whole agency, seals papers from a day on.

    For administrators of the agency. The key is locked with the installation's passphrase before it is kept; neither it
    nor the password is written anywhere else. Each thing wrong with the file, its password or the day is a fault.
    """
    check_may_administer(by, agency, at=at)
    with all_at_once() as faults:
        if unit is not None and (unit.agency_id != agency.pk or unit.parent_id is not None):
            faults.add("unit", _("Choose a unit of this agency."))
        seal = _opened(pkcs12, password, faults, at=at)
        if seal is not None:
            _check_new(seal, agency, unit, in_force_from, faults)
    assert seal is not None
    made = SealCertificate.objects.create(
        agency=agency,
        unit=unit,
        name=seal.facts.name[:300],
        organisation=seal.facts.organisation[:300],
        issuer=seal.facts.issuer[:300],
        serial=seal.facts.serial[:80],
        key=seal.facts.key,
        sha256=seal.facts.sha256,
        valid_from=seal.facts.valid_from,
        valid_until=seal.facts.valid_until,
        tells_revocations=seal.tells_revocations,
        certificate_pem=seal.certificate_pem,
        chain_pem=seal.chain_pem,
        encrypted_key=seal.encrypted_key,
        in_force_from=in_force_from,
        installed_at=at,
        installed_by=by,
    )
    said = {"unit": str(unit or agency), "fingerprint": made.sha256, "in_force_from": in_force_from}
    record_of_agency("seal.installed", about=made, agency=agency, by=by, at=at, **said)
    return made


@transaction.atomic
def retire(certificate: SealCertificate, *, because: str, by: Person, at: datetime) -> SealCertificate:
    """Seal nothing more with a certificate, for a reason that the public page tells. What it sealed stays sealed."""
    certificate = SealCertificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    check_may_administer(by, certificate.agency, at=at)
    if certificate.retired_at is not None:
        raise Refused(_("This certificate is retired already."))
    with all_at_once() as faults:
        _check_reason(because, faults)
    certificate.retired_at, certificate.retired_by, certificate.retired_because = at, by, because.strip()
    certificate.save(update_fields=["retired_at", "retired_by", "retired_because"])
    said = {"fingerprint": certificate.sha256, "because": certificate.retired_because}
    record_of_agency("seal.retired", about=certificate, agency=certificate.agency, by=by, at=at, **said)
    return certificate


@transaction.atomic
def trust(content: bytes, *, by: Person, at: datetime) -> TrustedAuthority:
    """Believe signatures whose certificates lead to a root, on the papers of one's own agency. For administrators."""
    agency = by.agency
    check_may_administer(by, agency, at=at)
    with all_at_once() as faults:
        try:
            pem, facts = authority_in(content)
        except SigningRefused as refused:
            faults.add("file", sentence_of(refused))
        else:
            if TrustedAuthority.objects.in_force(agency).filter(sha256=facts.sha256).exists():
                faults.add("file", _("%(name)s is trusted already.") % {"name": facts.name})
    made = TrustedAuthority.objects.create(
        agency=agency,
        name=facts.name[:300],
        sha256=facts.sha256,
        valid_until=facts.valid_until,
        certificate_pem=pem,
        trusted_at=at,
        trusted_by=by,
    )
    record_of_agency("authority.trusted", about=made, agency=agency, by=by, at=at, fingerprint=made.sha256)
    return made


@transaction.atomic
def withdraw(authority: TrustedAuthority, *, because: str, by: Person, at: datetime) -> TrustedAuthority:
    """Believe an authority no longer, for a reason. Signers that it vouched for are then of unknown authority."""
    authority = TrustedAuthority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    check_may_administer(by, authority.agency, at=at)
    if authority.withdrawn_at is not None:
        raise Refused(_("The trust in this authority is withdrawn already."))
    with all_at_once() as faults:
        _check_reason(because, faults)
    authority.withdrawn_at, authority.withdrawn_by, authority.withdrawn_because = at, by, because.strip()
    authority.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    said = {"fingerprint": authority.sha256, "because": authority.withdrawn_because}
    record_of_agency("authority.withdrawn", about=authority, agency=authority.agency, by=by, at=at, **said)
    return authority


def _opened(pkcs12: bytes, password: str, faults: FaultList, *, at: datetime) -> StoredSeal | None:
    try:
        return stored_seal(pkcs12, password, passphrase=settings.KEYS_PASSPHRASE, at=at)
    except SigningRefused as refused:
        faults.add("password" if refused.why is Why.WRONG_PASSWORD else "file", sentence_of(refused))
        return None


def _check_new(seal: StoredSeal, agency: Agency, unit: Unit | None, in_force_from: date, faults: FaultList) -> None:
    if in_force_from < seal.facts.valid_from.date() or in_force_from > seal.facts.valid_until.date():
        faults.add("in_force_from", _("Choose a day on which the certificate is valid."))
    installed = SealCertificate.objects.filter(agency=agency, unit=unit, sha256=seal.facts.sha256)
    if installed.filter(retired_at__isnull=True).exists():
        faults.add("file", _("This certificate is installed already."))


def _check_reason(because: str, faults: FaultList) -> None:
    if not because.strip():
        faults.add("because", _("Give the reason."))
    elif len(because.strip()) > 500:
        faults.add("because", _("Give the reason in at most 500 letters."))
