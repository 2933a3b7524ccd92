"""From a selection meeting to its invitation and its minutes. Words on papers are Thai in every language."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from raprong.core.clock import day_of
from raprong.documents.parts import Signatory
from raprong.documents.selection_minutes.shape import MinutedDimension, MinutedKpi, SelectionMinutes
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, KpiYear, SelectionMeeting
from raprong.kpis.queries import in_families, kpis_of, selection_standing
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.thai.dates import weekday_date
from raprong.lib.thai.digits import to_thai_digits
from raprong.signatures.posts import acting_for_head_of, post_of

DECISIONS = {
    KpiState.SELECTED: "คัดเลือก",
    KpiState.NOT_SELECTED: "ไม่คัดเลือก",
    KpiState.PROPOSED: "ยังไม่มีมติ",
}
CLOSED = "บันทึกและปิดการประชุมในระบบเมื่อ"  # closing asks for no password, so it is no signature


def posts_present(meeting: SelectionMeeting) -> tuple[str, ...]:
    """The posts that came besides the one that led the meeting, one a line as they were written."""
    return tuple(post for line in meeting.present.splitlines() if (post := line.strip()))


def agenda_of(meeting: SelectionMeeting) -> tuple[str, ...]:
    """What the meeting is about, in the order of official minutes."""
    return (
        "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "เรื่องรับรองรายงานการประชุม" + ("" if meeting.number > 1 else " (ไม่มี เนื่องจากเป็นการประชุมครั้งแรก)"),
        f"เรื่องเพื่อพิจารณา การคัดเลือกตัวชี้วัดและกำหนดน้ำหนัก ประจำปีงบประมาณ พ.ศ. {meeting.framework.run.fiscal_year}",
        "เรื่องอื่น ๆ",
    )


def invitation_of(meeting: SelectionMeeting, *, candidates: int) -> str:
    """The words to invite with, to copy into a letter or a message; Thai digits as official letters have them."""
    run = meeting.framework.run
    lines = [
        f"ขอเชิญประชุมคัดเลือกตัวชี้วัด ครั้งที่ {meeting}",
        f"ด้วย{run.unit.name} กำหนดประชุมคัดเลือกตัวชี้วัดตามคำรับรองการปฏิบัติราชการ "
        f"ประจำปีงบประมาณ พ.ศ. {run.fiscal_year} ใน{weekday_date(meeting.held_on)} ณ {meeting.place} "
        f"โดยมี{meeting.chair}เป็นประธาน เพื่อพิจารณาตัวชี้วัดที่เสนอ จำนวน {candidates} ตัวชี้วัด",
        "ระเบียบวาระการประชุม",
        *(f"ระเบียบวาระที่ {number} {item}" for number, item in enumerate(agenda_of(meeting), start=1)),
        "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวันและสถานที่ดังกล่าว",
    ]
    return to_thai_digits("\n".join(lines))


def minutes_paper(meeting: SelectionMeeting, *, at: datetime) -> SelectionMinutes:
    """The minutes as the candidates stand now; who closes the meeting has written them."""
    framework, run = meeting.framework, meeting.framework.run
    kpis, standing = in_families(kpis_of(run)), selection_standing(run)
    decisions = list(meeting.decisions.all())
    here = {decision.kpi_id for decision in decisions}
    return SelectionMinutes(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        number=meeting.number,
        held_on=meeting.held_on,
        place=meeting.place,
        dated_on=day_of(at),
        chair=meeting.chair,
        present=posts_present(meeting),
        agenda=agenda_of(meeting),
        dimensions=_dimensions(framework, kpis, here),
        proposed=standing.candidates,
        selected=standing.selected,
        not_selected=standing.candidates - standing.selected - standing.undecided,
        undecided=standing.undecided,
        given_weight=_weight(standing.weight),
        whole_weight=_weight(standing.whole),
        first_at=decisions[0].decided_at if decisions else None,
        last_at=decisions[-1].decided_at if decisions else None,
        remarks=meeting.remarks,
        draft=meeting.closed_at is None,
        recorder=_recorder(meeting, at=at),
        checker=Signatory(name="", post=meeting.chair),
    )


def _dimensions(framework: Framework, kpis: Sequence[KpiYear], here: set[int]) -> tuple[MinutedDimension, ...]:
    """The dimensions that have candidates; a part stands under its parent, in whatever dimension it was written."""
    dimension_of = {kpi.pk: kpi.dimension_id for kpi in kpis}
    found = []
    for dimension in framework.dimensions.all():
        inside = [kpi for kpi in kpis if dimension_of.get(kpi.parent_id or kpi.pk, kpi.dimension_id) == dimension.pk]
        if inside:
            rows = tuple(_minuted(kpi, here) for kpi in inside)
            found.append(MinutedDimension(dimension.title, _weight(dimension.weight), _given(inside), rows))
    return tuple(found)


def _given(kpis: Sequence[KpiYear]) -> Decimal:
    tops = (kpi for kpi in kpis if kpi.parent_id is None and kpi.state == KpiState.SELECTED)
    return _weight(sum_exactly(kpi.weight or Decimal(0) for kpi in tops))


def _minuted(kpi: KpiYear, here: set[int]) -> MinutedKpi:
    weight = kpi.weight_inside if kpi.parent_id else kpi.weight
    return MinutedKpi(
        code=kpi.code,
        name=kpi.title,
        group=kpi.group.name,
        decision=DECISIONS[KpiState(kpi.state)],
        weight=_weight(weight) if weight is not None and kpi.state == KpiState.SELECTED else None,
        because=kpi.decision_reason if kpi.parent_id is None else "",
        inside=kpi.parent_id is not None,
        earlier=kpi.decided_at is not None and kpi.pk not in here,
    )


def _recorder(meeting: SelectionMeeting, *, at: datetime) -> Signatory:
    """Who closed the meeting; before that, a line to sign on."""
    if meeting.closed_by is None:
        return Signatory(name="", post="")
    unit, on = meeting.framework.run.unit, day_of(at)
    return Signatory(
        name=meeting.closed_by.name,
        post=post_of(meeting.closed_by, on=on),
        acting=acting_for_head_of(unit, meeting.closed_by, on=on),
        signed=meeting.closed_at,
        act=CLOSED,
    )


def _weight(weight: Decimal) -> Decimal:
    """A weight with the two places that its column has, whatever the database gives back."""
    return weight.quantize(Decimal("0.01"))
