"""From an SOP to the controlled document that is printed of it. Words on papers are Thai in every language.

Figures are handed over in Arabic digits; the paper prints them in its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from raprong.documents.sop_document.shape import (
    KeptRecord,
    SectionRole,
    SopDocument,
    SopHand,
    SopNote,
    SopParty,
    SopSection,
    SopStep,
)
from raprong.lib.sop.shape import ControlPoint, Form, Section, SopDefinition, Step
from raprong.lib.thai.digits import to_arabic_digits

# The ten sections in their order, each with a word by which an SOP's own section is known to be that one.
TEN_SECTIONS: dict[SectionRole, str] = {
    "purpose": "วัตถุประสงค์",
    "scope": "ขอบเขต",
    "definitions": "คำจำกัดความ",
    "duties": "หน้าที่",
    "chart": "ผัง",
    "steps": "ขั้นตอน",
    "references": "กฎหมาย",
    "storage": "จัดเก็บ",
    "reporting": "ติดตาม",
    "appendix": "ภาคผนวก",
}
ADDED_BY_US = "ระบบเพิ่ม"  # so begins the source of a control point that the paper itself does not print


def sop_document(definition: SopDefinition, *, on: date) -> SopDocument:
    """The document as it stands. It is dated on the day it came into force, or `on` where it names none."""
    control = definition.document
    return SopDocument(
        agency=definition.agency.th,
        unit=definition.office.th,
        subject=_plain(definition.title),
        dated_on=control.in_force_from or on,
        sections=tuple(_sections(definition)),
        steps=tuple(_step(definition, step) for step in definition.steps),
        parties=tuple(_parties(definition)),
        number=_plain(control.number or ""),
        edition=control.edition,
        revision=control.revision or "",
        in_force_on=control.in_force_from,
        status=control.status or "",
        prepared_by=control.prepared_by or "",
        reviewed_by=control.reviewed_by or "",
        approved_by=control.approved_by or "",
        total=_minutes(definition.standard_minutes),
        total_remark=_total_remark(definition),
        laws=_titles(definition.laws),
        standards=_titles(definition.standards),
        forms=_titles(definition.forms),
        storage=tuple(
            KeptRecord(kept.record, kept.place, kept.responsible, kept.arrangement, kept.years)
            for kept in definition.storage
        ),
        readers=_plain_all([reader.text for reader in definition.readers]),
        reporting=_plain(definition.reporting.text),
        hands=tuple(_hands(definition)),
        notes=tuple(_notes(definition)),
        source=_plain(definition.source),
        digest=definition.digest,
    )


def _sections(definition: SopDefinition) -> Iterator[SopSection]:
    """The ten sections in the SOP's own words where it has them; its further ones stand before the appendix."""
    own = {section.number: role_of(section) for section in definition.sections}
    for role in TEN_SECTIONS:
        if role == "appendix":
            yield from (_section(each, "own") for each in definition.sections if own[each.number] is None)
        found = next((section for section in definition.sections if own[section.number] == role), None)
        yield _section(found, role) if found else SopSection(role, paragraphs=_unwritten(definition, role))


def words_of_section(definition: SopDefinition, role: SectionRole) -> str:
    """What an SOP itself says in one of the ten sections, one paragraph a line; empty where it has none."""
    found = next((section for section in definition.sections if role_of(section) == role), None)
    return "\n".join(_plain_all(found.text)) if found else ""


def role_of(section: Section) -> SectionRole | None:
    """Which of the ten an SOP's own section is, by its title; None for a further one."""
    return next((role for role, word in TEN_SECTIONS.items() if word in section.title), None)


def _section(section: Section, role: SectionRole) -> SopSection:
    return SopSection(role, _plain(section.title), _plain_all(section.text))


def _unwritten(definition: SopDefinition, role: SectionRole) -> tuple[str, ...]:
    """What the definition knows where the paper has no such section."""
    return (_plain(definition.reporting.text),) if role == "reporting" else ()


