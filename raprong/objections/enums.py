from django.db import models
from django.utils.translation import gettext_lazy as _


class Settled(models.TextChoices):
    """What made a preliminary result final."""

    ACCEPTED = "accepted", _("Accepted by the unit")
    PASSED = "passed", _("The days to object have passed")


class State(models.TextChoices):
    FILED = "filed", _("Before the panel")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECIDED = "decided", _("Decided")


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("Upheld")
    IN_PART = "in_part", _("Upheld in part")
    REFUSED = "refused", _("Objection refused")


class ProposalState(models.TextChoices):
    VOTING = "voting", _("The panel votes")
    TAKEN = "taken", _("Agreed to")
    REJECTED = "rejected", _("Not agreed to")
