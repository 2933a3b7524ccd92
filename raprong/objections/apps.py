from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds
from raprong.evaluations.followers import on_preliminary
from raprong.notifications import kinds as notice_kinds


class Objections(AppConfig):
    name = "raprong.objections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.core import regular  # its models need Django set up
        from raprong.objections.actions import close_passed_windows, show_to_unit, tell_of_days_that_began
        from raprong.objections.notices import KINDS

        regular.register(
            regular.RegularJob(
                "objections.days",
                _("Days to object that begin by themselves"),
                regular.just_after_midnight,
                tell_of_days_that_began,
            )
        )
        regular.register(
            regular.RegularJob(
                "objections.windows",
                _("Results that are final because their days to object have passed"),
                regular.just_after_midnight,
                close_passed_windows,
            )
        )
        audit_kinds.register(
            {
                "objection.result_shown": _("showed the unit its preliminary result"),
                "objection.result_opened": _("opened the preliminary result; the days to object began"),
                "objection.days_began": _("the days to object began, without the result having been opened"),
                "objection.accepted": _("accepted the result for the unit"),
                "objection.passed": _("made the result final: the days to object had passed"),
                "objection.filed": _("objected to the result"),
                "objection.withdrawn": _("withdrew an objection"),
                "objection.named": _("named the panel that decides on the objections"),
                "objection.aside": _("declared a conflict and stood aside from the panel"),
                "objection.proposed": _("put a decision on an objection to the vote"),
                "objection.voted": _("voted on the decision on an objection"),
                "objection.rejected": _("ended a vote in which the panel did not agree"),
                "objection.decided": _("decided on an objection with the panel"),
            }
        )
        notice_kinds.register(KINDS)
        on_preliminary(show_to_unit)
