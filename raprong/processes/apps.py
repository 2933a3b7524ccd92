from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds
from raprong.notifications import kinds as notice_kinds


class Processes(AppConfig):
    name = "raprong.processes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        audit_kinds.register(
            {
                "run.started": _("started the year"),
                "step.submitted": _("handed in a piece"),
                "step.returned": _("sent a piece back"),
                "step.accepted": _("accepted a piece"),
                "step.answered": _("answered a control point"),
                "step.taken_up": _("took up the work of a step"),
                "step.laid_down": _("laid down the work of a step"),
                "step.done": _("finished a step"),
            }
        )
        notice_kinds.register(
            {
                "step.opened": _("Step %(number)s is open: %(step)s"),
                "piece.submitted": _("%(group)s handed in: %(step)s"),
                "piece.returned": _("Sent back: %(step)s. %(because)s"),
            }
        )
