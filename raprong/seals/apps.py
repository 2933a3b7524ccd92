from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit.kinds import register
from raprong.notifications import kinds as notices


class Seals(AppConfig):
    name = "raprong.seals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # These need the models, which are there from now on.
        from raprong.core import regular
        from raprong.notifications.hours import next_working_morning
        from raprong.seals.endings import warn_of_ending_seals
        from raprong.seals.proofs import add_missing_proofs

        register(
            {
                "seal.installed": _("installed a seal certificate"),
                "seal.retired": _("retired a seal certificate"),
                "authority.trusted": _("trusted a certification authority"),
                "authority.withdrawn": _("withdrew the trust in a certification authority"),
                "paper.proven": _("added the timestamp to a sealed paper"),
                "paper.cancelled": _("cancelled a sealed paper"),
                "paper.superseded": _("replaced a sealed paper"),
            }
        )
        notices.register(
            {
                "seal.ending": _("The seal certificate %(name)s ends on %(day)s. Install a new one before then."),
                "seal.ended": _("The seal certificate %(name)s has ended. No paper can be sealed with it."),
            }
        )
        regular.register(
            regular.RegularJob(
                "seals.proofs", _("Missing timestamps of sealed papers"), regular.in_an_hour, add_missing_proofs
            )
        )
        regular.register(
            regular.RegularJob(
                "seals.ending", _("Seal certificates that end"), next_working_morning, warn_of_ending_seals
            )
        )
