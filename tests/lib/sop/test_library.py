from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.sop.library import read_library, read_sop

THIRD_AGENCY = Path(__file__).parents[2] / "definitions" / "third_agency.yaml"


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = THIRD_AGENCY.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    file = tmp_path / "sop" / "changed.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_every_fault_comes_at_once_with_its_line(tmp_path: Path) -> None:
    file = changed(
        tmp_path,
        ("standard_minutes: 90", "standard_minutes: หนึ่งชั่วโมง"),
        ("checked_by: secretariat", "checked_by: nobody"),
        ("code: report", "code: sign"),
        ("number: 3", "number: 7"),
        ("title: ลงนาม", "titel: ลงนาม"),
        ("maker: chief", "maker: somebody"),
    )

    with pytest.raises(DefinitionFaults) as refused:
        read_sop(file)

    lines = file.read_text(encoding="utf-8").splitlines()
    places = {fault.where: lines[fault.line - 1] for fault in refused.value.faults}
    assert "หนึ่งชั่วโมง" in places["steps[0].standard_minutes"]
    assert "nobody" in places["steps[0].checked_by"]
    assert {"steps[1].code", "steps[2].code"} <= places.keys()
    assert "7" in places["steps[2].number"]
    assert {"steps[1].title", "steps[1].titel"} <= places.keys()
    assert "agreement.maker" in places


def test_what_is_not_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    file = changed(tmp_path, ("title: ลงนาม", "title: [ลงนาม"))

    with pytest.raises(DefinitionFaults, match=r"line \d+"):
        read_sop(file)


def test_a_name_written_twice_is_told_with_its_line(tmp_path: Path) -> None:
    file = changed(tmp_path, ("    standard_minutes: 90", "    standard_minutes: 80\n    standard_minutes: 90"))

    with pytest.raises(DefinitionFaults) as refused:
        read_sop(file)

    lines = file.read_text(encoding="utf-8").splitlines()
    assert [lines[fault.line - 1].strip() for fault in refused.value.faults] == ["standard_minutes: 90"]


def test_one_code_in_two_files_is_refused(tmp_path: Path) -> None:
    file = changed(tmp_path)
    file.with_name("copy.yaml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(DefinitionFaults, match="THIRD-01"):
        read_library([tmp_path])
