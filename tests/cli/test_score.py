"""`raprong score`: the published and own cases are in tests/lib/scoring; here is what the door adds."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KPI = {"code": "1.1", "weight": "15", "levels": [[1, "20"], [2, "40"], [3, "60"], [4, "80"], [5, "100"]]}
SCHEME = {"places": 4, "weighted_places": 4, "total_places": 4, "below": "floor"}


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(*kpis: dict[str, Any]) -> str:
        path = tmp_path / "year.json"
        path.write_text(json.dumps({"scheme": SCHEME, "kpis": kpis}), encoding="utf-8")
        return str(path)

    return write


def test_json_answers_numbers_as_strings(raprong: Any, written: Any) -> None:
    file = written({**KPI, "result": "59"})

    answer = raprong("score", file, "--json")

    assert answer.status == 0
    assert json.loads(answer.said) == {
        "kpis": [{"code": "1.1", "score": "2.9500", "weighted": "0.4425"}],
        "total": "2.9500",
        "reported_weight": "15",
    }


def test_table_tells_total_and_weight_behind_it(raprong: Any, written: Any) -> None:
    file = written({**KPI, "result": "59"}, {**KPI, "code": "1.2", "result": None})

    answer = raprong("score", file)

    assert answer.said.splitlines() == [
        "KPI   Score  Weighted",
        "1.1  2.9500    0.4425",
        "1.2       –         –",
        "",
        "Total 2.9500 on a reported weight of 15",
    ]


def test_nothing_reported_has_no_total(raprong: Any, written: Any) -> None:
    answer = raprong("score", written(KPI))

    assert answer.said.endswith("No total: nothing has been reported.\n")


def test_every_fault_is_told_at_once_on_stderr(raprong: Any, written: Any) -> None:
    file = written({**KPI, "weight": "heavy", "result": "NaN"}, {**KPI, "levels": []})

    answer = raprong("score", file)

    places = [line.removeprefix(f"{file}: ").split(":")[0] for line in answer.complained.splitlines()]
    assert (answer.status, answer.said) == (2, "")
    assert places == ["kpis[0].weight", "kpis[0].result", "kpis[1].levels", "kpis[1].code"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"{", "This is not JSON"), (b"\xff\xfe", "Save it as UTF-8"), (b"[]", "The document is an object")],
)
def test_file_that_cannot_be_read_is_refused_in_words(raprong: Any, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)

    answer = raprong("score", str(file))

    assert answer.status == 2
    assert words in answer.complained


def test_missing_file_is_refused_in_words(raprong: Any) -> None:
    answer = raprong("score", "nowhere.json")

    assert answer.status == 2
    assert answer.complained == "nowhere.json: No such file or directory. Name a file that can be read.\n"


def test_dash_reads_the_standard_input(raprong: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Path(written({**KPI, "result": "59"})).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + document)))

    answer = raprong("score", "-", "--json")

    assert json.loads(answer.said)["total"] == "2.9500"


GROWN = {
    "scheme": {"rules": [{"code": "bonus", "on": "total", "kind": "percent", "amount": 5}]},
    "adjustments": [{"rule": "bonus"}],
    "kpis": [
        {"code": "1", "weight": 60},
        {**KPI, "weight": 2, "result": 60, "parent": "1"},
        {**KPI, "code": "1.2", "weight": 3, "parent": "1", "status": "missing"},
        {**KPI, "code": "2", "weight": 40, "result": None},
    ],
}


@pytest.fixture
def grown(tmp_path: Path) -> str:
    path = tmp_path / "grown.json"
    path.write_text(json.dumps(GROWN), encoding="utf-8")
    return str(path)


def test_table_shows_parts_statuses_and_adjustments(raprong: Any, grown: str) -> None:
    answer = raprong("score", grown)

    assert answer.said.splitlines() == [
        "KPI           Score  Weighted",
        "1            3.0000    1.8000",
        "  1.1        3.0000    1.8000",
        "  1.2       missing         –",
        "2      not reported         –",
        "",
        "Adjustment bonus: 0.1500 on 3.0000",
        "Total 3.1500 on a reported weight of 24, provisional",
    ]


@pytest.mark.parametrize(
    ("flags", "words"),
    [(["--explain"], "60 reaches level 3 (60): 3."), (["--thai"], "60 ถึงระดับ 3 (60) ได้ 3 คะแนน")],
)
def test_explain_tells_every_step_in_the_language_asked_for(
    raprong: Any, grown: str, flags: list[str], words: str
) -> None:
    answer = raprong("score", grown, *flags)

    assert answer.status == 0
    assert f"      {words}\n" in answer.said


def test_json_holds_the_explanation_that_was_asked_for(raprong: Any, written: Any) -> None:
    answer = raprong("score", written({**KPI, "result": "59"}), "--json", "--explain")

    explained = json.loads(answer.said)["explained"]
    assert (explained["path"], explained["value"]) == ("total", "2.9500")


def test_a_named_scheme_is_used_instead_of_the_documents_own(raprong: Any, written: Any) -> None:
    answer = raprong("score", written({**KPI, "result": "59"}), "--scheme", "five-level-two-places")

    assert "Total 2.95 on" in answer.said


def test_a_scheme_may_be_a_file(raprong: Any, written: Any, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text('{"total_places": 1}', encoding="utf-8")
    (tmp_path / "own.yaml").write_text("code: own\ntotal_places: 0\n", encoding="utf-8")
    file = written({**KPI, "result": "59"})

    answers = [raprong("score", file, "--scheme", str(tmp_path / name)) for name in ("own.json", "own.yaml")]

    assert [answer.said.splitlines()[-1] for answer in answers] == [
        "Total 3.0 on a reported weight of 15",
        "Total 3 on a reported weight of 15",
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nowhere", None, "There is no scheme nowhere. Name a file, or one of: anchors-50-75-100"),
        ("nowhere.yaml", None, "No such file or directory"),
        ("own.yaml", "code: own\nplases: 4\nplaces: -1\n", "line 2, plases: This is not a known setting."),
        ("own.json", '{"places": -1, "plases": 1}', "own.json: plases: This is not a known setting."),
    ],
)
def test_a_scheme_that_cannot_be_used_is_refused_in_words(
    raprong: Any, written: Any, tmp_path: Path, name: str, content: str | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")

    answer = raprong("score", written(KPI), "--scheme", str(tmp_path / name) if "." in name else name)

    assert answer.status == 2
    assert words in answer.complained


def test_a_table_is_scored_and_its_faults_are_told_by_row(raprong: Any, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("code,weight,level 1,level 5,result\n1,5,20,100,60\n", encoding="utf-8")
    bad.write_text("code,weight,level 1,level 5,result\n1,heavy,20,100,60\n", encoding="utf-8")

    answers = [raprong("score", str(file)) for file in (good, bad)]

    assert answers[0].said.endswith("Total 3.0000 on a reported weight of 5\n")
    assert answers[1].complained == (
        f"{bad}: CSV, row 2, column B weight: “heavy” is not a number. Write digits with at most one point, such as "
        "94.5.\n"
    )


@pytest.mark.parametrize(("name", "most"), [("large.json", 20), ("large.parquet", 50)])
def test_a_file_beyond_its_limit_is_refused_in_words(raprong: Any, tmp_path: Path, name: str, most: int) -> None:
    large = tmp_path / name
    with large.open("wb") as opened:
        opened.truncate((most + 1) * 1024**2)

    answer = raprong("score", str(large))

    assert f"larger than {most} MB" in answer.complained


def test_a_reader_who_stops_early_is_no_error(written: Any) -> None:
    file = written({**KPI, "result": "59"})
    asked = [sys.executable, "-c", "from raprong.cli import main; main()", "score", file, "--explain"]

    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout is not None
        command.stdout.close()
        assert command.stderr is not None
        complained = command.stderr.read()

    assert complained == b""
    assert command.returncode == 0
