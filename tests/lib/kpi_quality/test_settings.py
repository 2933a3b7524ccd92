"""The rules as data: complete, and refused in words where they are not."""

from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.kpi_quality.settings import QUALITY, RULES, read_quality_rules


def test_every_rule_has_both_names_and_a_severity() -> None:
    rules = read_quality_rules()

    assert {rule.code for rule in rules.rules} == set(RULES)
    assert all(rule.title_th and rule.title_en for rule in rules.rules)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("severity: notice", "severity: mild", "mild"),
        ("code: equal-neighbours", "code: unaligned", "equal-neighbours"),
        ("also: [percent, count]", "also: [percents]", "percents"),
        ("alike: 0.80", "alike: 1.5", "1"),
    ],
)
def test_rules_that_do_not_fit_are_refused_with_their_line(
    tmp_path: Path, written: str, instead: str, said: str
) -> None:
    path = tmp_path / "kpi-quality.yaml"
    path.write_text(QUALITY.read_text("utf-8").replace(written, instead), "utf-8")

    with pytest.raises(DefinitionFaults, match=said):
        read_quality_rules(path)
