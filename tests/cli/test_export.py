"""`raprong export`: a package is checked by whoever received it, and a layout by whoever writes it."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from raprong.lib.exports.manifest import MANIFEST, Entry, written


def package(tmp_path: Path, content: bytes) -> str:
    """A ZIP whose manifest tells of the content `whole`."""
    place = tmp_path / "smart.zip"
    with ZipFile(place, "w") as target:
        target.writestr("SAR.xlsx", content)
        target.writestr(MANIFEST, written([Entry("SAR.xlsx", sha256(b"whole").hexdigest(), 5)], {}))
    return str(place)


def test_an_intact_package_answers_nought(raprong: Any, tmp_path: Path) -> None:
    answer = raprong("export", "verify", package(tmp_path, b"whole"))

    assert answer.status == 0
    assert "1 files, all as they were" in answer.said


def test_a_changed_package_answers_one_and_names_the_file(raprong: Any, tmp_path: Path) -> None:
    place = package(tmp_path, b"other")

    answer, told = raprong("export", "verify", place), raprong("export", "verify", place, "--json")

    assert answer.status == told.status == 1
    assert "SAR.xlsx: changed since the package was made." in answer.said
    assert json.loads(told.said)["faults"] == ["SAR.xlsx: changed since the package was made."]


def test_something_else_answers_two(raprong: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"no zip")

    assert raprong("export", "verify", str(other)).status == 2
    assert raprong("export", "verify", str(tmp_path / "nowhere.zip")).status == 2


def test_a_layout_that_does_not_fit_is_told_line_by_line(raprong: Any, tmp_path: Path) -> None:
    file = tmp_path / "layout.yaml"
    house = Path("raprong/definitions/exports/general.yaml").read_text(encoding="utf-8")
    file.write_text(house.replace("value: weight,", "value: wieght,"), encoding="utf-8")

    good = raprong("export", "layout", "raprong/definitions/exports/general.yaml")
    bad = raprong("export", "layout", str(file))

    assert (good.status, bad.status) == (0, 1)
    assert "layout general fits, with 2 sheets" in good.said
    assert "layout.yaml, line 20" in bad.complained
    assert "There is no value wieght here." in bad.complained
