"""The compiler reads nothing but its folder, and tells what went wrong in sentences."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from raprong.lib.rendering import PaperRefused, TypstCompiler

MOMENT = datetime(2026, 12, 15, tzinfo=UTC)
HEAD = '#set document(title: "t")\n#set text(font: "Sarabun", lang: "th")\n'


def compiler(folder: Path, text: str) -> TypstCompiler:
    template = folder / "paper.typ"
    template.write_text(HEAD + text, encoding="utf-8")
    return TypstCompiler(template=template, root=folder)


def test_inputs_reach_the_template(tmp_path: Path) -> None:
    paper = compiler(tmp_path, '#json("/inputs.json").name')

    assert paper.compile({"name": "ก"}, created_at=MOMENT) != paper.compile({"name": "ข"}, created_at=MOMENT)


def test_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    one = compiler(tmp_path, '#json("/inputs.json").name')
    another = TypstCompiler(template=one.template, root=one.root)

    assert one.compile({"name": "ก"}, created_at=MOMENT) == another.compile({"name": "ก"}, created_at=MOMENT)


def test_package_imports_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="imports a package"):
        compiler(tmp_path, '#import "@preview/cetz:0.3.0"')


def test_files_outside_the_root_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()

    with pytest.raises(PaperRefused, match="could not be typeset"):
        compiler(inside, '#read("../secret.txt")').compile({}, created_at=MOMENT)


def test_moment_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        compiler(tmp_path, "x").compile({}, created_at=datetime(2026, 12, 15))  # noqa: DTZ001