def _step(definition: SopDefinition, step: Step) -> SopStep:
    return SopStep(
        number=step.number,
        title=_plain(step.title),
        done_by=tuple(definition.party(code).title for code in step.done_by),
        time=" / ".join(
            filter(None, (_plain(step.window.printed) if step.window else "", _minutes(step.standard_minutes)))
        ),
        remark=f"(ผังต้นฉบับพิมพ์ {_minutes(step.chart_minutes)})" if step.chart_minutes else "",
        checked_by=definition.party(step.checked_by).title if step.checked_by else "",
        control_points=tuple(_control_point(point) for point in step.control_points),
        quality=_plain_all(step.quality_standard),
        indicators=_plain_all(step.indicators),
        text=_plain_all(step.text),
    )


def _control_point(point: ControlPoint) -> str:
    """Its words; one that the paper does not print says so."""
    return f"{_plain(point.text)} (ระบบเพิ่ม)" if point.source.startswith(ADDED_BY_US) else _plain(point.text)


def _parties(definition: SopDefinition) -> Iterator[SopParty]:
    for party in definition.parties:
        numbers = [str(step.number) for step in definition.steps if party.code in (*step.done_by, step.checked_by)]
        yield SopParty(party.title, ", ".join(numbers))


def _total_remark(definition: SopDefinition) -> str:
    """What the source adds its steps up to, where they add up to something else."""
    printed = definition.printed_total_minutes
    if printed is None or printed == definition.standard_minutes:
        return ""
    return f"เอกสารต้นฉบับพิมพ์ผลรวม {_minutes(printed)}"


def _hands(definition: SopDefinition) -> Iterator[SopHand]:
    """Who checks, gathers and submits the groups' parts of a report, by when, and where the source says so."""
    reporting, parts = definition.reporting, definition.reporting.parts
    days = reporting.due_working_days_after_end
    due = SopHand("กำหนดส่งรายงาน", f"{days} วันทำการหลังสิ้นรอบ" if days else "วันสิ้นรอบ")
    if parts is None:
        yield due
        return
    if parts.checked_by:
        alone = " (ผู้ที่เขียนส่วนนั้นเองไม่เป็นผู้ตรวจ)" if parts.second_person else ""
        yield SopHand("ตรวจส่วนของกลุ่ม", definition.party(parts.checked_by).title + alone)
    yield SopHand("รวบรวม", definition.party(parts.gathered_by).title)
    yield SopHand("ส่งรายงาน", ", ".join(definition.party(code).title for code in parts.submitted_by))
    before = parts.working_days_before_due
    yield SopHand("กำหนดส่งส่วนของกลุ่ม", f"{before} วันทำการก่อนกำหนดส่งรายงาน" if before else "วันเดียวกับกำหนดส่งรายงาน")
    yield due
    yield SopHand("ที่มา", _plain(parts.source))


def _notes(definition: SopDefinition) -> Iterator[SopNote]:
    """Every note on the source: on the whole, on sections, on steps, on reporting."""
    yield from (SopNote("ทั้งฉบับ", _plain(text)) for text in definition.notes)
    for section in definition.sections:
        if section.notes:
            yield SopNote(f"หัวข้อ {_plain(section.number)}", _plain(section.notes))
    for step in definition.steps:
        yield from (SopNote(f"ขั้นตอนที่ {step.number}", _plain(text)) for text in step.notes)
    if definition.reporting.notes:
        yield SopNote("การรายงาน", _plain(definition.reporting.notes))
    if not definition.document.number:
        yield SopNote("ส่วนหัวเอกสาร", _plain(definition.document.source))


def _titles(forms: Sequence[Form]) -> tuple[str, ...]:
    return _plain_all([form.title for form in forms])


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes:,} นาที"


def _plain(text: str) -> str:
    return to_arabic_digits(text)


def _plain_all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_plain, texts))
