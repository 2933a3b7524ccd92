"""A whole year, unattended, under each SOP there is and under one nobody has written code for."""

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from raprong.audit.models import Chain
from raprong.audit.queries import breaks_in
from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.summary import summary
from raprong.cli.rehearsal.year import finished, play
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations.enums import InquiryState
from raprong.evaluations.models import Inquiry
from raprong.kpis.models import KpiYear
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.writer import write_workbook
from raprong.processes.library import all_sops, sop
from raprong.records.models import Record
from tests.cast import FISCAL_YEAR, PASSWORD
from tests.cli.test_serve import RAPRONG

THIRD_AGENCY = Path(__file__).parents[1] / "definitions" / "third_agency.yaml"
BY_MINUTES, BY_CALENDAR = "SOP-MIP-PLAN-02", "DOH-PA"
STEPS_UNTIL_PROPOSED = 2


@pytest.fixture
def third_agency(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A folder of definitions that an agency has added to its installation."""
    folder = tmp_path / "definitions"
    (folder / "sop").mkdir(parents=True)
    (folder / "sop" / "third.yaml").write_text(THIRD_AGENCY.read_text("utf-8"), "utf-8")
    settings.DEFINITION_DIRS = [*settings.DEFINITION_DIRS, folder]
    all_sops.cache_clear()
    yield "THIRD-01"
    all_sops.cache_clear()


def stage_of(agencies: dict[str, SampleAgency], code: str) -> Stage:
    return Stage.set(list(agencies.values()), sop(code), sample_workbook(), FiscalYear(FISCAL_YEAR), PASSWORD)


def test_the_year_ends_with_every_step_done_and_the_published_total(finished_year: Stage, tmp_path: Path) -> None:
    check_the_end(finished_year, tmp_path)


def test_a_question_asked_while_scoring_is_answered_and_closed(finished_year: Stage) -> None:
    inquiry = Inquiry.objects.get(score__evaluation__assessment__run=finished_year.run)

    question, reply = inquiry.entries.all()
    assert inquiry.state == InquiryState.CLOSED
    assert (question.is_answer, reply.is_answer, reply.files.count()) == (False, True, 1)


def test_the_year_of_the_calendar_ends_with_the_same_total(agencies: dict[str, SampleAgency], tmp_path: Path) -> None:
    stage = stage_of(agencies, BY_CALENDAR)

    steps = list(play(stage))

    assert len(steps) == len(stage.sop.steps)
    check_the_end(stage, tmp_path)


def check_the_end(stage: Stage, folder: Path) -> None:
    """Every step is done, the total is the published one, and every paper and chain is whole."""
    told = summary(stage, folder)
    assert finished(stage)
    assert told["total"] == "3.5900"
    assert told["reported_weight"] == "100.00"
    assert [kpi["score"] for kpi in told["kpis"]] == [
        "2.9500",
        "3.6500",
        "2.0000",
        "5.0000",
        "3.5000",
        "4.0000",
        "5.0000",
    ]
    assert {paper["kind"] for paper in told["papers"]} >= {"agreement", "self_assessment"}
    assert all((folder / paper["file"]).stat().st_size > 10_000 for paper in told["papers"])
    assert all(not list(breaks_in(chain)) for chain in Chain.objects.all())


@pytest.mark.once
def test_an_sop_nobody_wrote_code_for_runs_its_whole_year(
    agencies: dict[str, SampleAgency], third_agency: str, tmp_path: Path
) -> None:
    stage = stage_of(agencies, third_agency)

    list(play(stage))

    assert finished(stage)
    assert Record.objects.filter(kind="self_assessment").count() == len(stage.sop.reporting.rounds) == 4
    assert summary(stage, tmp_path)["total"] == "3.5900"


def test_the_curtain_ends_a_year_in_the_middle(agencies: dict[str, SampleAgency]) -> None:
    stage = stage_of(agencies, BY_MINUTES)
    stage.until = stage.at + timedelta(days=20)

    list(play(stage))

    assert not finished(stage)
    assert stage.at <= stage.until


def rehearsal(workbook: Path, out: Path) -> list[str]:
    return [*RAPRONG, "rehearse", BY_CALENDAR, "--kpis", str(workbook), "--out", str(out)]


def test_the_command_leaves_papers_and_a_summary_and_nothing_else(tmp_path: Path) -> None:
    workbook = tmp_path / "kpis.xlsx"
    workbook.write_bytes(write_workbook(sample_workbook(), fiscal_year=FISCAL_YEAR))
    out = tmp_path / "out"

    done = subprocess.run(
        rehearsal(workbook, out),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads((out / "summary.json").read_text("utf-8"))
    assert told["total"] == "3.5900"
    assert {path.name for path in out.iterdir()} == {paper["file"] for paper in told["papers"]} | {"summary.json"}


def test_a_workbook_with_faults_is_refused_in_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"not a workbook")

    done = subprocess.run(
        rehearsal(broken, tmp_path / "out"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_second_year_begins_with_last_years_kpis_copied_and_brought_up_to_date(
    agencies: dict[str, SampleAgency],
) -> None:
    for year in (FISCAL_YEAR - 1, FISCAL_YEAR):
        stage = Stage.set(list(agencies.values()), sop(BY_MINUTES), sample_workbook(), FiscalYear(year), PASSWORD)
        list(islice(play(stage), STEPS_UNTIL_PROPOSED))

    copies = {kpi.code: kpi for kpi in KpiYear.objects.of_run(stage.run).select_related("copied_from")}
    assert len(copies) == len(stage.workbook.kpis)
    assert all(kpi.copied_from is not None and kpi.copied_from.kpi_id == kpi.kpi_id for kpi in copies.values())
    assert copies["1.1"].target != copies["1.1"].copied_from.target
    assert copies["1.2"].target == copies["1.2"].copied_from.target
