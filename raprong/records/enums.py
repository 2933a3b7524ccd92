from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    PRINTING = "printing", _("Being printed")
    DONE = "done", _("Ready")
    CANCELLED = "cancelled", _("Stopped")
