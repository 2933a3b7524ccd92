from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit.kinds import register


class Access(AppConfig):
    name = "raprong.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register({"access.granted": _("gave a role"), "access.ended": _("ended a role")})
