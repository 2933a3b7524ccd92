"""Facts of the trail in words: names instead of keys, days as days, before and after."""

from typing import Any

import pytest
from django.utils import translation

from raprong.web.audit.facts import NAMES, facts_in_words, name_of


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"because": "ครบถ้วน", "remark": ""}, [("Reason", "ครบถ้วน")]),
        ({"retain_until": "2031-09-30"}, [("Kept until", "30 September 2031")]),
        ({"recipients": ["ก", "ข"]}, [("Recipients", "ก, ข")]),
        ({"changed": {"title": ["เดิม", "ใหม่"]}}, [("What changed", "Name: เดิม → ใหม่")]),
        ({"after": {"value": "4", "status": "value"}}, [("After", "Figure: 4; Status: value")]),
        ({"never_named": 3}, [("never named", "3")]),
    ],
)
def test_a_fact_is_told_by_its_name(facts: dict[str, Any], words: list[tuple[str, str]]) -> None:
    with translation.override("en"):
        assert facts_in_words(facts) == words


def test_every_name_is_said_in_thai() -> None:
    with translation.override("th"):
        assert [name for name in NAMES if name_of(name).isascii() and name != "sop"] == []
