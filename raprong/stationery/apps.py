from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit.kinds import register


class Stationery(AppConfig):
    name = "raprong.stationery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(
            {
                "stationery.worded": _("worded a paper anew"),
                "stationery.letterhead_set": _("set how papers look"),
            }
        )
