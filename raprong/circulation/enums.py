from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    RESULT_LETTER = "result_letter", _("Letter announcing the result")
    CIRCULAR = "circular", _("Circular")
    COMMITTEE_ORDER = "committee_order", _("Order appointing a committee")
    MANUAL = "manual", _("Manual of the year")


class State(models.TextChoices):
    DRAFTING = "drafting", _("Being drafted")
    CHECKING = "checking", _("Being checked")
    SIGNING = "signing", _("Waiting for the signature")
    SIGNED = "signed", _("Signed")
    SENT = "sent", _("Sent")
    CANCELLED = "cancelled", _("Taken back")


UNSIGNED = (State.DRAFTING, State.CHECKING, State.SIGNING)


class Move(models.TextChoices):
    HAND_IN = "hand_in", _("Hand in for checking")
    SEND_BACK = "send_back", _("Send back")
    PASS = "pass", _("Pass on for signing")
    SIGN = "sign", _("Sign")
    SEND = "send", _("Send")
    CANCEL = "cancel", _("Cancel")


class LetterWork(models.TextChoices):
    """What is done with many letters in one go."""

    HAND_IN = "hand_in", _("Hand in for checking")
    PASS = "pass", _("Pass on for signing")
    SIGN = "sign", _("Sign")
    SEND = "send", _("Send")


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    WORKING = "working", _("Under way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
