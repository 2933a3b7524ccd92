import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from raprong.lib.scoring.document import ScoringFaults, score_document
from raprong.lib.scoring.tables import fault_sentences, is_table, read_table
from raprong.lib.workbooks.faults import WorkbookFaults

HEADINGS = "code,weight,level 1,level 2,level 3,level 4,level 5,result,status\n"
ROWS = "1.1,15,20,40,60,80,100,59,\n1.2,15,14,13,12,11,10,13,\n1.3,70,20,40,60,80,100,,cancelled\n"


def total_of(content: bytes, name: str = "year.csv") -> Any:
    table = read_table(content, name)
    assert not table.faults
    return score_document(table.document)["total"]


def sentences_of(content: bytes, name: str = "year.csv") -> list[str]:
    table = read_table(content, name)
    try:
        score_document(table.document)
    except ScoringFaults as faults:
        return fault_sentences(table, faults)
    return fault_sentences(table)


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def parquet(**columns: Any) -> bytes:
    kept = BytesIO()
    pq.write_table(pa.table(columns), kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_table_is_scored(encoding: str) -> None:
    assert total_of((HEADINGS + ROWS).encode(encoding)) == "2.4750"


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_thai_headings_statuses_and_digits_are_read(encoding: str) -> None:
    text = "รหัส,น้ำหนัก,ระดับ 1,ระดับ 5,ผลการดำเนินงาน,สถานะ\n๑.๑,๑๕,๒๐,๑๐๐,๕๙,\n๑.๒,๘๕,๒๐,๑๐๐,,ยกเลิก\n"

    assert total_of(text.encode(encoding)) == "2.9500"


def test_letters_of_no_known_encoding_are_refused_in_words() -> None:
    with pytest.raises(WorkbookFaults, match="letters of this file cannot be read"):
        read_table(b"code,weight\n\x81\x8d\x8f\x90,5\n", "year.csv")


def test_an_xlsx_workbook_is_scored() -> None:
    rows = [["code", "weight", 1, 2, 3, 4, 5, "result"], ["1.1", 15, 20, 40, 60, 80, 100, 59]]

    assert total_of(workbook({"Sheet": rows}), "year.xlsx") == "2.9500"


def test_a_workbook_of_kpis_takes_the_last_figure_of_its_months() -> None:
    kpis = [["รหัส", "น้ำหนัก", "ระดับ 1", "ระดับ 5"], ["1.1", 100, 20, 100]]
    months = [["รหัส", "ต.ค.", "พ.ย.", "ธ.ค."], ["1.1", 20, 59, None]]

    assert total_of(workbook({"ตัวชี้วัด": kpis, "ผลการดำเนินงาน ": months}), "year.xlsx") == "2.9500"


def test_a_parquet_file_is_scored() -> None:
    content = parquet(
        code=["1.1", "1.2"],
        weight=[Decimal("15.00"), Decimal("85.00")],
        **{"level 1": [20.0, 20.0], "level 5": [100.0, 100.0]},
        result=[59.0, None],
    )

    assert total_of(content, "year.parquet") == "2.9500"


def test_floats_of_a_parquet_file_are_what_a_person_typed() -> None:
    content = parquet(code=["1"], weight=[1], **{"level 1": [0.1], "level 5": [0.5]}, result=[0.1 + 0.2])

    assert total_of(content, "year.parquet") == "3.0000"


def test_lists_in_a_parquet_file_are_refused_by_the_name_of_the_column() -> None:
    with pytest.raises(WorkbookFaults, match="result: A column holds lists"):
        read_table(parquet(code=["1"], weight=[1], result=[[1, 2]]), "year.parquet")


def test_a_damaged_parquet_file_is_refused_in_words() -> None:
    content = parquet(code=["1"], weight=[1])

    with pytest.raises(WorkbookFaults, match="not a Parquet file"):
        read_table(content[: len(content) // 2], "year.parquet")


def test_a_parquet_file_of_too_many_rows_is_refused_before_it_is_read() -> None:
    with pytest.raises(WorkbookFaults, match="too large"):
        read_table(parquet(code=pa.nulls(100_001, pa.string())), "year.parquet")


def test_every_kind_has_its_column_of_kind() -> None:
    text = (
        "code,weight,kind,plan,level 1,level 3,level 5,result\n"
        "1,20,yes_no,,ไม่ใช่,,ใช่,ใช่\n"
        "2,20,bands,,ไม่เกิน 60,60-79.99,80 ขึ้นไป,75\n"
        "3,20,deviation-both,100,20,,10,113\n"
        "4,20,steps,,1,3,5,3\n"
        "5,20,choice,,1) ไม่มี,2) มี,3) ทำแล้ว,2\n"
    )

    table = read_table(text.encode(), "year.csv")
    answer = score_document(table.document)

    assert [one["score"] for one in answer["kpis"]] == ["5.0000", "3.0000", "3.8000", "3.0000", "3.0000"]


def test_parts_and_given_scores_are_read() -> None:
    text = (
        "code,weight,parent,weight inside,level 1,level 5,result,given score,because\n"
        "1,60,,,,,,,\n"
        "1.1,,1,2,1,5,3,,\n"
        "1.2,,1,3,1,5,5,,\n"
        "2,40,,,1,5,2,4,กรรมการ\n"
    )

    assert total_of(text.encode()) == "4.1200"


def test_every_fault_is_told_by_its_row_and_column_in_order() -> None:
    rows = "1.1,x,20,40,60,80,100,many,\n1.1,5,20,40,30,80,100,5,gone\n=1+1,5,20,40,60,80,100,5,\n2,5,,,,,,5,missing\n"

    told = sentences_of((HEADINGS + rows).encode())

    assert [sentence.partition(":")[0] for sentence in told] == [
        "CSV, row 2, column B weight",
        "CSV, row 2, column H result",
        "CSV, row 3, column I status",
        "CSV, row 3, column A code",
        "CSV, row 4, column A code",
        "CSV, row 5, column H result",
    ]
    assert "already used by row 2" in told[3]


def test_criteria_that_turn_back_are_told_at_their_levels() -> None:
    (told,) = sentences_of((HEADINGS + "1.1,5,20,40,30,80,100,5,\n").encode())

    assert told.startswith("CSV, row 2, levels: Level 3 (30) turns back")


def test_a_formula_in_a_text_is_refused_and_a_computed_figure_is_read() -> None:
    rows = [["code", "weight", 1, 5, "result", "because"], ["1", 5, 20, 100, 59, "=1+1"]]

    (told,) = sentences_of(workbook({"Sheet": rows}), "year.xlsx")

    assert told.startswith("Sheet, row 2, column F because: This cell holds a formula")


@pytest.mark.parametrize(
    "headings, words",
    [("รหัส,ระดับ 1,ระดับ 5", "no column “weight”"), ("น้ำหนัก,ระดับ 1,ระดับ 5", "no column “code”")],
)
def test_a_table_without_a_needed_column_is_refused(headings: str, words: str) -> None:
    with pytest.raises(WorkbookFaults, match=words):
        read_table(f"{headings}\n1,20,100\n".encode(), "year.csv")


def test_a_workbook_in_another_format_is_refused_in_words() -> None:
    with pytest.raises(WorkbookFaults, match="older or another format"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "year.xls")


def test_too_many_rows_are_refused_in_words() -> None:
    with pytest.raises(WorkbookFaults, match="rows"):
        read_table((HEADINGS + "1,1,20,40,60,80,100,5,\n" * 20_000).encode(), "year.csv")


@pytest.mark.parametrize(
    "content, name, table",
    [
        (b"PK\x03\x04", "-", True),
        (b"PAR1", "-", True),
        (b"code,weight", "year.csv", True),
        (b"{}", "year.json", False),
        (b"{}", "-", False),
        (b"code,weight\n", "-", True),
        (b"nonsense", "-", False),
    ],
)
def test_a_table_is_known_by_its_bytes_or_its_name(content: bytes, name: str, table: bool) -> None:
    assert is_table(content, name) is table


def test_an_empty_table_is_refused_in_words() -> None:
    assert sentences_of(HEADINGS.encode()) == ["CSV, kpis: Give a list with at least one KPI."]


def told(content: bytes, name: str) -> list[str]:
    try:
        return sentences_of(content, name)
    except WorkbookFaults as refused:
        return [fault.sentence for fault in refused.faults]


@given(st.binary(max_size=300), st.sampled_from(["year.csv", "year.xlsx", "year.parquet"]))
@settings(max_examples=60)
def test_any_bytes_are_read_or_refused_in_words(content: bytes, name: str) -> None:
    assert all(told(content, name))


@given(st.lists(st.lists(st.text(max_size=12), min_size=9, max_size=9), max_size=5))
@settings(max_examples=60)
def test_any_cells_are_scored_or_refused_by_row(rows: list[list[str]]) -> None:
    kept = StringIO()
    csv.writer(kept).writerows([HEADINGS.strip().split(","), *rows])

    assert all(told(kept.getvalue().encode(), "year.csv"))


def test_a_long_text_repeated_in_a_parquet_file_is_cut_before_it_is_copied() -> None:
    long = "ก" * 100_000
    content = parquet(code=[str(n) for n in range(50)], weight=[1] * 50, because=[long] * 50)

    table = read_table(content, "year.parquet")

    assert len(table.document["kpis"][0]["because"]) <= 32_768


def test_an_empty_weight_is_missing_and_has_its_place() -> None:
    told = sentences_of((HEADINGS + "1.1,,20,40,60,80,100,59,\n").encode())

    assert told == ["CSV, row 2, column B weight: The weight is missing. Write a number, 0 or more."]


@pytest.mark.parametrize("answer, total", [("1.0000", "5.0000"), ("๑", "5.0000"), ("0.00", "1.0000"), ("ใช่", "5.0000")])
def test_yes_and_no_are_read_as_a_column_of_decimals_writes_them(answer: str, total: str) -> None:
    rows = f"code,weight,kind,level 1,level 5,result\n1.1,100,yes_no,ไม่ใช่,ใช่,{answer}\n"

    assert total_of(rows.encode()) == total
