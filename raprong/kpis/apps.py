from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds
from raprong.notifications import kinds as notice_kinds


class Kpis(AppConfig):
    name = "raprong.kpis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The models that these modules need are there only once every application is loaded.
        from raprong.kpis.control_checks import register_cards
        from raprong.kpis.notices import KINDS

        audit_kinds.register(
            {
                "framework.policy_received": _("received the policy and the criteria"),
                "framework.dimensions_set": _("entered the dimensions of the framework"),
                "framework.scheme_set": _("changed the scoring scheme"),
                "framework.settled": _("settled the framework"),
                "framework.reopened": _("opened the framework again"),
                "kpi.proposed": _("proposed a KPI"),
                "kpi.revised": _("revised a KPI"),
                "kpi.copied": _("copied a KPI from last year"),
                "kpi.copy_undone": _("took the copy of a KPI back"),
                "kpi.retired": _("retired a KPI"),
                "kpi.brought_back": _("brought a retired KPI back"),
                "kpi.cancelled": _("cancelled a KPI from a round on"),
                "kpi.taken_up_again": _("took a cancelled KPI up again"),
                "kpi.amended": _("amended a KPI by an addendum to the agreement"),
                "kpi.withdrawn": _("withdrew a KPI"),
                "kpi.aligned": _("said which policy sources a KPI answers to"),
                "kpi.selected": _("selected a KPI"),
                "kpi.not_selected": _("did not select a KPI"),
                "kpi.undecided": _("opened the decision about a KPI again"),
                "kpi.part_weights_set": _("weighed the parts of a KPI"),
                "kpis.meeting_opened": _("opened a selection meeting"),
                "kpis.meeting_revised": _("changed what a selection meeting says of itself"),
                "kpis.meeting_closed": _("closed a selection meeting and sealed its minutes"),
                "kpi.details_filled": _("wrote the detail sheet of a KPI"),
                "kpi.sheet_deposited": _("deposited the detail sheet of a KPI"),
                "kpis.copied": _("copied KPIs from last year"),
                "kpi.warning_accepted": _("gave a reason for what is found in a KPI"),
                "kpi.warning_reopened": _("took back the reason for what is found in a KPI"),
                "kpis.imported": _("imported a workbook of KPIs"),
                "kpis.file_read": _("had a file of KPIs read"),
                "kpis.import_undone": _("undid what was taken in from a file of KPIs"),
                "kpis.import_discarded": _("threw away a file of KPIs of which nothing was taken in"),
                "kpis.sent_to_department": _("sent the list of KPIs to the department"),
            }
        )
        notice_kinds.register(KINDS)
        register_cards()
