from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds
from raprong.notifications import kinds as notice_kinds


class Notifications(AppConfig):
    name = "raprong.notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.notifications.channels import register, register_plug_ins  # their models need Django set up
        from raprong.notifications.email import Email
        from raprong.notifications.webhook import Webhook

        register(Email())
        if (webhook := Webhook()).in_use():
            register(webhook)
        register_plug_ins()
        notice_kinds.register(
            {
                "channel.trial": _("A trial over %(channel)s: if you read this there, it reaches you."),
                "channel.failing": _("Notices cannot be sent by %(channel)s and are tried again: %(because)s"),
                "reminder.one": _("Reminder: %(thing)s, %(when)s"),
                "reminder.many": _("Reminder: %(count)s things wait for you. The first: %(thing)s, %(when)s"),
                "reminder.many_late": _(
                    "%(count)s things are late. The first at %(place)s: %(thing)s, %(when)s. It waits for %(people)s."
                ),
                "reminder.late": _("Late at %(place)s: %(thing)s, %(when)s. It waits for %(people)s."),
            }
        )
        audit_kinds.register(
            {
                "calendar.opened": _("gave the calendar of due dates a new address"),
                "calendar.withdrawn": _("withdrew the address of the calendar of due dates"),
                "channel.tried": _("sent themselves a trial over a channel of notices"),
            }
        )
