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
                "signature.given_by_hand": _("noted the signatures given by hand"),
                "signature.scan_handed_in": _("handed in a scan of the signed paper"),
                "signature.scan_approved": _("approved the scan of the signed paper"),
                "signature.scan_refused": _("did not accept the scan of the signed paper"),
            }
        )
