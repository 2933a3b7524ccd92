from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a paper is signed; one way for all who sign it."""

    ELECTRONIC = "electronic", _("On screen, with the password")
    CERTIFICATE = "certificate", _("With each signer's own certificate")
    WET_INK = "wet_ink", _("By hand, on paper")


class Act(models.TextChoices):
    """What is asked of somebody."""

    SIGN = "sign", _("Signs")
    APPROVE = "approve", _("Approves before it is signed")
