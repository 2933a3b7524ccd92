"""Reading a table out of a Parquet file, within bounds."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from raprong.lib.workbooks.faults import CellFault, WorkbookFaults, whole_file
from raprong.lib.workbooks.limits import MOST_COLUMNS, MOST_LETTERS_IN_CELL
from raprong.lib.workbooks.xlsx import Rows

MOST_ROWS = 100_000
MOST_BYTES = 50 * 1024**2
MOST_BYTES_INSIDE = 200 * 1024**2  # as the file says it inflates to
_AT_A_TIME = 1000

_NOT_PARQUET = (
    "This is not a Parquet file, or it is damaged. Write it again, and send it as .parquet.",
    "ไฟล์นี้ไม่ใช่ Parquet หรือไฟล์เสียหาย ให้บันทึกใหม่เป็น .parquet",
)
_TOO_LARGE = (
    f"This file is too large. Use at most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and "
    f"{MOST_BYTES_INSIDE // 1024**2} MB.",
    f"ไฟล์นี้ใหญ่เกินไป ใช้ได้ไม่เกิน {MOST_ROWS:,} แถว {MOST_COLUMNS} คอลัมน์ และ {MOST_BYTES_INSIDE // 1024**2} MB",
)
_NOT_PLAIN = (
    "A column holds lists or records. Keep one plain value in each cell: text, a number, or true and false.",
    "คอลัมน์นี้เก็บค่าหลายค่า ให้เก็บค่าเดียวในแต่ละช่อง เป็นข้อความ ตัวเลข หรือจริงเท็จ",
)


def rows_of_parquet(content: bytes) -> Rows:
    """The rows of a Parquet file, its names of columns first; rows of data count from 1.

    Numbers keep their digits, floats those that a person would type. Refused with ``WorkbookFaults``: a file that is
    none, one that is or says it grows too large, and columns of lists or records.
    """
    if len(content) > MOST_BYTES:
        raise whole_file(*_TOO_LARGE)
    try:
        file = pq.ParquetFile(BytesIO(content))
        _check(file)
        texts = [column.name for column in file.schema_arrow if _is_text(column.type)]
        file = pq.ParquetFile(BytesIO(content), read_dictionary=texts)
        rows: Rows = [(0, list(file.schema_arrow.names))]
        for batch in file.iter_batches(batch_size=_AT_A_TIME):
            rows += _rows(batch, len(rows))
    except WorkbookFaults:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise whole_file(*_NOT_PARQUET) from None
    return rows


def _check(file: pq.ParquetFile) -> None:
    about = file.metadata
    inside = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    if about.num_rows > MOST_ROWS or about.num_columns > MOST_COLUMNS or inside > MOST_BYTES_INSIDE:
        raise whole_file(*_TOO_LARGE)
    for column in file.schema_arrow:
        if pa.types.is_nested(column.type):
            raise WorkbookFaults([CellFault("", None, "", column.name, *_NOT_PLAIN)])


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _rows(batch: pa.RecordBatch, first: int) -> Rows:
    values = [_plain(column) for column in batch.columns]
    return [(first + number, list(cells)) for number, cells in enumerate(zip(*values, strict=True))]


def _plain(column: Any) -> list[Any]:
    """The cells of a column. Texts share one dictionary, which is looked at before any of it is copied out."""
    if pa.types.is_dictionary(column.type):
        known = [text[: MOST_LETTERS_IN_CELL + 1] for text in column.dictionary.to_pylist()]
        return [None if place is None else known[place] for place in column.indices.to_pylist()]
    cells = column.to_pylist()
    return [cell if isinstance(cell, (str, int, float, bool, Decimal, type(None))) else str(cell) for cell in cells]
