from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFTING = "drafting", _("Being drafted")
    SIGNING = "signing", _("Open for signing")
    IN_FORCE = "in_force", _("In force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Move(models.TextChoices):
    OPEN_SIGNING = "open_signing", _("Open for signing")
    SEND_BACK = "send_back", _("Back to drafting")
    COMPLETE = "complete", _("Every party has signed")
    WITHDRAW = "withdraw", _("Withdraw the draft")


class Tier(models.TextChoices):
    """Between whom an agreement is made."""

    UNIT = "unit", _("The unit, with the department")
    GROUP = "group", _("A group, with the head of the unit")
    PERSON = "person", _("A person, with the head of the group")


class Seating(models.TextChoices):
    """How a row is filled in the order of precedence."""

    FROM_MIDDLE = "from_middle", _("From the middle outwards, right and left in turn")
    FROM_LEFT = "from_left", _("From the left to the right")


class Side(models.TextChoices):
    RECEIVER = "receiver", _("Receives the agreement")  # ผู้รับคำรับรอง
    MAKER = "maker", _("Makes the agreement")  # ผู้ทำคำรับรอง
    APPROVER = "approver", _("Approves before it is signed")
    OBSERVER = "observer", _("Observes, and signs nothing")


PARTIES = (Side.RECEIVER, Side.MAKER)  # those whom the paper names
SIGNING_SIDES = (*PARTIES, Side.APPROVER)
TURN = {Side.APPROVER: 1, Side.MAKER: 2, Side.RECEIVER: 3}  # where nobody says otherwise
