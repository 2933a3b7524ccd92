"""What keeps a report from being submitted."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.parts.policies import parts_not_gathered
from raprong.assessments.parts.queries import parts_of
from raprong.assessments.policies import faults_of_items
from raprong.core.faults import Fault, FaultList


def faults_before_submission(
    assessment: SelfAssessment, items: Sequence[AssessmentItem], *, outdated: bool
) -> list[Fault]:
    """Everything that keeps a report from being submitted; the field is the public id of the item at fault, or `part-`
    and that of a group's part.

    `items` carry `standing_evidence`, the count of their evidence. `outdated`: monthly figures changed after they were
    drawn into the report.
    """
    found = FaultList()
    if not items:
        found.add("", _("The report holds no KPI. Draw the figures in once KPIs are selected."))
    if outdated:
        found.add("", _("Monthly results changed after they were drawn into this report. Draw the figures in again."))
    lacking = faults_of_items(items)
    named = {fault.field for fault in lacking}
    incomplete = {item.kpi.group_id for item in items if item.public_id in named}
    return [*found.faults, *lacking, *parts_not_gathered(parts_of(assessment), incomplete)]
