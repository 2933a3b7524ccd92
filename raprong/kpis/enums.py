from django.db import models
from django.utils.translation import gettext_lazy as _


class KpiState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    SELECTED = "selected", _("Selected")
    NOT_SELECTED = "not_selected", _("Not selected")


class CriteriaKind(models.TextChoices):
    """The kinds of `raprong.lib.scoring.criteria.Kind`, with the words users see."""

    LADDER = "ladder", _("Five levels of a figure")
    BANDS = "bands", _("From–to bands")
    STEPS = "steps", _("Steps done one after another")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several answers")
    MILESTONES = "milestones", _("Milestones by round")
    DEVIATION = "deviation", _("Deviation from a plan")


class KpiLevel(models.TextChoices):
    """Whose KPI it is (ระดับของตัวชี้วัด)."""

    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department")
    UNIT = "unit", _("Unit")
    GROUP = "group", _("Group")
    PERSON = "person", _("Person")


class KpiOrigin(models.TextChoices):
    """Whether a higher level set it or the unit chose it."""

    MANDATED = "mandated", _("Mandated")
    OWN = "own", _("The unit's own")


class KpiNature(models.TextChoices):
    """What is measured."""

    INPUT = "input", _("Input")
    ACTIVITY = "activity", _("Activity")
    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")
    QUALITATIVE = "qualitative", _("Qualitative")


class Counting(models.TextChoices):
    """What a month's figure of a KPI says. Figures that count differently are never added up or averaged."""

    CUMULATIVE = "cumulative", _("Cumulative since October")
    MONTHLY = "monthly", _("Each month by itself")
    ANNUAL = "annual", _("Once, for the whole year")


class BatchState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be taken")
    TAKEN = "taken", _("Taken")
    UNDONE = "undone", _("Undone")


class RowStanding(models.TextChoices):
    """What a row of an uploaded file is to the year's KPIs."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    FAULTY = "faulty", _("To be corrected")
