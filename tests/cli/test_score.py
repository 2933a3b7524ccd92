"""`raprong score`: the published and own cases are in tests/lib/scoring; here is what the door adds."""

import io
import json
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
