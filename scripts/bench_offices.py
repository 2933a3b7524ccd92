"""Offices on the day on which their reports are due: what a deadline-day bench finds before its people come.

Each office is that of the sample, in an agency of its own: two groups with KPIs of their own, figures for the round
that has ended, and a report that is complete and waits for nothing but its submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

FISCAL_YEAR = 2570
PASSWORD = "bench-people"
BEGUN = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
WRITTEN = datetime(2027, 4, 5, 3, 0, tzinfo=UTC)
DUE = datetime(2027, 4, 9, 3, 0, tzinfo=UTC)  # within the ten working days after a round that ended in March
MONTHS = 6
MONTHS_TO_COME = 12  # a round whose evidence is open to the end
MONTH_TO_REPORT = date(2027, 4, 1)
KPIS_OF_A_GROUP = 4
LEVELS = [[str(level), str(20 * level)] for level in range(1, 6)]


@dataclass
class Office:
    """Who comes on the day, and what each of them does it to: public ids, as they stand in addresses."""

    run: str
    report: str
    planner: str
    director: str
    reporters: list[tuple[str, str]] = field(default_factory=list)  # a user name, and the KPI whose figures it reports


def pdf(filling: bytes) -> bytes:
    """A file that is taken for a PDF, another for every filling."""
    return b"%PDF-1.7\n%" + filling + b"\nstartxref\n0\n%%EOF\n"


def offices(count: int) -> list[Office]:
    from raprong.cli.sample.organisation import settle_alike

    return [_office(agency) for agency in settle_alike(count, password=PASSWORD)]


def _office(agency: Any) -> Office:
    from raprong.processes import actions as processes

    people = {name.rpartition("-")[0]: person for name, person in agency.people.items()}
    run = processes.start(
        agency.office,
        fiscal_year=FISCAL_YEAR,
        sop_code=agency.sop,
        bindings=agency.bindings,
        by=people["planner"],
        at=BEGUN,
    )
    _come_to_the_reports(run, by=people["planner"])
    kpis = list(_kpis(run, [people["staff"], people["staff2"]]))
    report = _complete_report(run, by=people["planner"])
    return Office(
        run=run.public_id,
        report=report.public_id,
        planner=people["planner"].user.username,
        director=people["director"].user.username,
        reporters=[(person.user.username, kpi.public_id) for person, kpi in kpis],
    )


def _come_to_the_reports(run: Any, *, by: Any) -> None:
    """Let every step before the reports be done."""
    from raprong.assessments.policies import CARD
    from raprong.lib.sop.standing import FactKind
    from raprong.processes.models import StepFact

    for step in run.definition.steps:
        if CARD in step.work:
            return
        StepFact.objects.create(run=run, step=step.code, kind=FactKind.DONE, by=by, at=BEGUN)


def _kpis(run: Any, reporters: list[Any]) -> Iterator[tuple[Any, Any]]:
    """KPIs of the reporters' groups with a figure in March; answers one for each reporter."""
    from raprong.kpis.enums import KpiState
    from raprong.kpis.models import Framework, Kpi, KpiYear
    from raprong.lib.scoring.scheme import read_schemes, scheme_as_data
    from raprong.results.models import MonthlyResult

    framework = Framework.objects.create(run=run, scheme=scheme_as_data(read_schemes()["five-level"]))
    dimension = framework.dimensions.create(title="มิติภายใน", weight=Decimal(100))
    weight = Decimal(100) / (KPIS_OF_A_GROUP * len(reporters))
    for place, reporter in enumerate(reporters, start=1):
        group = reporter.appointments.get().position.unit
        kpis = [
            KpiYear.objects.create(
                kpi=Kpi.objects.create(unit=run.unit),
                framework=framework,
                code=f"{place}.{number}",
                sort_code=f"{place}.{number}",
                title=f"ตัวชี้วัดที่ {place}.{number} ของหน่วยงาน",
                dimension=dimension,
                group=group,
                measure="ร้อยละ",
                criteria={"kind": "ladder", "levels": LEVELS},
                weight=weight,
                target=Decimal(60),
                state=KpiState.SELECTED,
            )
            for number in range(1, KPIS_OF_A_GROUP + 1)
        ]
        MonthlyResult.objects.bulk_create(
            MonthlyResult(
                kpi=kpi, month=date(2027, 3, 1), value=Decimal(60 + number), reported_at=WRITTEN, reported_by=reporter
            )
            for number, kpi in enumerate(kpis)
        )
        yield reporter, kpis[0]


def _complete_report(run: Any, *, by: Any) -> Any:
    """The round's report with words and evidence for each KPI, every group's part gathered."""
    from raprong.assessments import actions as assessments
    from raprong.evidence import actions as evidence
    from raprong.evidence.facts import Proves

    report = assessments.open_report(run, MONTHS, by=by, at=WRITTEN)
    for item in report.items.all():
        assessments.write(item, narrative="ดำเนินการครบตามแผน", no_figure_because="", seen=None, by=by, at=WRITTEN)
        proof = BytesIO(pdf(item.public_id.encode()))
        proves = Proves(item.kpi, MONTHS)
        evidence.hand_in(proof, f"หลักฐาน {item.kpi.code}.pdf", proves=proves, by=by, at=WRITTEN)
    _gather(report, by=by)
    return report


def _gather(report: Any, *, by: Any) -> None:
    from raprong.assessments.enums import PartState
    from raprong.assessments.parts import actions as parts
    from raprong.assessments.parts.queries import checkers_of

    for part in report.parts.all():
        part = parts.hand_in(part, by=by, at=WRITTEN)
        if part.state == PartState.WITH_HEAD:
            part = parts.pass_on(part, by=checkers_of(part, on=WRITTEN.date())[0], at=WRITTEN)
        parts.gather(part, by=by, at=WRITTEN)
