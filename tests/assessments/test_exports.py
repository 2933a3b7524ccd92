"""The package of a report for the department's own system: what is in it, who may have it, and how it is made."""

import errno
import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pytest_django import Settings

from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.enums import ExportState
from raprong.assessments.exports import actions as exports
from raprong.assessments.exports import making
from raprong.assessments.exports.layouts import all_layouts, layout_of
from raprong.assessments.exports.making import make
from raprong.assessments.exports.workbook import proofs_of
from raprong.assessments.models import Export, SelfAssessment
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.lib.exports.manifest import check
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import start_year
from tests.factories.assessments import IN_MARCH, PDF, agree_on_kpis, attach, come_to, report, submitted_report


@pytest.fixture
def submitted(run: Run, cast: SampleAgency) -> SelfAssessment:
    """The half-year's report with one result and its evidence."""
    planner = cast.people["planner"]
    kpis = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=planner, at=run.started_at)
    report(kpis[0], date(2026, 10, 1), "30", by=planner)
    report(kpis[0], date(2027, 3, 1), "59", by=planner)
    return submitted_report(run, cast, 6, at=IN_MARCH)


@pytest.fixture
def own_layouts(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder of an agency's own layouts, empty at first."""
    folder = tmp_path / "own" / "exports"
    folder.mkdir(parents=True)
    settings.DEFINITION_DIRS = [*settings.DEFINITION_DIRS, str(folder.parent)]
    all_layouts.cache_clear()
    yield folder
    all_layouts.cache_clear()


@pytest.fixture
def made(submitted: SelfAssessment, cast: SampleAgency) -> Export:
    export = exports.order(submitted, by=cast.people["planner"], at=IN_MARCH)
    make(export.pk)
    export.refresh_from_db()
    return export


@pytest.fixture
def package(made: Export, tmp_path: Path) -> Path:
    place = tmp_path / "package.zip"
    with open_content(made.file.sha256) as content:
        place.write_bytes(content.read())
    return place


def test_a_package_holds_workbook_papers_evidence_and_manifest(
    made: Export, package: Path, submitted: SelfAssessment
) -> None:
    with ZipFile(package) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        evidence = archive.read("evidence/1.1-1-หลักฐาน-1.1.pdf")

    assert names == [
        "SAR-2570-รอบ-6-เดือน.xlsx",
        "papers/self_assessment.pdf",
        "papers/round_report.pdf",
        "papers/receipt.pdf",
        "evidence/1.1-1-หลักฐาน-1.1.pdf",
        "manifest.json",
    ]
    assert evidence == PDF + b"1.1 6"
    assert (manifest["receipt"], manifest["layout"]) == ("1/2570", "smart")
    assert manifest["files"][1]["sha256"] == submitted.sealed.sha256
    assert (made.state, made.done, made.pieces) == (ExportState.DONE, 5, 5)
    assert check(str(package)).holds


def test_the_workbook_follows_the_layout(package: Path) -> None:
    with ZipFile(package) as archive:
        book = load_workbook(BytesIO(archive.read("SAR-2570-รอบ-6-เดือน.xlsx")))

    own = book["ผลการประเมินตนเอง"]
    months = book["ผลรายเดือน"]
    heading, first = [[cell.value for cell in row] for row in own.iter_rows(min_row=4, max_row=5)]
    told = dict(zip(heading, first, strict=True))
    assert (told["ตัวชี้วัดที่"], told["น้ำหนัก"], told["ผลการดำเนินงาน"], told["ค่าคะแนนที่ได้"]) == ("1.1", 50, 59, 2.95)
    assert told["เอกสารหลักฐานหมายเลข"] == "1.1-1"
    assert [months.cell(3, column).value for column in (4, 5, 9)] == [30, None, 59]
    assert book.sheetnames == ["ผลการประเมินตนเอง", "ผลรายเดือน", "เอกสารหลักฐาน"]


def test_what_happens_to_a_package_is_on_the_trail(made: Export) -> None:
    kinds = Entry.objects.filter(kind__startswith="assessment.export").order_by("pk")

    assert [entry.kind for entry in kinds] == ["assessment.export_ordered", "assessment.export_made"]
    assert kinds[1].facts["sha256"] == made.file.sha256


def test_a_report_being_written_has_no_package(run: Run, cast: SampleAgency) -> None:
    agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    writing = assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)

    with pytest.raises(Refused):
        exports.order(writing, by=cast.people["planner"], at=IN_MARCH)


