from django.db import models
from django.utils.translation import gettext_lazy as _


class ResultStatus(models.TextChoices):
    """What a report says: a value (nought is one), that nothing applies, or that the data do not exist.

    No row at all is a fourth thing: nobody has reported. See `raprong.lib.scoring.card.Status`.
    """

    VALUE = "value", _("Reported")
    NOT_APPLICABLE = "not_applicable", _("Not applicable this month")
    MISSING = "missing", _("The data do not exist")
