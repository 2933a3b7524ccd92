from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit.kinds import register


class Records(AppConfig):
    name = "raprong.records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(
            {
                "record.deposited": _("put a paper into the cabinet"),
                "batch.ordered": _("asked for many papers in one file"),
                "batch.cancelled": _("stopped the printing of many papers"),
                "batch.started_again": _("started the printing of many papers again"),
                "batch.made": _("put many papers into one file"),
            }
        )
