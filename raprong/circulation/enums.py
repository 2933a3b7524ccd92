from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    RESULT_LETTER = "result_letter", _("Letter announcing the result")
    CIRCULAR = "circular", _("Circular")
    COMMITTEE_ORDER = "committee_order", _("Order appointing a committee")
    MANUAL = "manual", _("Manual of the year")


class State(models.TextChoices):
    DRAFTING = "drafting", _("Being drafted")
    SIGNED = "signed", _("Signed")
    SENT = "sent", _("Sent")
    CANCELLED = "cancelled", _("Taken back")


class Move(models.TextChoices):
    SIGN = "sign", _("Sign")
    SEND = "send", _("Send")
    CANCEL = "cancel", _("Cancel")
