from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WRITING = "writing", _("Being written")
    SUBMITTED = "submitted", _("Submitted")


class Move(models.TextChoices):
    SUBMIT = "submit", _("Submit")


class PartState(models.TextChoices):
    """Where a group's part of a report lies."""

    WRITING = "writing", _("With the group")
    RETURNED = "returned", _("Sent back to the group")
    WITH_HEAD = "with_head", _("With the group head")
    WITH_PLANNING = "with_planning", _("With planning")
    GATHERED = "gathered", _("Gathered")


class PartMove(models.TextChoices):
    HAND_IN = "hand_in", _("Hand in")
    TAKE_BACK = "take_back", _("Take back")
    PASS_ON = "pass_on", _("Pass on")
    GATHER = "gather", _("Gather")
    SEND_BACK = "send_back", _("Send back")


class ItemField(models.TextChoices):
    """What of a KPI's part a reason for sending it back may point at, in the words of the report."""

    RESULT = "result", _("Result")
    NARRATIVE = "narrative", _("What was done")
    NO_FIGURE = "no_figure_because", _("Why there is no result")
    FACTORS = "factors", _("What helped")
    OBSTACLES = "obstacles", _("What stood in the way")
    SUGGESTIONS = "suggestions", _("Suggestions")
    EVIDENCE = "evidence", _("Evidence")


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    MAKING = "making", _("Being put together")
    DONE = "done", _("Ready")
    CANCELLED = "cancelled", _("Stopped")
    FAILED = "failed", _("Could not be made")
