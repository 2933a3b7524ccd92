from django.db import models
from django.utils.translation import gettext_lazy as _


class ResultStatus(models.TextChoices):
    """A value, nothing reported, and nothing applicable are three things. No row at all: not yet asked."""

    VALUE = "value", _("Reported")
    NOT_APPLICABLE = "not_applicable", _("Not applicable this month")
