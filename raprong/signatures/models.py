from django.db import models

from raprong.core.models import AppendOnlyModel, PublicIdModel
from raprong.organisation.models import Person, Unit
from raprong.signatures.enums import Act


class SignatureRequest(PublicIdModel):
    """One person is asked to sign one thing. Requests with a lower order sign first; equal ones in any order."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=120, db_index=True)  # a reference
    about_title = models.CharField(max_length=300)
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signature_requests")
    post = models.CharField(max_length=300)  # as the paper prints it, the acting order included
    order = models.PositiveSmallIntegerField(default=1)
    act = models.CharField(max_length=10, choices=Act.choices, default=Act.SIGN)
    requested_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_because = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["about", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.signer}: {self.about_title}"


class Signature(AppendOnlyModel):
    """A signature that was given: by whom, how they proved who they are, and the hash of what they saw."""

    request = models.OneToOneField(SignatureRequest, on_delete=models.PROTECT, related_name="signature")
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField()
    method = models.CharField(max_length=20)
    seen_sha256 = models.CharField(max_length=64)
    certificate = models.JSONField(null=True)  # of a signature with one: whose, from whom, its fingerprint

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.signed_by} {self.signed_at:%Y-%m-%d %H:%M}"
