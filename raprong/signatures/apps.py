from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit.kinds import register


class Signatures(AppConfig):
    name = "raprong.signatures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(
            {
                "signature.asked": _("asked for signatures"),
                "signature.given": _("signed"),
                "signature.declined": _("declined to sign"),
            }
        )
