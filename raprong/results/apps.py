from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds


class Results(AppConfig):
    name = "raprong.results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.notifications import kinds as notice_kinds
        from raprong.results import control_checks, notices

        control_checks.register_cards()
        kinds.register(
            {
                "result.reported": _("reported a monthly result"),
                "result.corrected": _("corrected a monthly result"),
                "result.month_closed": _("closed a month"),
                "result.month_reopened": _("opened a closed month again"),
                "result.taken_back": _("took back a monthly result"),
                "result.commented": _("commented on a monthly result"),
                "result.question_answered": _("said why a figure is right"),
                "result.follow_up_level_chosen": _("chose below which level a cause is asked for"),
                "result.action_written": _("wrote a cause and a corrective action"),
                "result.action_closed": _("closed a corrective action"),
            }
        )
        notice_kinds.register(notices.KINDS)
