from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    OFFICE = "office", _("Unit")  # กอง สำนัก: signs an agreement of its own
    GROUP = "group", _("Group")  # กลุ่มงาน within a unit


class Authority(models.TextChoices):
    """By what right a person signs for a post that is not theirs."""

    ACTING = "acting", _("Acting for")  # รักษาราชการแทน
    ON_BEHALF = "on_behalf", _("On behalf of")  # ปฏิบัติราชการแทน
