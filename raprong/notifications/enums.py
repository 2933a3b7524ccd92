from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """When a channel brings a person their notices."""

    AT_ONCE = "at_once", _("At once, in working hours")
    DAILY = "daily", _("Once a day, on the next working morning")
    NEVER = "never", _("Not at all: I read them here")


class DeliveryState(models.TextChoices):
    """Where a notice stands on its way over a channel."""

    WAITING = "waiting", _("waits")
    CLAIMED = "claimed", _("is being sent")
    SENT = "sent", _("sent")
    SPARED = "spared", _("not needed any more")
    GIVEN_UP = "given_up", _("given up")
