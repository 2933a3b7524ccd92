"""A package is checked by the manifest that lies in it."""

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from raprong.lib.exports.manifest import MANIFEST, Entry, check, written

FILES = {"SAR.xlsx": b"a workbook", "evidence/1.1-1 report.pdf": b"%PDF"}


def package(tmp_path: Path, files: dict[str, bytes], told: dict[str, bytes] = FILES) -> str:
    """A ZIP with these files, and a manifest that tells of others."""
    place = tmp_path / "package.zip"
    entries = [Entry(path, sha256(content).hexdigest(), len(content)) for path, content in told.items()]
    with ZipFile(place, "w") as target:
        for path, content in files.items():
            target.writestr(path, content)
        target.writestr(MANIFEST, written(entries, {"unit": "สำนักตัวอย่าง"}))
    return str(place)


def test_a_package_as_it_was_made_holds(tmp_path: Path) -> None:
    found = check(package(tmp_path, FILES))

    assert (found.holds, found.files, found.faults) == (True, 2, ())


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"SAR.xlsx": b"a workbook"}, "evidence/1.1-1 report.pdf: missing."),
        (FILES | {"SAR.xlsx": b"A workbook"}, "SAR.xlsx: changed since the package was made."),
        (FILES | {"SAR.xlsx": b"a longer workbook"}, "SAR.xlsx: changed since the package was made."),
        (FILES | {"besides.pdf": b"%PDF"}, "besides.pdf: not in the manifest."),
    ],
)
def test_what_does_not_agree_is_named(tmp_path: Path, files: dict[str, bytes], fault: str) -> None:
    found = check(package(tmp_path, files))

    assert not found.holds
    assert found.faults == (fault,)


def test_a_file_cut_short_is_unreadable(tmp_path: Path) -> None:
    whole = Path(package(tmp_path, FILES))
    whole.write_bytes(whole.read_bytes()[:60])

    found = check(str(whole))

    assert not found.readable
    assert not found.holds


def test_a_zip_of_something_else_is_unreadable(tmp_path: Path) -> None:
    place = tmp_path / "other.zip"
    with ZipFile(place, "w") as target:
        target.writestr("list.csv", b"1")

    assert not check(str(place)).readable
