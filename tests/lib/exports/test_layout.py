"""Layouts of packages: what does not fit is said at its line."""

from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.exports.layout import LayoutColumn, LayoutSheet, cells_of, read_layout

GOOD = """\
code: other
title_th: ชุดอื่น
title_en: Another package
workbook: "{unit}.xlsx"
evidence_file: "{number}"
sheets:
  - title: แผ่นเดียว
    of: kpis
    columns:
      - {heading: รหัส, value: code}
"""


def faults_of(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "layout.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionFaults) as caught:
        read_layout(file)
    return [(fault.line, fault.sentence) for fault in caught.value.faults]


def test_a_layout_reads(tmp_path: Path) -> None:
    file = tmp_path / "layout.yaml"
    file.write_text(GOOD, encoding="utf-8")

    assert read_layout(file).sheets[0].columns[0].value == "code"


def test_an_unknown_value_is_named_at_its_line(tmp_path: Path) -> None:
    ((line, sentence),) = faults_of(tmp_path, GOOD.replace("value: code", "value: colour"))

    assert line == 10
    assert "There is no value colour here. Use one of: code, dimension" in sentence


def test_an_unknown_place_in_a_name_is_told(tmp_path: Path) -> None:
    ((line, sentence),) = faults_of(tmp_path, GOOD.replace("{unit}.xlsx", "{unit.agency}.xlsx"))

    assert line == 4
    assert "{unit.agency}" in sentence


def test_a_column_has_a_value_or_a_constant(tmp_path: Path) -> None:
    both = faults_of(tmp_path, GOOD.replace("value: code", "value: code, constant: x"))
    neither = faults_of(tmp_path, GOOD.replace(", value: code", ""))

    assert both == neither == [(10, "Give the column either a value or a constant, and not both.")]


def test_everything_that_does_not_fit_comes_at_once(tmp_path: Path) -> None:
    found = faults_of(tmp_path, GOOD.replace("value: code", "value: colour").replace('"{number}"', '"{where}"'))

    assert [line for line, _sentence in found] == [5, 10]


def test_a_constant_stands_in_every_row() -> None:
    sheet = LayoutSheet("แผ่น", "kpis", (LayoutColumn("ปี", constant="2570"), LayoutColumn("รหัส", value="code")))

    assert cells_of(sheet, {"code": "1.1"}) == ["2570", "1.1"]
