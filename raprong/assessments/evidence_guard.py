"""Evidence stands in the part of a group, and is as closed as the part is."""

from raprong.assessments.models import GroupPart
from raprong.assessments.parts.policies import check_can_be_written
from raprong.kpis.models import KpiYear


def check_part_lies_with_group(kpi: KpiYear, months: int) -> None:
    """Evidence of a KPI changes while the part of its group in the round's report lies with the group."""
    part = GroupPart.objects.filter(
        assessment__run=kpi.framework.run_id, assessment__months=months, group=kpi.group_id
    ).first()
    check_can_be_written(part)