@pytest.mark.parametrize("name", ["head1", "staff", "assessor", "auditor", "records"])
def test_only_those_who_gather_or_submit_have_packages_made(
    submitted: SelfAssessment, cast: SampleAgency, name: str
) -> None:
    with pytest.raises(Refused):
        exports.order(submitted, by=cast.people[name], at=IN_MARCH)


def test_somebody_of_another_department_sees_no_package(made: Export, outsider: Person) -> None:
    assert not Export.objects.visible_to(outsider, on=IN_MARCH.date()).exists()
    with pytest.raises(Refused):
        exports.order(made.assessment, by=outsider, at=IN_MARCH)


def test_one_package_at_a_time_is_made(submitted: SelfAssessment, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    first = exports.order(submitted, by=planner, at=IN_MARCH)

    with pytest.raises(Refused):
        exports.order(submitted, by=planner, at=IN_MARCH + timedelta(minutes=1))
    second = exports.order(submitted, by=planner, at=IN_MARCH + timedelta(minutes=11))

    first.refresh_from_db()
    assert (first.state, second.state) == (ExportState.CANCELLED, ExportState.WAITING)


def test_a_package_that_is_stopped_leaves_no_file(submitted: SelfAssessment, cast: SampleAgency) -> None:
    export = exports.order(submitted, by=cast.people["planner"], at=IN_MARCH)
    exports.cancel(export, by=cast.people["planner"], at=IN_MARCH)
    before = StoredFile.objects.count()

    make(export.pk)

    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.CANCELLED, None)
    assert StoredFile.objects.count() == before
    with pytest.raises(Refused):
        exports.cancel(export, by=cast.people["planner"], at=IN_MARCH)


@pytest.mark.parametrize(
    ("fault", "words"), [(OSError(errno.ENOSPC, "full"), "พื้นที่"), (ValueError("nonsense"), "บันทึกของเครื่องแม่ข่าย")]
)
def test_a_package_that_breaks_off_says_so_and_can_be_asked_for_again(
    submitted: SelfAssessment, cast: SampleAgency, monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    planner = cast.people["planner"]
    export = exports.order(submitted, by=planner, at=IN_MARCH)

    def breaks() -> IO[bytes]:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(making, "scratch", breaks)
        with pytest.raises(type(fault)):
            make(export.pk)

    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.FAILED, None)
    assert words in export.fault
    assert exports.order(submitted, by=planner, at=IN_MARCH).state == ExportState.WAITING


def test_making_it_twice_makes_it_once(made: Export) -> None:
    make(made.pk)

    assert Entry.objects.filter(kind="assessment.export_made").count() == 1


def test_each_sop_has_its_layout(run: Run, other_cast: SampleAgency) -> None:
    assert layout_of(run).code == "smart"
    assert layout_of(start_year(other_cast)).code == "general"
    assert set(all_layouts()) >= {"smart", "general"}


def test_a_layout_that_does_not_fit_is_told_with_its_line(
    submitted: SelfAssessment, cast: SampleAgency, settings: Settings, own_layouts: Path
) -> None:
    planner = cast.people["planner"]
    export = exports.order(submitted, by=planner, at=IN_MARCH)
    own = own_layouts / "own.yaml"
    own.write_text("code: smart\ntitle_th: ของเรา\ncolour: red\n", encoding="utf-8")
    all_layouts.cache_clear()

    make(export.pk)

    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.FAILED, None)
    assert "own.yaml" in export.fault
    assert "line 3, colour" in export.fault
    with pytest.raises(Refused, match="line 3, colour"):
        exports.order(submitted, by=planner, at=IN_MARCH)


def test_two_files_of_one_name_lie_beside_each_other(run: Run, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    kpis = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=planner, at=run.started_at)
    report(kpis[0], date(2027, 3, 1), "59", by=planner)
    opened = assessments.open_report(run, 6, by=planner, at=IN_MARCH)
    item = opened.items.get(kpi=kpis[0])
    for content in (b"1", b"2"):
        attach(item, BytesIO(PDF + content), "../รายงาน.pdf", by=planner, at=IN_MARCH)
    layout = layout_of(run).__class__(**{**vars(layout_of(run)), "evidence_file": "{name}"})

    paths = [proof.path for proof in proofs_of(opened, layout)]

    assert paths == ["evidence/รายงาน.pdf", "evidence/รายงาน-2.pdf"]
