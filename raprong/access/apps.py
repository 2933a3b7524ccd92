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
