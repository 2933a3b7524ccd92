"""The kinds of paper that come into the cabinet, in the words that people know them by."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "agreement": _("Performance agreement"),
    "agreement_scan": _("Agreement signed by hand"),
    "addendum": _("Addendum to an agreement"),
    "self_assessment": _("Self-assessment report"),
    "receipt": _("Receipt for a self-assessment report"),
    "score_table": _("Score table"),
    "result_letter": _("Result letter"),
    "circular": _("Circular"),
    "committee_order": _("Order appointing a committee"),
    "manual": _("Manual of the year"),
    "kpi_detail": _("KPI detail sheets"),
    "monthly_report": _("Monthly report"),
    "round_report": _("Report of a round"),
    "signing_form": _("Signing form"),
    "selection_minutes": _("Minutes of a selection meeting"),
    "moderation_minutes": _("Minutes of a moderation meeting"),
    "objection_decision": _("Decision on an objection"),
    "archive_index": _("Index of the year's papers"),
}


def kind_name(kind: str) -> str:
    """A kind in the language of the page; one that is not known by name is shown as it is."""
    return str(KINDS.get(kind, kind))
