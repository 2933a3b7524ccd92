"""The manifest of a package: what lies in the ZIP, by name, size and hash; and the check of a ZIP against its own."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

MANIFEST: Final = "manifest.json"
FORMAT: Final = "raprong.export"
CHUNK_BYTES = 1024 * 1024
MOST_MANIFEST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """A file of the package."""

    path: str
    sha256: str
    size: int
    title: str = ""


@dataclass(frozen=True)
class PackageCheck:
    """What was found: how many files agree, and a sentence for each that does not. `readable` is false where there is
    no manifest to check by.
    """

    files: int
    faults: tuple[str, ...]
    readable: bool = True

    @property
    def holds(self) -> bool:
        return self.readable and not self.faults


def written(entries: Sequence[Entry], facts: dict[str, Any]) -> bytes:
    """The manifest as JSON. `facts` say of what the package is: unit, year, round, receipt."""
    files = [{"path": each.path, "sha256": each.sha256, "size": each.size, "title": each.title} for each in entries]
    content = {"format": FORMAT, **facts, "files": files}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def check(package: str) -> PackageCheck:
    """Check a ZIP against the manifest in it: nothing missing, nothing changed, nothing besides.

    Contents are read in pieces and never kept; a file is read no further than the manifest says that it goes.
    """
    try:
        with ZipFile(package) as archive:
            entries = _entries(archive)
            if entries is None:
                return PackageCheck(0, (f"There is no {MANIFEST} of this program in the file.",), readable=False)
            faults = [*_faults_of(archive, entries), *_besides(archive, entries)]
            return PackageCheck(len(entries), tuple(faults))
    except BadZipFile:
        return PackageCheck(0, ("The file is no ZIP, or it did not arrive whole.",), readable=False)


def _entries(archive: ZipFile) -> list[Entry] | None:
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST_BYTES:
            return None
        content = json.loads(archive.read(MANIFEST))
        if content["format"] != FORMAT:
            return None
        return [Entry(str(each["path"]), str(each["sha256"]), int(each["size"])) for each in content["files"]]
    except (KeyError, ValueError, TypeError):
        return None


def _faults_of(archive: ZipFile, entries: Sequence[Entry]) -> Iterator[str]:
    names = set(archive.namelist())
    for entry in entries:
        if entry.path not in names:
            yield f"{entry.path}: missing."
        elif _hash_of(archive, entry) != entry.sha256:
            yield f"{entry.path}: changed since the package was made."


def _hash_of(archive: ZipFile, entry: Entry) -> str:
    """The hash of a file of the size that the manifest says; empty for another size and for one that does not open."""
    if archive.getinfo(entry.path).file_size != entry.size:
        return ""
    digest, left = sha256(), entry.size
    try:
        with archive.open(entry.path) as content:
            while left > 0 and (chunk := content.read(min(CHUNK_BYTES, left))):
                digest.update(chunk)
                left -= len(chunk)
    except (BadZipFile, RuntimeError, EOFError):
        return ""
    return digest.hexdigest()


def _besides(archive: ZipFile, entries: Sequence[Entry]) -> Iterator[str]:
    known = {entry.path for entry in entries} | {MANIFEST}
    for name in archive.namelist():
        if name not in known:
            yield f"{name}: not in the manifest."
