from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds


class Results(AppConfig):
    name = "raprong.results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.results import control_checks

        control_checks.register_cards()
        kinds.register(
            {
                "result.reported": _("reported a monthly result"),
                "result.corrected": _("corrected a monthly result"),
                "result.month_closed": _("closed a month"),
            }
        )
