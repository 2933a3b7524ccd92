"""An agency's own typefaces: found by their folders, their sizes measured from their letters."""

import shutil
from pathlib import Path

import pytest

from raprong.lib.rendering import SARABUN
from raprong.lib.rendering.typefaces import letters_missing, typefaces_in


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with the open Sarabun under another name, and one with no font in it."""
    shutil.copytree(SARABUN.folders[0], tmp_path / "our-sarabun")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.ttf").write_bytes(b"no font")
    return tmp_path


def test_a_typeface_is_found_with_its_family_and_size(own: Path) -> None:
    found = typefaces_in(own)

    assert list(found) == ["our-sarabun"]
    assert found["our-sarabun"].family == SARABUN.family
    assert found["our-sarabun"].scale == pytest.approx(SARABUN.scale, abs=0.0005)


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert typefaces_in(tmp_path / "nowhere") == {}


def test_letters_without_a_drawing_are_named() -> None:
    assert letters_missing(SARABUN, "คำรับรอง ๑๒ ABC (ฯ) – “ก”\n") == []
    assert letters_missing(SARABUN, "ตรา 🙂 和") == ["🙂", "和"]
