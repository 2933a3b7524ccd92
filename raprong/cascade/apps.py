from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds
from raprong.notifications import kinds as notices


class Cascade(AppConfig):
    name = "raprong.cascade"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.cascade import control_checks

        control_checks.register_cards()
        kinds.register(
            {
                "cascade.assigned": _("gave a person a KPI"),
                "cascade.released": _("took a KPI back from a person"),
                "cascade.acknowledged": _("acknowledged a KPI as understood"),
            }
        )
        notices.register(
            {
                "cascade.assigned": _("%(by)s gave you %(kpi)s. Read what it asks of you and acknowledge it."),
                "cascade.released": _("%(by)s took %(kpi)s back from you."),
            }
        )
