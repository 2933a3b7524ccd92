from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Web(AppConfig):
    name = "raprong.web"

    def ready(self) -> None:
        from raprong.core.regular import RegularJob, register  # its models need Django set up
        from raprong.notifications.hours import next_working_morning
        from raprong.web.home.reminding import remind_everybody

        register(RegularJob("reminders", _("Reminders and what is late"), next_working_morning, remind_everybody))
