"""The papers that follow from an agreement in force: the manual of the year, and the order of its committee.

Each answers the subject and the content of the letter that is then signed in `circulation`. Words on papers are Thai
in every language of the pages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from raprong.documents.committee_order.shape import CommitteeSection, Member
from raprong.documents.kpi_detail.shape import KpiSheet
from raprong.documents.manual.shape import ManualStep
from raprong.documents.wording import filled
from raprong.kpis.documents import kpi_sheet
from raprong.kpis.models import KpiYear
from raprong.lib.sop.shape import SopDefinition, Step
from raprong.organisation.models import Person, Position
from raprong.organisation.queries import groups_of, head_of, head_position_of, holders_of_post
from raprong.processes.documents import words_of_section
from raprong.processes.models import Run
from raprong.signatures.posts import post_of
from raprong.stationery.queries import wording_for

SHEETS = TypeAdapter(tuple[KpiSheet, ...])


def manual(run: Run, kpis: Iterable[KpiYear], *, prepared_by: str, on: date) -> tuple[str, dict[str, Any]]:
    """The manual: the SOP's words, its steps with their times and control points, and the detail sheet of each KPI."""
    definition, texts = run.definition, wording_for(run.unit, "manual", on=on)
    content = {
        "steps": [asdict(_manual_step(definition, step)) for step in definition.steps],
        "kpis": SHEETS.dump_python(tuple(kpi_sheet(kpi, on=on) for kpi in kpis), mode="json"),
        "sop": " ".join(filter(None, (definition.document.number, definition.title))),
        "sop_in_force_on": _iso(definition.document.in_force_from),
        "prepared_by": prepared_by,
        "purpose": "\n".join(filled(texts["purpose"], unit=run.unit.name)),
        **{role: words_of_section(definition, role) for role in ("scope", "definitions", "duties")},
        "reporting": definition.reporting.text,
        "rounds": [_round(run, months) for months in sorted(definition.reporting.rounds)],
        "forms": [form.title for form in definition.forms],
        "readers": [reader.text for reader in definition.readers],
        "storage": "\n".join(
            f"{kept.record} เก็บไว้ที่{kept.place} {kept.arrangement} เป็นเวลา {kept.years} ปี" for kept in definition.storage
        ),
        "standard_total": _minutes(definition.standard_minutes),
    }
    return texts["subject"][0], content


def committee_order(run: Run, kpis: Sequence[KpiYear], *, secretary: Person, on: date) -> tuple[str, dict[str, Any]]:
    """The order: the head of the unit with the heads of its groups, and those who answer for each KPI."""
    known = {"unit": run.unit.name, "year": run.year.label}
    texts = {key: tuple(filled(text, **known)) for key, text in wording_for(run.unit, "committee_order", on=on).items()}
    sections = [
        CommitteeSection(texts["committee"][0], tuple(_committee(run, secretary, on=on)), texts["committee_duties"]),
        CommitteeSection(texts["responsible"][0], tuple(_responsible(kpis, on=on)), texts["responsible_duties"]),
    ]
    content = {
        "sections": [asdict(section) for section in sections],
        "preamble": "\n".join(texts["preamble"]),
        "effective": "\n".join(texts["effective"]),
    }
    return texts["subject"][0], content


def _round(run: Run, months: int) -> dict[str, str]:
    return {"name": f"รอบ {months} เดือน", "ends_on": run.year.round_ends_on(months).isoformat()}


def _manual_step(definition: SopDefinition, step: Step) -> ManualStep:
    return ManualStep(
        number=str(step.number),
        title=step.title,
        done_by=", ".join(definition.party(code).title for code in step.done_by),
        when=step.window.printed if step.window else "",
        standard=_minutes(step.standard_minutes),
        control_points=tuple(point.text for point in step.control_points),
    )


def _committee(run: Run, secretary: Person, *, on: date) -> Iterable[Member]:
    heads = [(run.unit, "ประธานกรรมการ"), *((group, "กรรมการ") for group in groups_of(run.unit))]
    named = set()
    for unit, role in heads:
        position, head = head_position_of(unit), head_of(unit, on=on)
        named.add(head)
        yield Member(name=head.name if head else "", post=position.title if position else unit.name, role=role)
    if secretary not in named:
        yield Member(name=secretary.name, post=post_of(secretary, on=on), role="กรรมการและเลขานุการ")


def _responsible(kpis: Iterable[KpiYear], *, on: date) -> Iterable[Member]:
    """For each KPI its supervisor and its collector; the head of the group where no supervisor is named."""
    for kpi in kpis:
        supervisor = kpi.supervisor or head_position_of(kpi.group)
        if supervisor is not None:
            yield _member(supervisor, f"ผู้กำกับดูแลตัวชี้วัดที่ {kpi.code}", on=on)
        if kpi.collector is not None and kpi.collector != supervisor:
            yield _member(kpi.collector, f"ผู้จัดเก็บข้อมูลตัวชี้วัดที่ {kpi.code}", on=on)


def _member(position: Position, role: str, *, on: date) -> Member:
    names = [person.name for person in holders_of_post(position, on=on)]
    return Member(name=names[0] if len(names) == 1 else "", post=position.title, role=role)


def _minutes(minutes: int | None) -> str:
    return f"{minutes:,} นาที" if minutes is not None else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
