from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from raprong.core.models import PublicIdModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Agency, Person, Unit


class SealCertificateQuerySet(models.QuerySet["SealCertificate"]):
    def chosen_for(self, unit: Unit, on: date) -> Self:
        """Those in force for a unit on a day, the one to use first: the unit's own, else its agency's; the newest."""
        mine = Q(unit=unit.office_id) | Q(unit__isnull=True)
        chosen = self.filter(mine, agency=unit.agency_id, retired_at__isnull=True, in_force_from__lte=on)
        return chosen.order_by(models.F("unit").asc(nulls_last=True), "-in_force_from", "-pk")


class SealCertificate(PublicIdModel):
    """A certificate by which a unit, or a whole agency, seals its papers. Its key, encrypted, never leaves."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # None: the whole agency
    name = models.CharField(max_length=300)
    organisation = models.CharField(max_length=300, blank=True)
    issuer = models.CharField(max_length=300)
    serial = models.CharField(max_length=80)
    key = models.CharField(max_length=40)  # its kind, such as "RSA 2048"
    sha256 = models.CharField(max_length=64)  # the certificate's fingerprint
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    tells_revocations = models.BooleanField(default=False)  # says where its authority lists what it took back
    certificate_pem = models.TextField()
    chain_pem = models.TextField(blank=True)  # the authorities above it
    encrypted_key = models.TextField()  # PKCS#8 under the installation's passphrase
    in_force_from = models.DateField()
    installed_at = models.DateTimeField()
    installed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    retired_because = models.CharField(max_length=500, blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True)  # how long before its end administrators last heard

    objects = SealCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"],
                condition=Q(retired_at__isnull=True),
                name="a_seal_is_installed_once_in_a_unit",
            ),
            models.UniqueConstraint(
                fields=["agency", "sha256"],
                condition=Q(retired_at__isnull=True, unit__isnull=True),
                name="a_seal_is_installed_once_for_an_agency",
            ),
            models.CheckConstraint(
                name="a_retired_seal_has_its_reason",
                condition=Q(retired_at__isnull=True, retired_because="")
                | Q(retired_at__isnull=False) & ~Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def valid_at(self, moment: datetime) -> bool:
        return self.valid_from <= moment <= self.valid_until


class TrustedAuthorityQuerySet(models.QuerySet["TrustedAuthority"]):
    def in_force(self, agency: Agency | None) -> Self:
        """Those that an agency trusts today; without one, those that any agency here does."""
        trusted = self.filter(withdrawn_at__isnull=True)
        return trusted if agency is None else trusted.filter(agency=agency)


class TrustedAuthority(PublicIdModel):
    """A root certificate that an agency trusts: on its papers, signatures that lead to it are believed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateTimeField()
    certificate_pem = models.TextField()
    trusted_at = models.DateTimeField()
    trusted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = TrustedAuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="an_authority_is_trusted_once_in_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SealedPaper(PublicIdModel):
    """What the public may check about a paper: its code, what it is, whose, and how its seal stands.

    A code may be printed on a paper before it is sealed, so that people can sign what will be sealed: then there is no
    seal yet. What the paper is about and where it lies in the cabinet are references: both rooms lie above.
    """

    code = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)  # the kind of paper, a folder name of raprong.documents
    title = models.CharField(max_length=300)
    about = models.CharField(max_length=120, db_index=True)  # a reference
    printed_at = models.DateTimeField()
    record = models.CharField(max_length=120, blank=True)  # a reference
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # of the deposited file
    sealed_at = models.DateTimeField(null=True)
    certificate = models.ForeignKey(  # None: the installation's own
        SealCertificate, on_delete=models.PROTECT, null=True, related_name="papers"
    )
    level = models.CharField(max_length=5, blank=True)
    awaits_proof = models.BooleanField(default=False)  # the timestamp server or the authority did not answer
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # with it appended
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-printed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_sealed_paper_has_its_hash",
                condition=Q(sealed_at__isnull=True, sha256="") | Q(sealed_at__isnull=False) & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
