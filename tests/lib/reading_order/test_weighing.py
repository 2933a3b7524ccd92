"""What makes a claim risky, and what does not."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.reading_order.settings import READING_ORDER, RULES, read_reading_order
from raprong.lib.reading_order.weighing import Claim, reasons_for, risk_of

ORDER = read_reading_order()
PLAIN = Claim(score=Decimal(3), scale_max=Decimal(5), proofs=2, before=Decimal(3))


def rules_found(claim: Claim) -> list[str]:
    return [reason.rule for reason in reasons_for(claim, ORDER)]


def test_a_plain_claim_gives_no_reason() -> None:
    assert rules_found(PLAIN) == []
    assert risk_of(reasons_for(PLAIN, ORDER)) == 0


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"score": Decimal(4), "proofs": 0, "before": Decimal(4)}, "high-claim-no-proof"),
        ({"score": Decimal(4), "holes": 1, "before": Decimal(4)}, "high-claim-thin-proof"),
        ({"score": Decimal("3.9"), "before": Decimal("2.4")}, "jump"),
        ({"late": 1}, "edited-late"),
        ({"asked": 1}, "figures-asked"),
        ({"past_gap": Decimal("0.5")}, "past-gap"),
    ],
)
def test_each_rule_finds_its_own(change: dict[str, object], rule: str) -> None:
    assert rules_found(replace(PLAIN, **change)) == [rule]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"score": Decimal("3.99"), "proofs": 0},
        {"score": Decimal("3.89"), "before": Decimal("2.4")},
        {"score": None, "proofs": 0, "before": Decimal(1)},
        {"before": None},
        {"past_gap": Decimal("0.4999")},
        {"past_gap": Decimal("-2")},
    ],
)
def test_short_of_the_threshold_nothing_is_found(change: dict[str, object]) -> None:
    assert rules_found(replace(PLAIN, **change)) == []  # type: ignore[arg-type]


def test_a_rule_counts_no_more_often_than_it_says() -> None:
    (few,), (many,) = (reasons_for(replace(PLAIN, asked=count), ORDER) for count in (1, 9))

    assert (few.points, many.points) == (2, 6)


def test_a_rule_without_points_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "reading-order.yaml"
    file.write_text(READING_ORDER.read_text("utf-8").replace("past-gap, points: 3", "past-gap, points: 0"), "utf-8")

    assert reasons_for(replace(PLAIN, past_gap=Decimal(3)), read_reading_order(file)) == ()


def test_a_file_without_a_rule_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "reading-order.yaml"
    lines = READING_ORDER.read_text("utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if "code: jump" not in line), "utf-8")

    with pytest.raises(DefinitionFaults, match="jump"):
        read_reading_order(file)
    assert len(RULES) == len(ORDER.rules)
