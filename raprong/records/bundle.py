"""The ZIP of a batch: the papers, a list of them for people and programs, and their hashes to check them by."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO, TextIOWrapper
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from raprong.files.store import CHUNK_BYTES, open_content
from raprong.lib.thai.dates import BANGKOK
from raprong.records.printing import Printed

LIST, HASHES = "list.csv", "SHA256SUMS"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")


@dataclass
class Bundle:
    """An open ZIP. The list is written when the last paper is in it."""

    target: ZipFile
    at: datetime
    _lines: list[tuple[str, str, str, int, str]] = field(default_factory=list)

    def add(self, name: str, title: str, printed: Printed) -> None:
        """A paper as it lies in the store, or a line that says why it is missing."""
        self._lines.append((name, title, printed.sha256, printed.size, printed.fault))
        if printed.fault:
            return
        with open_content(printed.sha256) as content, self.target.open(self._entry(name, ZIP_STORED), "w") as place:
            while chunk := content.read(CHUNK_BYTES):
                place.write(chunk)

    def close(self) -> None:
        hashes = "".join(f"{sha256}  {name}\n" for name, _title, sha256, _size, _fault in self._lines if sha256)
        self.target.writestr(self._entry(HASHES, ZIP_DEFLATED), hashes)
        self.target.writestr(self._entry(LIST, ZIP_DEFLATED), self._list())

    def _list(self) -> bytes:
        """For spreadsheet programs, which need the mark of UTF-8 to read Thai."""
        written = StringIO(newline="")
        table = csv.writer(written)
        table.writerow([_("File"), _("Paper"), "SHA-256", _("Bytes"), _("Not printed, because")])
        for name, title, sha256, size, fault in self._lines:
            table.writerow([name, _inert(title), sha256, size if sha256 else "", _inert(fault)])
        return written.getvalue().encode("utf-8-sig")

    def _entry(self, name: str, compression: int) -> ZipInfo:
        moment = self.at.astimezone(BANGKOK)
        entry = ZipInfo(name, moment.timetuple()[:6])
        entry.compress_type = compression
        return entry


@contextmanager
def opened(packed: IO[bytes], *, title: str, at: datetime) -> Iterator[Bundle]:
    """A ZIP to put papers into; finished with its list where nothing went wrong on the way."""
    with ZipFile(packed, "w") as target:
        target.comment = title.encode()[:500]
        bundle = Bundle(target, at)
        yield bundle
        bundle.close()


def not_printed(packed: IO[bytes]) -> list[tuple[str, str]]:
    """What a ZIP lacks, by its own list: each paper that could not be printed, and why."""
    with ZipFile(packed) as source, source.open(LIST) as content:
        rows = list(csv.reader(TextIOWrapper(content, encoding="utf-8-sig", newline="")))[1:]
    return [(title, fault) for _name, title, _sha256, _size, fault in rows if fault]


def _inert(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
