from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a paper is signed; one way for all who sign it."""

    ELECTRONIC = "electronic", _("On screen, with the password")
    CERTIFICATE = "certificate", _("With each signer's own certificate")
    WET_INK = "wet_ink", _("By hand, on paper")


class ScanState(models.TextChoices):
    """Where a scan of a paper signed by hand stands."""

    WAITING = "waiting", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not accepted")


class Finding(models.TextChoices):
    """What was read on a page of a scan."""

    MATCHED = "matched", _("A page of this paper")
    OTHER_PAPER = "other_paper", _("A page of another paper")
    EARLIER_PRINT = "earlier_print", _("A page of an earlier print, which does not count any more")
    NO_CODE = "no_code", _("No code could be read")


class Act(models.TextChoices):
    """What is asked of somebody."""

    SIGN = "sign", _("Signs")
    APPROVE = "approve", _("Approves before it is signed")
