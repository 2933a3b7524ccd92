from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds
from raprong.notifications import kinds as notice_kinds
from raprong.processes.cards import register


class Assessments(AppConfig):
    name = "raprong.assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.assessments.control_checks import CARDS
        from raprong.assessments.evidence_guard import check_part_lies_with_group
        from raprong.assessments.notices import KINDS
        from raprong.evidence import guards

        audit_kinds.register(
            {
                "assessment.opened": _("opened a self-assessment report"),
                "assessment.figures_refreshed": _("drew the monthly results into the report again"),
                "assessment.written": _("wrote what the report says of a KPI"),
                "assessment.evidence_attached": _("attached evidence"),
                "assessment.evidence_withdrawn": _("withdrew evidence"),
                "assessment.part_handed_in": _("handed in a group's part of the report"),
                "assessment.part_taken_back": _("took a group's part of the report back"),
                "assessment.part_passed_on": _("passed a group's part of the report on to planning"),
                "assessment.part_gathered": _("gathered a group's part of the report"),
                "assessment.part_sent_back": _("sent a group's part of the report back"),
                "assessment.submitted": _("submitted the self-assessment report"),
                "assessment.export_ordered": _("asked for the package of a report for the department's system"),
                "assessment.export_made": _("made the package of a report for the department's system"),
                "assessment.export_cancelled": _("stopped the package of a report"),
            }
        )
        notice_kinds.register(KINDS)
        guards.register(check_part_lies_with_group)
        for card in CARDS:
            register(card)
