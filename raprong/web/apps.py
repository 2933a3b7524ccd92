from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Web(AppConfig):
    name = "raprong.web"

    def ready(self) -> None:
        from raprong.core.regular import RegularJob, in_an_hour, register  # its models need Django set up
        from raprong.notifications import kinds as notices
        from raprong.notifications.hours import next_working_morning
        from raprong.web.files.watching import look_at_links
        from raprong.web.home.reminding import remind_everybody

        register(RegularJob("reminders", _("Reminders and what is late"), next_working_morning, remind_everybody))
        register(RegularJob("files.links", _("Links given as evidence"), in_an_hour, look_at_links))
        notices.register(
            {
                "link.changed": _("The link “%(title)s” that you gave as evidence has changed. The copy is as it was."),
                "link.closed": _(
                    "The link “%(title)s” that you gave as evidence asks for a sign-in now. Open it to everybody."
                ),
                "link.gone": _("Nothing stands any more at the link “%(title)s” that you gave as evidence."),
                "link.silent": _("The link “%(title)s” that you gave as evidence could not be reached."),
            }
        )
