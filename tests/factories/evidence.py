"""Evidence handed in for KPIs of a year."""

from datetime import UTC, datetime
from io import BytesIO

from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import Credit
from raprong.kpis.enums import CriteriaKind
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from tests.factories.assessments import PDF

IN_JANUARY = datetime(2027, 1, 11, 3, 0, tzinfo=UTC)
IN_FEBRUARY = datetime(2027, 2, 8, 3, 0, tzinfo=UTC)


def describe_steps(kpi: KpiYear) -> None:
    """Three steps; the first asks for one paper, the second for two, the third for none."""
    kpi.criteria_kind = CriteriaKind.STEPS
    kpi.criteria = {"kind": "steps", "levels": [["1", "1"], ["3", "2"], ["5", "3"]]}
    kpi.steps = [
        {"title": "จัดทำแผน", "evidence": ["แผนที่อนุมัติ"]},
        {"title": "ดำเนินการ", "evidence": ["ภาพถ่าย", "รายงานการประชุม"]},
        {"title": "สรุปผล", "evidence": []},
    ]
    kpi.save()


def hand_in(
    kpi: KpiYear,
    content: bytes = b"1",
    *,
    months: int = 6,
    step: int = 0,
    title: str = "แผนปฏิบัติการ",
    kind: str = "",
    by: Person,
    at: datetime = IN_JANUARY,
) -> Credit:
    """A file of its own for each `content`."""
    return evidence.hand_in(
        BytesIO(PDF + content),
        f"{title}.pdf",
        proves=Proves(kpi, months, step),
        facts=Facts(title=title, kind=kind),
        by=by,
        at=at,
    )
