"""What is found in criteria that rounds have of their own."""

from decimal import Decimal

import pytest

from raprong.lib.kpi_quality.shape import Severity
from raprong.lib.scoring.criteria import Criteria, Ladder
from tests.factories.kpis import ladder, steps
from tests.lib.kpi_quality.test_one import found, sheet

HALF = ladder(30, 35, 40, 45, 50)


def test_a_sound_round_gives_no_finding() -> None:
    assert found(sheet(round_criteria=((6, HALF),))) == []


@pytest.mark.parametrize(
    "own, code, words",
    [
        (ladder(30, 35, 33, 45, 50), "criteria-faulty", "Round of 6 months: Level 3 (33) turns back"),
        (ladder(30, 35, 35, 45, 50), "equal-neighbours", "Round of 6 months: Levels 2 and 3 both ask for 35."),
        (ladder(30, 35, 40, 45, 120), "figure-beyond-measure", "120 stands here"),
        (ladder(50, 45, 40, 35, 30), "round-against-year", "Here less is better, and in the year's criteria"),
        (ladder(30, 35, 40, 45, 85), "round-against-year", "Level 5 asks for 85, and the whole year for 80 only."),
    ],
)
def test_a_round_is_looked_at_like_the_year(own: Ladder, code: str, words: str) -> None:
    findings = {finding.code: finding for finding in found(sheet(round_criteria=((6, own),)))}

    assert words in findings[code].sentence_en
    assert (findings[code].field, "รอบ 6 เดือน" in findings[code].sentence_th or code == "figure-beyond-measure") == (
        "round_6",
        True,
    )


def test_a_round_that_the_year_has_not_contradicts_it() -> None:
    (finding,) = found(sheet(round_criteria=((9, HALF),)))

    assert (finding.code, finding.severity, finding.field) == ("rounds-contradict", Severity.ERROR, "round_9")


def test_a_round_with_more_steps_than_have_texts_is_told() -> None:
    own: Criteria = steps(1, 2, 3, 4, 7)
    kpi = sheet(
        title="ระดับความสำเร็จของการจัดทำแผน",
        measure="ระดับ",
        criteria=steps(1, 2, 3, 4, 5),
        round_criteria=((6, own),),
        target=Decimal(5),
        baseline={},
        step_titles=("ก", "ข", "ค", "ง", "จ"),
    )

    assert "5 of 7 steps" in {finding.code: finding.sentence_en for finding in found(kpi)}["step-texts-missing"]
