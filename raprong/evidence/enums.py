from django.db import models
from django.utils.translation import gettext_lazy as _


class HoleKind(models.TextChoices):
    """What is missing between a claim and its proof."""

    NOTHING = "nothing", _("A result is claimed, and nothing proves it")
    STEP = "step", _("A step or level is claimed, and what it asks for is not given")


class Lack(models.TextChoices):
    """What a piece of evidence is without."""

    KIND = "kind", _("No type")
    PERIOD = "period", _("No period")
    CREDIT = "credit", _("Proves nothing now")
