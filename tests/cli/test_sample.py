"""`raprong sample`: anybody draws the sample again from the published seed."""

import json
from pathlib import Path
from typing import Any

import pytest

from raprong.lib.reading_order.sampling import digest_of, drawn

LIST = "# หน่วยงาน ก\naaa # 1.1 ชื่อ\nbbb # 1.2\nccc\n\n# หน่วยงาน ข\nddd\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sample.txt"
    path.write_text(LIST, "utf-8")
    return path


def test_each_unit_is_drawn_by_itself(raprong: Any, file: Path) -> None:
    answer = raprong("sample", str(file), "--seed", "5eed", "--per-hundred", "40")

    assert answer.status == 0
    assert answer.said.split() == [*drawn("5eed", ["aaa", "bbb", "ccc"], per_hundred=40), "ddd"]


def test_json_tells_the_digests_that_decided(raprong: Any, file: Path) -> None:
    answer = raprong("sample", str(file), "--seed", "5eed", "--per-hundred", "1", "--json")

    said = json.loads(answer.said)
    assert [one["sha256"] for one in said] == [digest_of("5eed", one["name"]) for one in said]


def test_what_cannot_be_drawn_is_said(raprong: Any, file: Path) -> None:
    share = raprong("sample", str(file), "--seed", "5eed", "--per-hundred", "0")
    missing = raprong("sample", str(file.with_name("gone.txt")), "--seed", "5eed", "--per-hundred", "5")

    assert (share.status, missing.status) == (2, 2)
    assert "between 1 and 100" in share.complained
