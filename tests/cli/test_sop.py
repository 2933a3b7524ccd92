"""`raprong sop`: the SOPs in the definition folders, in a table and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from raprong.lib.sop.library import read_library
from raprong.lib.sop.shape import SopDefinition

DEFINITIONS = Path(__file__).resolve().parents[2] / "raprong" / "definitions"
SOPS = {sop.code: sop for sop in read_library([DEFINITIONS])}


@pytest.fixture
def own_folder(tmp_path: Path, settings: Any) -> Path:
    """An agency's own definition folder beside those of the house."""
    (tmp_path / "sop").mkdir()
    settings.DEFINITION_DIRS = [*settings.DEFINITION_DIRS, tmp_path]
    return tmp_path / "sop"


def write_sop(path: Path, **changes: Any) -> Path:
    """An SOP file like the first of the house, with some of it changed. JSON is YAML."""
    content = next(iter(SOPS.values())).to_json() | changes
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def test_list_names_every_sop_of_the_house(raprong: Any) -> None:
    answer = raprong("sop", "list", "--json")

    listed = json.loads(answer.said)
    assert [row["code"] for row in listed] == list(SOPS)
    assert all(row["title"] and row["agency"] and row["steps"] for row in listed)


def test_table_has_a_line_for_each_sop(raprong: Any) -> None:
    answer = raprong("sop", "list")

    assert [line.split()[0] for line in answer.said.splitlines()] == ["Code", *SOPS]


def test_list_takes_in_an_agency_s_own_folder(raprong: Any, own_folder: Path) -> None:
    write_sop(own_folder / "ours.yaml", code="OURS-1")

    answer = raprong("sop", "list", "--json")

    assert {row["code"] for row in json.loads(answer.said)} == {*SOPS, "OURS-1"}


@pytest.mark.parametrize("code", SOPS)
def test_json_of_show_reads_back_as_the_same_sop(raprong: Any, code: str) -> None:
    answer = raprong("sop", "show", code, "--json")

    shown = json.loads(answer.said)
    digest = shown.pop("digest")
    shown.pop("edition")
    assert SopDefinition.from_json(shown) == SOPS[code]
    assert digest == SOPS[code].digest
    assert all(step["standard_minutes"] or step["window"] for step in shown["steps"])


@pytest.mark.parametrize("code", SOPS)
def test_show_tells_every_step_and_control_point(raprong: Any, code: str) -> None:
    answer = raprong("sop", "show", code)

    for step in SOPS[code].steps:
        assert f"{step.number}. {step.title} ({step.code})\n" in answer.said
        assert all(point.text in answer.said for point in step.control_points)


def test_unknown_code_is_refused_with_those_there_are(raprong: Any) -> None:
    answer = raprong("sop", "show", "NO-SUCH")

    assert answer.status == 2
    assert answer.complained == f"There is no SOP NO-SUCH. There are: {', '.join(SOPS)}.\n"


def test_every_sop_of_the_house_can_run(raprong: Any) -> None:
    answer = raprong("sop", "lint")

    assert answer.status == 0, answer.said


def test_lint_marks_minutes_that_disagree(raprong: Any, tmp_path: Path) -> None:
    file = write_sop(tmp_path / "other.yaml", code="OTHER", printed_total_minutes=7)

    answer = raprong("sop", "lint", str(file))

    assert answer.status == 0
    assert "OTHER: warning at printed_total_minutes" in answer.said


def test_lint_of_an_unknown_card_is_an_error(raprong: Any, tmp_path: Path) -> None:
    steps = next(iter(SOPS.values())).to_json()["steps"]
    steps[0]["work"] = ["attic.dusted"]
    file = write_sop(tmp_path / "other.yaml", steps=steps)

    answer = raprong("sop", "lint", str(file), "--json")

    errors = [finding["sentence"] for finding in json.loads(answer.said) if finding["severity"] == "error"]
    assert answer.status == 1
    assert errors == ["No room answers attic.dusted. Correct its spelling, or let a person answer (ask)."]


def test_file_with_faults_tells_them_all_with_their_lines(raprong: Any, tmp_path: Path) -> None:
    steps = next(iter(SOPS.values())).to_json()["steps"]
    steps[0]["number"] = 4
    steps[1]["standart_minutes"] = 20
    steps[1]["done_by"] = ["nobody"]
    file = write_sop(tmp_path / "other.yaml", steps=steps)

    answer = raprong("sop", "lint", str(file))

    faults = answer.complained.splitlines()
    assert answer.status == 1
    assert len(faults) == 3
    assert all(fault.startswith("other.yaml, line ") for fault in faults)


def test_faults_are_told_as_json_too(raprong: Any, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("code: [", encoding="utf-8")

    answer = raprong("sop", "lint", str(tmp_path / "other.yaml"), "--json")

    told = json.loads(answer.said)
    assert answer.status == 1
    assert [fault["line"] for fault in told["faults"]] == [1]


def test_missing_file_is_refused_in_words(raprong: Any) -> None:
    answer = raprong("sop", "lint", "nowhere.yaml")

    assert answer.status == 2
    assert answer.complained == "nowhere.yaml: No such file or directory. Name a file that can be read.\n"


def test_code_that_stands_twice_is_named(raprong: Any, own_folder: Path) -> None:
    write_sop(own_folder / "again.yaml")

    answer = raprong("sop", "list")

    assert answer.status == 1
    assert "Give this SOP a code of its own" in answer.complained
