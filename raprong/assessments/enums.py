from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WRITING = "writing", _("Being written")
    SUBMITTED = "submitted", _("Submitted")


class Move(models.TextChoices):
    SUBMIT = "submit", _("Submit")
