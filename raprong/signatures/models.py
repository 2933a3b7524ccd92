from django.db import models

from raprong.core.models import AppendOnlyModel, PublicIdModel
from raprong.files.models import StoredFile
from raprong.organisation.models import Person, Unit
from raprong.signatures.enums import Act, Finding, ScanState


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


class PrintedPaper(PublicIdModel, AppendOnlyModel):
    """A print of a paper for signing by hand. Its public id is the code that stands on every page."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=120, db_index=True)  # a reference
    about_title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["printed_at", "pk"]

    def __str__(self) -> str:
        return self.about_title


class SignedScan(PublicIdModel):
    """A scan or photographs of a print that was signed by hand, as somebody handed it in."""

    printed = models.ForeignKey(PrintedPaper, on_delete=models.PROTECT, related_name="scans")
    signed_on = models.DateField()  # the day that the signers wrote
    state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.WAITING)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["-handed_in_at", "-pk"]

    def __str__(self) -> str:
        return self.printed.about_title


class ScanPage(PublicIdModel):
    """One page of a scan: the file it came in, its picture, and which page of the print it is."""

    scan = models.ForeignKey(SignedScan, on_delete=models.PROTECT, related_name="pages")
    order = models.PositiveSmallIntegerField()  # as handed in, from 1
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=15, choices=Finding.choices)
    of_title = models.CharField(max_length=300, blank=True)  # of a page of another paper: which
    page = models.PositiveSmallIntegerField(null=True)  # of the print; None where it counts for none
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # by hand

    class Meta:
        ordering = ["scan", "order"]

    def __str__(self) -> str:
        return f"{self.scan} {self.order}"
