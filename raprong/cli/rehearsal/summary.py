"""What a rehearsed year left behind: every paper in a folder, and a summary that a program can read."""

import shutil
from pathlib import Path
from typing import Any

from raprong.assessments.models import AssessmentItem
from raprong.cli.rehearsal.stage import Stage
from raprong.evaluations.queries import standing_score
from raprong.files.store import place_of
from raprong.lib.sop.standing import StepStanding
from raprong.processes.queries import standing_of
from raprong.records.models import Record

Row = dict[str, Any]


def summary(stage: Stage, out: Path) -> dict[str, Any]:
    """Write every paper of the year into `out`, and tell how the year went. Numbers are strings."""
    score = standing_score(stage.run)
    return {
        "sop": stage.run.sop.code,
        "fiscal_year": stage.fiscal_year.be,
        "steps": [step_row(step) for step in standing_of(stage.run, at=stage.at).steps],
        "kpis": kpi_rows(stage),
        "total": str(score.total),
        "reported_weight": str(score.reported_weight),
        "source": score.source.value,
        "papers": [copy_paper(record, number, out) for number, record in enumerate(papers(stage), start=1)],
    }


def step_row(step: StepStanding) -> Row:
    return {
        "code": step.code,
        "number": step.step.number,
        "title": step.step.title,
        "standing": step.state.value,
        "late": step.late,
        "standard_minutes": step.step.standard_minutes,
        "used_minutes": step.used_minutes,
    }


def kpi_rows(stage: Stage) -> list[Row]:
    """Result, score and weighted score of each KPI, as the last report of the year has them."""
    items = AssessmentItem.objects.filter(assessment__run=stage.run).select_related("kpi")
    last = items.filter(assessment__months=stage.run.definition.reporting.last_round).order_by("kpi__code")
    return [
        {
            "code": item.kpi.code,
            "title": item.kpi.title,
            "weight": str(item.kpi.weight),
            "result": None if item.result is None else str(item.result),
            "score": None if item.score is None else str(item.score),
            "weighted": None if item.weighted is None else str(item.weighted),
        }
        for item in last
    ]


def papers(stage: Stage) -> list[Record]:
    """Every deposited paper of the year, in the order of the year."""
    return list(
        Record.objects.filter(fiscal_year=stage.fiscal_year.be, unit__agency=stage.sample.agency)
        .select_related("file")
        .order_by("deposited_at", "pk")
    )


def copy_paper(record: Record, number: int, out: Path) -> Row:
    """Put a paper into the folder under its kind, its place in the year and its day."""
    name = f"{record.kind}-{number:02}-{record.deposited_at:%Y-%m-%d}.pdf"
    shutil.copyfile(place_of(record.sha256), out / name)
    return {"kind": record.kind, "file": name, "title": record.title, "sha256": record.sha256}
