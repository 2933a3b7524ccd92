from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit.kinds import register


class Access(AppConfig):
    name = "raprong.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(
            {
                "access.granted": _("gave a role"),
                "access.ended": _("ended a role"),
                "access.second_factor_set_up": _("set up a second factor for signing in"),
                "access.second_factor_laid_down": _("gave up the second factor for signing in"),
                "access.second_factor_taken_away": _("took away a person's second factor"),
                "access.recovery_codes_made": _("made new recovery codes"),
                "access.recovery_code_used": _("used a recovery code"),
                "organisation.founded": _("set this installation up"),
                "organisation.unit_added": _("added a unit or group"),
                "organisation.post_added": _("added a post"),
                "organisation.person_added": _("added a person with an account"),
                "organisation.password_replaced": _("gave a new temporary password"),
                "organisation.address_given": _("changed the e-mail address of an account"),
                "organisation.appointed": _("appointed somebody to a post"),
                "organisation.appointment_ended": _("ended an appointment"),
                "organisation.order_given": _("entered an order to sign for a post"),
                "organisation.order_ended": _("ended an order to sign for a post"),
            }
        )
