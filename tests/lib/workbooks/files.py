"""Files as people and mischief-makers send them, built byte by byte where no program would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.shape import KPI_SHEET, KpiRow, KpiWorkbook
from raprong.lib.workbooks.writer import write_workbook

SAMPLE = sample_workbook().kpis
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
HEADINGS = ["รหัส", "ตัวชี้วัด", "มิติ", "กลุ่มงานผู้รับผิดชอบ", "หน่วยวัด", "น้ำหนัก"]
HEADINGS += [*(f"ระดับ {n}" for n in range(1, 6)), "ค่าเป้าหมาย"]


def workbook_with(change: Callable[[Worksheet], object], *rows: KpiRow) -> bytes:
    """A workbook of these KPIs (the sample's without any), after a person has changed something in it."""
    book = load_workbook(BytesIO(write_workbook(KpiWorkbook(rows or SAMPLE), fiscal_year=2570)))
    change(book[KPI_SHEET])
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def many(count: int) -> tuple[KpiRow, ...]:
    """So many sound KPIs."""
    return tuple(
        replace(SAMPLE[n % len(SAMPLE)], row=n + 2, code=f"{n // 100 + 1}.{n % 100 + 1}") for n in range(count)
    )


def raw_workbook(sheet: bytes | Iterator[bytes], **parts: bytes) -> bytes:
    """A workbook around the XML of one sheet of KPIs; ``parts`` replace or join the others by their names."""
    named = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><sheets>'
            f'<sheet name="{KPI_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
    }
    named |= {name.replace("__", "/"): content for name, content in parts.items()}
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in named.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for chunk in [sheet] if isinstance(sheet, bytes) else sheet:
                part.write(chunk)
    return held.getvalue()


def sheet_xml(rows: Iterator[bytes] | list[bytes]) -> Iterator[bytes]:
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    yield from rows
    yield b"</sheetData></worksheet>"


def row_xml(number: int, *cells: str) -> bytes:
    written = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{written}</row>'.encode()


def _relations(*named: tuple[str, str, str]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{one}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for one, kind, target in named
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'.encode()
