"""An xlsx file is a ZIP archive: what is inside is counted before anything reads it.

A file of 900 kB can hold gigabytes; a reader of workbooks would take them all into memory.
"""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from raprong.lib.workbooks.faults import WorkbookFaults, whole_file

MOST_BYTES = 5 * 1024**2  # of the file
MOST_BYTES_INSIDE = 60 * 1024**2  # of everything in it, inflated
MOST_ENTRIES = 500
_CHUNK = 64 * 1024


def check_archive(content: bytes) -> None:
    """Refuse with :class:`WorkbookFaults` what is no xlsx archive, and one that is or grows too large.

    The sizes written in the archive are looked at first, then every entry is inflated and its bytes are counted:
    the written sizes can lie.
    """
    if len(content) > MOST_BYTES:
        raise _too_large()
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_directory(archive)
            _check_inflated(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError):
        raise not_a_workbook() from None


def _check_directory(archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES_INSIDE:
        raise _too_large()
    if "[Content_Types].xml" not in archive.namelist():
        raise not_a_workbook()


def _check_inflated(archive: ZipFile) -> None:
    counted = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                counted += len(chunk)
                if counted > MOST_BYTES_INSIDE:
                    raise _too_large()
                if b"<!DOCTYPE" in chunk[:1024]:
                    raise not_a_workbook()


def not_a_workbook() -> WorkbookFaults:
    """What opens as no workbook at all."""
    return whole_file(
        "This file is not an Excel workbook (.xlsx), or it is damaged. Open it in a spreadsheet program, save it as "
        ".xlsx and send it again.",
        "ไฟล์นี้ไม่ใช่สมุดงาน Excel (.xlsx) หรือไฟล์เสียหาย ให้เปิดด้วยโปรแกรมตารางคำนวณ บันทึกเป็น .xlsx แล้วส่งใหม่",
    )


def _too_large() -> WorkbookFaults:
    return whole_file(
        "This file is too large for a KPI workbook. Keep the two sheets of KPIs and results, and take pictures and "
        "other sheets out.",
        "ไฟล์นี้ใหญ่เกินกว่าจะเป็นสมุดงานตัวชี้วัด ให้เหลือแผ่นงานตัวชี้วัดและผลการดำเนินงาน และนำรูปภาพและแผ่นงานอื่นออก",
    )
