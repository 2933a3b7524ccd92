from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds


class Notifications(AppConfig):
    name = "raprong.notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        audit_kinds.register(
            {
                "calendar.opened": _("gave the calendar of due dates a new address"),
                "calendar.withdrawn": _("withdrew the address of the calendar of due dates"),
            }
        )
