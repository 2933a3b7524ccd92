from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds


class Evidence(AppConfig):
    name = "raprong.evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        kinds.register(
            {
                "evidence.handed_in": _("handed in evidence"),
                "evidence.credited": _("credited evidence that was here to a KPI"),
                "evidence.withdrawn": _("withdrew evidence from a KPI"),
                "evidence.moved": _("moved evidence to another step or round"),
                "evidence.changed": _("changed what is said of evidence"),
            }
        )
