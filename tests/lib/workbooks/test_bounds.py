"""Files that are too much, locked, old, broken or meant to do harm: refused in words, in little time and memory.

Each is really built. Memory is that of a process of its own, above what it holds before it reads.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from raprong.lib.workbooks.faults import WorkbookFaults
from raprong.lib.workbooks.limits import MOST_BYTES_OF_CSV, MOST_ROWS
from raprong.lib.workbooks.reader import read_rows, read_workbook
from raprong.lib.workbooks.writer import write_csv
from tests.lib.workbooks.files import HEADINGS, MAIN, many, raw_workbook, row_xml, saved, sheet_xml

ROOT = Path(__file__).resolve().parents[3]
MOST_SECONDS = 20  # on a busy machine; most take less than one
MOST_MB = 300
BOMB_BYTES = 500 * 1024**2
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zeros(count: int) -> Iterator[bytes]:
    piece = b" " * 1024**2
    for _ in range(count // len(piece)):
        yield piece


def a_hundred_thousand_rows() -> bytes:
    rows = (row_xml(n, f"1.{n}", "ชื่อ", "มิติ", "กลุ่ม", "ร้อยละ", "1") for n in range(2, 100_002))
    return raw_workbook(sheet_xml([row_xml(1, *HEADINGS), *rows]))


def a_hundred_thousand_lines() -> bytes:
    first = write_csv(many(1), fiscal_year=2570).decode("utf-8-sig").splitlines()
    return "\n".join([first[0], *(f"1.{n},ก,ข,ค" for n in range(100_000))]).encode()


def a_bomb() -> bytes:
    return raw_workbook(zeros(BOMB_BYTES))


def a_bomb_that_lies() -> bytes:
    """Its directory says that the sheet holds a thousand bytes."""
    content = bytearray(raw_workbook(zeros(BOMB_BYTES)))
    for size in {BOMB_BYTES}:
        for place in _places(bytes(content), size.to_bytes(4, "little")):
            content[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def a_bomb_in_a_rare_packing() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", b" " * 50 * 1024**2)
    return held.getvalue()


def a_million_texts() -> bytes:
    shared = b"<sst>" + b"<si><t>a</t></si>" * 1_000_000 + b"</sst>"
    relations = (
        b'<Relationships xmlns="x"><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>'
        b'<Relationship Id="rId2" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts = {"xl__sharedStrings.xml": shared, "xl___rels__workbook.xml.rels": relations}
    return raw_workbook(b"<worksheet/>", **parts)


def one_endless_cell() -> bytes:
    def sheet() -> Iterator[bytes]:
        yield f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>'.encode()
        yield from (b"a" * 1024**2 for _ in range(50))
        yield b"</t></is></c></row></sheetData></worksheet>"

    return raw_workbook(sheet())


def ranges_without_end() -> bytes:
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:CV10000"/>' * 15_000 + b"</mergeCells>"
    rows = b"".join(row_xml(n, "ก") for n in range(1, 9000))
    return raw_workbook(b"<worksheet><sheetData>" + rows + b"</sheetData>" + merges + b"</worksheet>")


def laughing_entities() -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{lines}]><worksheet>&e11;</worksheet>'
    return raw_workbook(sheet.encode())


def an_entity_from_a_file() -> bytes:
    sheet = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&x;</sheetData></worksheet>'
    return raw_workbook(sheet.encode("utf-16"))


def fifty_megabytes() -> bytes:
    return b"PK\x03\x04" + b"\x00" * 50 * 1024**2


def fifty_megabytes_of_text() -> bytes:
    return "รหัส,ตัวชี้วัด\n".encode() * (50 * 1024**2 // 40)


def a_locked_workbook() -> bytes:
    """As a program writes it that keeps a password: an OLE file around what is encrypted."""
    return OLE + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2000


def a_locked_archive() -> bytes:
    content = bytearray(raw_workbook(b"<worksheet/>"))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for place in _places(bytes(content), signature):
            content[place + flags_at] |= 1
    return bytes(content)


def an_old_workbook() -> bytes:
    return OLE + b"\x00" * 500 + "Workbook".encode("utf-16-le") + b"\x00" * 2000


def a_sheet_of_another_program() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    return held.getvalue()


def a_truncated_workbook() -> bytes:
    whole = raw_workbook(sheet_xml([row_xml(1, *HEADINGS)]))
    return whole[: len(whole) // 2]


def broken_xml() -> bytes:
    return raw_workbook(b"<worksheet><sheetData><row></worksheet>")


def a_text_that_is_not_there() -> bytes:
    return raw_workbook(b'<worksheet><sheetData><row r="1"><c t="s"><v>7</v></c></row></sheetData></worksheet>')


def _places(content: bytes, wanted: bytes) -> Iterator[int]:
    place = content.find(wanted)
    while place >= 0:
        yield place
        place = content.find(wanted, place + 1)


TOO_MUCH: dict[Callable[[], bytes], str] = {
    a_hundred_thousand_rows: "rows",
    a_hundred_thousand_lines: "rows",
    a_bomb: "too large",
    a_bomb_that_lies: "",
    a_bomb_in_a_rare_packing: "",
    a_million_texts: "too large",
    one_endless_cell: "column",
    ranges_without_end: "rows",
    laughing_entities: "damaged",
    an_entity_from_a_file: "damaged",
    fifty_megabytes: "too large",
    fifty_megabytes_of_text: "too large",
}
REFUSED: dict[Callable[[], bytes], str] = {
    a_locked_workbook: "password",
    a_locked_archive: "password",
    an_old_workbook: ".xls",
    a_sheet_of_another_program: ".ods",
    a_truncated_workbook: "damaged",
    broken_xml: "damaged",
    a_text_that_is_not_there: "damaged",
}
MEASURE = dedent(
    """
    import resource, sys, time
    from raprong.lib.workbooks.faults import WorkbookFaults
    from raprong.lib.workbooks.reader import read_rows

    content = open(sys.argv[1], "rb").read()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        read_rows(content)
        said = ""
    except WorkbookFaults as refused:
        said = str(refused)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(round(grown), round(time.process_time() - began, 1), said)
    """
)


@pytest.mark.parametrize(("build", "word"), TOO_MUCH.items(), ids=[build.__name__ for build in TOO_MUCH])
def test_what_is_too_much_is_refused_in_little_time_and_memory(
    build: Callable[[], bytes], word: str, tmp_path: Path
) -> None:
    file = tmp_path / "kpis"
    file.write_bytes(build())

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, file], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )

    grown, seconds, said = done.stdout.split(" ", 2)
    assert said.strip(), "it was read"
    assert word in said
    assert int(grown) < MOST_MB
    assert float(seconds) < MOST_SECONDS


@pytest.mark.parametrize(("build", "word"), REFUSED.items(), ids=[build.__name__ for build in REFUSED])
@pytest.mark.parametrize("read", [read_rows, read_workbook])
def test_what_cannot_be_opened_says_what_to_do(
    build: Callable[[], bytes], word: str, read: Callable[[bytes], object]
) -> None:
    with pytest.raises(WorkbookFaults) as refused:
        read(build())

    [fault] = refused.value.faults
    assert word in fault.sentence
    assert "ให้" in fault.sentence_th


def test_as_many_rows_as_are_allowed_are_read() -> None:
    rows = (row_xml(n, f"1.{n}") for n in range(2, MOST_ROWS + 1))

    assert len(read_rows(raw_workbook(sheet_xml([row_xml(1, *HEADINGS), *rows])))) == MOST_ROWS - 1


def test_empty_rows_do_not_count() -> None:
    """Officers format whole columns; the sheet then has a million rows that say nothing."""
    empty = (b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 300_000))

    began = time.process_time()
    rows = read_rows(raw_workbook(sheet_xml([row_xml(1, *HEADINGS), row_xml(2, "1.1"), *empty])))

    assert [row.number for row in rows] == [2]
    assert time.process_time() - began < MOST_SECONDS


def test_a_csv_of_the_largest_size_is_read_in_time() -> None:
    line = write_csv(many(1), fiscal_year=2570).decode("utf-8-sig").splitlines()
    long = line[1] + "ก" * 600
    content = "\n".join([line[0], *(long.replace("1.1", f"1.{n}", 1) for n in range(6000))]).encode()

    began = time.process_time()
    rows = read_rows(content[:MOST_BYTES_OF_CSV])

    assert len(rows) == 6000
    assert time.process_time() - began < MOST_SECONDS


def test_names_with_a_prefix_are_read_too() -> None:
    rows = [row_xml(1, *HEADINGS), row_xml(2, "1.1", "ชื่อ")]
    plain = b"".join(sheet_xml(rows)).replace(b' xmlns="', b' xmlns:x="')
    prefixed = plain.replace(b"</", b"\0").replace(b"<", b"<x:").replace(b"\0", b"</x:")

    assert read_rows(raw_workbook(prefixed))[0].said == {"code": "1.1", "title": "ชื่อ"}


def test_a_workbook_of_macros_is_read_for_its_cells_alone() -> None:
    content = raw_workbook(sheet_xml([row_xml(1, *HEADINGS), row_xml(2, "1.1")]), xl__vbaProject__bin=b"\x00macro")

    assert len(read_rows(content)) == 1


def test_an_empty_book_is_told() -> None:
    from openpyxl import Workbook

    with pytest.raises(WorkbookFaults) as refused:
        read_rows(saved(Workbook()))

    assert "ตัวชี้วัด" in str(refused.value)
