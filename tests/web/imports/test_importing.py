"""A file sent, looked at, taken in and undone on its pages; and what those see who may not."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.decisions import select
from raprong.kpis.enums import BatchState
from raprong.kpis.models import Framework, ImportBatch, KpiYear
from raprong.lib.workbooks.reader import read_rows, read_workbook
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.shape import KPI_SHEET, KpiRow, KpiWorkbook
from raprong.lib.workbooks.writer import write_csv, write_workbook
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR, NEW_YEAR
from tests.lib.workbooks.files import HEADINGS, raw_workbook, row_xml, sheet_xml
from tests.web.keyboard import SignIn

SAMPLE = sample_workbook().kpis


def workbook(*rows: KpiRow) -> bytes:
    return write_workbook(KpiWorkbook(rows or SAMPLE), fiscal_year=FISCAL_YEAR)


def send(client: Client, run: Run, content: bytes, name: str = "kpis.xlsx") -> Any:
    return client.post(f"/kpis/of/{run.public_id}/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def the_batch() -> ImportBatch:
    return ImportBatch.objects.latest("pk")


def act(client: Client, verb: str, **typed: object) -> Any:
    batch = the_batch()
    return client.post(f"/imports/{batch.public_id}/{verb}/", {"version": batch.version} | typed, follow=True)


def test_a_file_is_looked_at_before_anything_changes(open_run: Run, sign_in: SignIn) -> None:
    answer = send(sign_in("planner"), open_run, workbook())

    assert "Nothing has changed yet." in answer.text
    assert "7 rows can be taken in." in answer.text
    assert SAMPLE[0].title in answer.text
    assert not KpiYear.objects.exists()


def test_all_good_rows_are_taken_after_one_question_and_undone_after_another(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook())

    asked = client.get(f"/imports/{the_batch().public_id}/take/?rows=all")
    taken = act(client, "take", rows="all")
    undo_asked = client.get(f"/imports/{the_batch().public_id}/undo/")
    undone = act(client, "undo")

    assert "Take 7 rows in?" in asked.text
    assert "7 KPIs are taken in." in taken.text
    assert "Undo the import" in taken.text
    assert "Put 7 KPIs back" in undo_asked.text
    assert "7 KPIs are as they were before." in undone.text
    assert not KpiYear.objects.exists()


def test_faults_are_told_with_their_place_and_good_rows_go_in(open_run: Run, sign_in: SignIn) -> None:
    book = load_workbook(BytesIO(workbook()))
    sheet = book[KPI_SHEET]
    sheet["A3"], sheet["I6"], sheet["D7"], sheet["B8"] = "1.1", 91, "กลุ่มที่ 9", "=1+1"
    written = BytesIO()
    book.save(written)
    client = sign_in("planner")

    page = send(client, open_run, written.getvalue())
    faulty = client.get(f"/imports/{the_batch().public_id}/?show=faulty")
    act(client, "take", rows="all")

    for told in ("already used in row 2", "turns back", "Column D กลุ่มงานผู้รับผิดชอบ", "holds a formula"):
        assert told in faulty.text, told
    assert "4 rows are to be corrected" in page.text
    assert KpiYear.objects.count() == 3


def test_the_file_comes_back_with_a_column_of_what_is_wrong(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook(SAMPLE[0], replace(SAMPLE[1], group="กลุ่มที่ 9")), "รายการ.xlsx")

    answer = client.get(f"/imports/{the_batch().public_id}/marked/")

    sheet = load_workbook(BytesIO(answer.content))[KPI_SHEET]
    found = sheet.max_column
    assert sheet.cell(1, found).value == "ตรวจแล้วพบ"
    assert sheet.cell(2, found).value is None
    assert str(sheet.cell(3, found).value).startswith("D: ")
    assert sheet["D3"].fill.start_color.rgb == "00FAD4CC"
    assert "-checked.xlsx" in answer.headers["Content-Disposition"]


def test_a_workbook_that_cannot_be_written_again_is_told(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, raw_workbook(sheet_xml([row_xml(1, *HEADINGS), row_xml(2, "1.1")])))

    answer = client.get(f"/imports/{the_batch().public_id}/marked/", follow=True)

    assert "cannot be written again" in answer.text


def test_a_corrected_file_brings_in_what_waited(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook(SAMPLE[0], replace(SAMPLE[1], group="กลุ่มที่ 9")))
    act(client, "take", rows="all")

    page = send(client, open_run, write_csv(SAMPLE[:2], fiscal_year=FISCAL_YEAR), "again.csv")
    act(client, "take", rows="all")

    assert "1 row can be taken in." in page.text
    assert KpiYear.objects.count() == 2


def test_ticked_rows_alone_are_taken(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook())
    ticked = [row.public_id for row in the_batch().rows.all()[:2]]

    act(client, "take", rows=ticked)
    nothing = act(client, "take")

    assert KpiYear.objects.count() == 2
    assert "Tick at least one good row" in nothing.text


def test_differences_stand_old_and_new(
    framework: Framework, open_run: Run, sign_in: SignIn, propose: Callable[..., KpiYear]
) -> None:
    propose("1.1", target=Decimal(40))

    page = send(sign_in("planner"), open_run, workbook(SAMPLE[0]))

    assert "<del>40</del>" in page.text
    assert "<ins>80</ins>" in page.text


def test_a_selected_kpi_is_changed_with_a_reason(
    framework: Framework, open_run: Run, sign_in: SignIn, propose: Callable[..., KpiYear], cast: SampleAgency
) -> None:
    select(propose("1.1"), weight=Decimal(15), by=cast.people["planner"], at=NEW_YEAR)
    client = sign_in("planner")
    send(client, open_run, workbook(SAMPLE[0]))

    without = act(client, "take", rows="all")
    act(client, "take", rows="all", because="หนังสือเวียนฉบับใหม่")

    assert without.status_code == 422
    assert "Say why the KPI is changed" in without.text
    assert KpiYear.objects.get().title == SAMPLE[0].title


def test_a_stale_page_takes_nothing(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook())

    answer = act(client, "take", rows="all", version=7)

    assert answer.status_code == 409
    assert not KpiYear.objects.exists()


def test_what_changed_since_is_told_and_compared_again(
    framework: Framework, open_run: Run, sign_in: SignIn, propose: Callable[..., KpiYear]
) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook(SAMPLE[0]))
    propose("1.1")

    told = act(client, "take", rows="all")
    act(client, "again")
    again = client.get(f"/imports/{the_batch().public_id}/?show=changed")

    assert "Something changed for KPI 1.1" in told.text
    assert SAMPLE[0].title in again.text


@pytest.mark.parametrize("content", [b"%PDF-1.7 \xff\xfe", b"", b"name,age\nsomebody,40\n"])
def test_what_is_no_table_of_kpis_is_refused_in_words(open_run: Run, sign_in: SignIn, content: bytes) -> None:
    answer = send(sign_in("planner"), open_run, content or b" ")

    assert answer.status_code == 422
    assert "This file cannot be read" in answer.text
    assert not ImportBatch.objects.exists()


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(open_run: Run, sign_in: SignIn) -> None:
    answer = send(sign_in("planner"), open_run, b"x" * 50 * 1024**2, "large.csv")

    assert answer.status_code == 422
    assert "This file is too large" in answer.text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_years_kpis_go_out_and_come_back(
    framework: Framework, open_run: Run, sign_in: SignIn, propose: Callable[..., KpiYear], kind: str
) -> None:
    propose("1.1", definition="=SUM(A1)")
    client = sign_in("planner")

    sent_out = client.get(f"/imports/of/{open_run.public_id}/year.{kind}").content
    page = send(client, open_run, sent_out, f"year.{kind}")

    assert "nothing to take in" in page.text


def test_the_form_and_the_sample_can_be_read(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")

    sample = client.get(f"/imports/of/{open_run.public_id}/sample.xlsx").content
    form = load_workbook(BytesIO(client.get(f"/imports/of/{open_run.public_id}/form.xlsx").content))

    assert read_workbook(sample) == KpiWorkbook(SAMPLE)
    assert form.sheetnames[0] == KPI_SHEET
    assert len(form[KPI_SHEET].data_validations.dataValidation) >= 5
    assert client.get(f"/imports/of/{open_run.public_id}/other.xlsx").status_code == 404


def test_rows_are_shown_a_hundred_at_a_time(framework: Framework, open_run: Run, sign_in: SignIn) -> None:
    rows = [replace(SAMPLE[0], code=f"9.{number}", weight=None) for number in range(150)]
    client = sign_in("planner")

    first = send(client, open_run, write_csv(rows, fiscal_year=FISCAL_YEAR), "many.csv")
    second = client.get(f"/imports/{the_batch().public_id}/?page=2")

    assert first.text.count('name="rows"') == 100
    assert second.text.count('name="rows"') == 50


def test_past_files_stand_in_a_list_and_one_is_thrown_away(open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("planner")
    send(client, open_run, workbook(), "first.xlsx")

    before = client.get(f"/kpis/of/{open_run.public_id}/import/")
    after = act(client, "discard")

    assert "first.xlsx" in before.text
    assert "No file yet" in after.text


# Who may


def test_a_group_takes_its_own_rows(framework: Framework, open_run: Run, sign_in: SignIn) -> None:
    client = sign_in("staff")

    page = send(client, open_run, workbook())
    act(client, "take", rows="all")

    assert "to be corrected" in page.text
    assert {kpi.group.code for kpi in KpiYear.objects.all()} == {"mip-1"}


def test_somebody_who_proposes_nothing_reads_why(open_run: Run, sign_in: SignIn) -> None:
    send(sign_in("planner"), open_run, workbook())
    client = sign_in("auditor")

    page = client.get(f"/kpis/of/{open_run.public_id}/import/")
    sent = send(client, open_run, workbook())
    taken = act(client, "take", rows="all")

    assert 'aria-disabled="true"' in page.text
    assert 'type="file"' not in page.text
    assert 403 in (sent.status_code, taken.status_code) or not KpiYear.objects.exists()
    assert ImportBatch.objects.count() == 1


def test_an_outsider_finds_nothing(open_run: Run, sign_in: SignIn) -> None:
    send(sign_in("planner"), open_run, workbook())
    client, batch = sign_in("planner.pa"), the_batch().public_id

    for page in ("", "take/?rows=all", "undo/", "again/", "discard/", "marked/"):
        assert client.get(f"/imports/{batch}/{page}").status_code == 404, page
        assert client.post(f"/imports/{batch}/{page}").status_code == 404, page
    assert client.get(f"/imports/of/{open_run.public_id}/year.xlsx").status_code == 404
    assert ImportBatch.objects.get().state == BatchState.WAITING


def test_the_marked_file_starts_no_formula(framework: Framework, open_run: Run, sign_in: SignIn) -> None:
    book = load_workbook(BytesIO(workbook(*SAMPLE[:2])))
    sheet = book[KPI_SHEET]
    sheet["B2"], sheet["M2"] = '=HYPERLINK("http://example.org")', "@SUM(A1)"
    written = BytesIO()
    book.save(written)
    client = sign_in("planner")
    send(client, open_run, written.getvalue())

    marked = load_workbook(BytesIO(client.get(f"/imports/{the_batch().public_id}/marked/").content))

    formulas = [cell.coordinate for page in marked for row in page for cell in row if cell.data_type == "f"]
    assert formulas == []
    assert len(read_rows(client.get(f"/imports/of/{open_run.public_id}/sample.csv").content)) == 7
