from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SCORING = "scoring", _("Being scored")
    SCORED = "scored", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")


class Move(models.TextChoices):
    FINISH_SCORING = "finish_scoring", _("Scoring finished")
    SEND_BACK = "send_back", _("Back to scoring")
    CONFIRM = "confirm", _("Confirm")


class InquiryState(models.TextChoices):
    ASKED = "asked", _("Waiting for the answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class FactorState(models.TextChoices):
    CLAIMED = "claimed", _("Waiting for a decision")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ACCEPTED = "accepted", _("Factor accepted")
    REFUSED = "refused", _("Factor not accepted")


class AdviceState(models.TextChoices):
    OPEN = "open", _("To be followed")
    DONE = "done", _("Said to be done")
    CLOSED = "closed", _("Closed")


class AdviceMove(models.TextChoices):
    REPORT = "report", _("Said to be done")
    RETURN = "return", _("Sent back")
    CLOSE = "close", _("Closed")
