"""Reading a table out of a CSV file, whatever program wrote it."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from raprong.lib.workbooks import sentences
from raprong.lib.workbooks.cells import text_of
from raprong.lib.workbooks.columns import known_headings
from raprong.lib.workbooks.faults import whole_file
from raprong.lib.workbooks.limits import MOST_BYTES_OF_CSV, MOST_COLUMNS, MOST_LETTERS_IN_CELL, MOST_ROWS, TooManyRows
from raprong.lib.workbooks.sheets import plain_heading
from raprong.lib.workbooks.xlsx import Rows

CSV_SHEET = "CSV"  # the name of the one table that a CSV file is
_SEPARATORS = ",;\t"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_THAI = range(0x0E01, 0x0E5C)
_LINES_LOOKED_AT = 15


def rows_of_csv(content: bytes) -> Rows:
    """The rows of a CSV file by their number, or a refusal with ``WorkbookFaults``.

    UTF-8 with or without its mark, UTF-16, and the Thai of Windows (cp874) and TIS-620 are told apart by the bytes;
    comma, semicolon and tab by which finds the most headings that are known. Too many rows raise ``TooManyRows``.
    """
    if len(content) > MOST_BYTES_OF_CSV:
        raise whole_file(*sentences.TOO_LARGE)
    text = _decoded(content)
    separator = max(_SEPARATORS, key=lambda candidate: _headings_found(text, candidate))
    if not _headings_found(text, separator):
        raise whole_file(*sentences.NOT_A_TABLE)
    return _rows(text, separator)


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _unmarked(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise whole_file(*sentences.UNKNOWN_LETTERS) from None
    if "\x00" in text:
        raise whole_file(*sentences.NOT_A_TABLE)
    return text


def _unmarked(content: bytes) -> str:
    """The letters of a file that does not name them: UTF-8 where it is that, UTF-16 by its noughts, else Thai Windows.

    What would come out without a single Thai letter, or with control characters, is none of them.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" not in text:
            return "utf-8"
    for encoding in ("utf-16-le", "utf-16-be", "cp874"):
        text = content.decode(encoding, errors="replace")
        thai = sum(ord(letter) in _THAI for letter in text[:4000])
        odd = sum(letter == "\ufffd" or letter < "\t" or "\x7f" <= letter < "\xa0" for letter in text[:4000])
        if thai and not odd and (encoding == "cp874" or "\n" in text or "\r" in text):
            return encoding
    raise whole_file(*sentences.UNKNOWN_LETTERS)


def _headings_found(text: str, separator: str) -> int:
    """The most known headings that one of the first lines has when it is parted so."""
    known, most = known_headings(), 0
    for number, (_row, cells) in enumerate(_parted(text, separator)):
        most = max(most, sum(plain_heading(text_of(cell)) in known for cell in cells[:MOST_COLUMNS]))
        if number >= _LINES_LOOKED_AT:
            break
    return most


def _parted(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise whole_file(*sentences.NOT_A_TABLE) from None


def _rows(text: str, separator: str) -> Rows:
    rows: Rows = []
    for number, cells in _parted(text, separator):
        if any(cell.strip() for cell in cells):
            if len(rows) >= MOST_ROWS:
                raise TooManyRows
            rows.append((number, [cell[: MOST_LETTERS_IN_CELL + 1] or None for cell in cells[:MOST_COLUMNS]]))
    return rows
