from django.db import models
from django.utils.translation import gettext_lazy as _


class KpiState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    SELECTED = "selected", _("Selected")
    NOT_SELECTED = "not_selected", _("Not selected")


class CriteriaKind(models.TextChoices):
    LADDER = "ladder", _("Five levels of a figure")
    STEPS = "steps", _("Steps done one after another")
