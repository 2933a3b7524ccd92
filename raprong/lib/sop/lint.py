"""ตรวจคู่มือ: what a careful reader would mark in an SOP. Findings change nothing; the paper is kept as it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from raprong.lib.sop.shape import ASK, SopDefinition
from raprong.lib.thai.digits import to_thai_digits


class Severity(StrEnum):
    ERROR = "error"  # the system cannot run it
    WARNING = "warning"  # the paper disagrees with itself
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One mark in the margin: how grave, where, and what to do, in both languages."""

    severity: Severity
    place: str
    sentence: str
    sentence_th: str


def lint(definition: SopDefinition, *, cards: Collection[str], roles: Collection[str]) -> list[Finding]:
    """Every finding, in the order of the document. `cards` and `roles` are the codes the system knows."""
    return [
        *unknown_roles(definition, roles),
        *unknown_parties(definition),
        *unknown_cards(definition, cards),
        *minutes_that_disagree(definition),
        *empty_sections(definition),
    ]


def unknown_roles(definition: SopDefinition, roles: Collection[str]) -> Iterator[Finding]:
    named = [(f"parties.{party.code}", party.role) for party in definition.parties]
    named += [(f"readers[{place}]", reader.role) for place, reader in enumerate(definition.readers)]
    for place, role in named:
        if role not in roles:
            yield Finding(
                Severity.ERROR,
                place,
                f"There is no role {role}. Use one of roles.yaml, or add it there.",
                f"ไม่มีบทบาท {role} ให้ใช้บทบาทใน roles.yaml หรือเพิ่มบทบาทนี้",
            )


def unknown_parties(definition: SopDefinition) -> Iterator[Finding]:
    """Those who check, gather and submit the parts of a report are parties of this SOP."""
    parts = definition.reporting.parts
    if parts is None:
        return
    known = {party.code for party in definition.parties}
    for code in filter(None, (parts.checked_by, parts.gathered_by, *parts.submitted_by)):
        if code not in known:
            yield Finding(
                Severity.ERROR,
                "reporting.parts",
                f"There is no party {code}. Use one of this document's parties, or add it there.",
                f"ไม่มีผู้เกี่ยวข้อง {code} ให้ใช้รหัสใน parties ของเอกสารนี้ หรือเพิ่มรหัสนี้",
            )


def unknown_cards(definition: SopDefinition, cards: Collection[str]) -> Iterator[Finding]:
    for step in definition.steps:
        checks = [point.check for point in step.control_points if point.check != ASK]
        for card in (*step.work, *checks):
            if card not in cards:
                yield Finding(
                    Severity.ERROR,
                    f"steps.{step.code}",
                    f"No room answers {card}. Correct its spelling, or let a person answer (ask).",
                    f"ไม่มีส่วนใดของระบบตอบ {card} ได้ ให้แก้ตัวสะกด หรือให้คนเป็นผู้ตอบ (ask)",
                )


def minutes_that_disagree(definition: SopDefinition) -> Iterator[Finding]:
    """Standard minutes against the chart's, and sums against the printed total."""
    for step in definition.steps:
        if step.chart_minutes is not None and step.chart_minutes != step.standard_minutes:
            yield Finding(
                Severity.WARNING,
                f"steps.{step.code}",
                f"The chart prints {step.chart_minutes:,} minutes, the text {step.standard_minutes or 0:,}.",
                to_thai_digits(f"ผังพิมพ์ {step.chart_minutes:,} นาที เนื้อความพิมพ์ {step.standard_minutes or 0:,} นาที"),
            )
    yield from _totals_that_disagree(definition)


def _totals_that_disagree(definition: SopDefinition) -> Iterator[Finding]:
    printed = definition.printed_total_minutes
    if printed is None:
        return
    chart = sum(step.chart_minutes or step.standard_minutes or 0 for step in definition.steps)
    used = definition.standard_minutes or 0
    for name, name_th, total in (("chart's rows", "แถวในผัง", chart), ("standard minutes", "เวลามาตรฐาน", used)):
        if total != printed:
            yield Finding(
                Severity.WARNING,
                "printed_total_minutes",
                f"The {name} add up to {total:,} minutes; the document prints {printed:,}.",
                to_thai_digits(f"{name_th}รวมได้ {total:,} นาที แต่เอกสารพิมพ์ผลรวม {printed:,} นาที"),
            )


def empty_sections(definition: SopDefinition) -> Iterator[Finding]:
    if not definition.sections:
        yield Finding(
            Severity.NOTE,
            "sections",
            "The document has no sections beside its flow chart.",
            "เอกสารมีแต่ผัง ไม่มีหัวข้ออื่นของคู่มือ",
        )
    for section in definition.sections:
        if not section.text:
            yield Finding(
                Severity.WARNING,
                f"sections.{section.number}",
                f"Section {section.number} {section.title} is empty.",
                to_thai_digits(f"หัวข้อ {section.number} {section.title} ไม่มีเนื้อความ"),
            )
