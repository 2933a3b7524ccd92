"""Rhythms are data: rounds of one year, each once, the earliest first."""

from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.rhythms import RHYTHMS, read_rhythms


def test_the_house_knows_the_rhythms_of_the_reports() -> None:
    rounds = {rhythm.code: rhythm.rounds for rhythm in read_rhythms().rhythms}

    assert rounds["5-10"] == (5, 10)
    assert rounds["6-9-12"] == (6, 9, 12)
    assert rounds["quarterly"] == (3, 6, 9, 12)
    assert rounds["monthly"] == tuple(range(1, 13))


@pytest.mark.parametrize("wrong", ["[10, 5]", "[5, 5]", "[]", "[13]"])
def test_rounds_that_make_no_year_are_refused(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / RHYTHMS.name
    path.write_text(RHYTHMS.read_text(encoding="utf-8").replace("[5, 10]", wrong), encoding="utf-8")

    with pytest.raises(DefinitionFaults):
        read_rhythms(path)
