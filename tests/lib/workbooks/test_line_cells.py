"""Steps with their evidence and criteria of rounds go out in one cell each, and come back as they were."""

from decimal import Decimal

import pytest

from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Kind,
    Ladder,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung
from raprong.lib.workbooks.criteria_cells import kind_of
from raprong.lib.workbooks.line_cells import UnreadableLines, rounds_in, rounds_text, steps_in, steps_text
from raprong.lib.workbooks.shape import NamedStep

RUNGS = tuple(Rung(Decimal(at), Decimal(level)) for level, at in enumerate(("20", "40.5", "60"), start=1))
COUNTS = tuple(Rung(Decimal(level), Decimal(level)) for level in range(1, 4))


@pytest.mark.parametrize(
    "criteria",
    [
        Ladder(RUNGS),
        Steps(COUNTS),
        Bands((Range(Decimal(1), None, Decimal(60)), Range(Decimal(5), Decimal("60.01"), None))),
        YesNo(Decimal(5), Decimal(1)),
        Choice((Option(Decimal(1), "ทำ a = b; บางส่วน"), Option(Decimal(5), "ทำครบ: ทุกข้อ | ครบถ้วน"))),
        Deviation(Decimal(100), tuple(Rung(Decimal(off), Decimal(at)) for off, at in ((20, 1), (0, 5))), Side.OVER),
    ],
    ids=lambda criteria: criteria.kind,
)
def test_criteria_of_a_round_come_back_as_they_went_out(criteria: Criteria) -> None:
    written = rounds_text([(6, criteria)], criteria)

    assert rounds_in(written, kind_of(criteria)) == ((6, criteria),)


def test_a_round_that_counts_fractions_beside_whole_steps_says_so() -> None:
    written = rounds_text([(6, Steps(COUNTS, fractions=True)), (12, Steps(COUNTS))], Steps(COUNTS))

    assert written == "6 [ขั้นตอนคิดเศษ]: 1 = 1 | 2 = 2 | 3 = 3\n12: 1 = 1 | 2 = 2 | 3 = 3"
    assert rounds_in(written, Kind.STEPS) == ((6, Steps(COUNTS, fractions=True)), (12, Steps(COUNTS)))


@pytest.mark.parametrize("typed", ["รอบ ๖ เดือน: ระดับ ๑ = ๒๐ | ระดับ ๒ = ๔๐.๕ | ระดับ ๓ = ๖๐", "6:1=20|2=40.5|3=60"])
def test_criteria_of_a_round_are_read_as_people_write_them(typed: str) -> None:
    assert rounds_in(typed, Kind.LADDER) == ((6, Ladder(RUNGS)),)


@pytest.mark.parametrize(
    "typed", ["หกเดือน", "6: 20, 40", "6: 1 = ยี่สิบ | 2 = 40", "6: 1 = 20 | 2 = 40 | 3 = 30", "6 [อะไร]: 1 = 2"]
)
def test_a_round_that_cannot_be_read_is_told_in_both_languages(typed: str) -> None:
    with pytest.raises(UnreadableLines) as refused:
        rounds_in(typed, Kind.LADDER)

    assert all(refused.value.said)


def test_steps_come_back_with_their_evidence() -> None:
    steps = (NamedStep("จัดทำแผน", ("แผน; ฉบับอนุมัติ", "บันทึก [ลงนาม]")), NamedStep("ดำเนินการ - ตามแผน"))

    assert steps_in(steps_text(steps)) == steps
    assert steps_in("๑. จัดทำแผน\n\n– แผนที่อนุมัติ") == (NamedStep("จัดทำแผน", ("แผนที่อนุมัติ",)),)


def test_evidence_before_any_step_is_told() -> None:
    with pytest.raises(UnreadableLines):
        steps_in("- แผน")
