from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """What stood at a link's address when it was looked at last."""

    SAME = "same", _("As it was kept")
    CHANGED = "changed", _("Changed since")
    CLOSED = "closed", _("Access closed")
    GONE = "gone", _("No longer there")
    SILENT = "silent", _("Could not be reached")
