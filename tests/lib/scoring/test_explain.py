import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raprong.lib.scoring.card import Adjusted, Status
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Kind,
    Ladder,
    Milestones,
    Option,
    Range,
    Steps,
    YesNo,
)
from raprong.lib.scoring.explain import Line, LineKind, as_data, explain_kpi, trace
from raprong.lib.scoring.ladder import Below, Rung
from raprong.lib.scoring.rollup import MeasuredKpi, score_card, score_kpi
from raprong.lib.scoring.scheme import AdjustmentKind, AdjustmentRule, On, Scheme, SchemePart, read_schemes
from tests.lib.scoring.scored import units

THAI = re.compile("[\u0e00-\u0e7f]")
RUNGS = tuple(Rung(Decimal(20 * level), Decimal(level)) for level in range(1, 6))
COUNTS = tuple(Rung(Decimal(level), Decimal(level)) for level in range(1, 6))
EVERY_KIND: dict[Kind, tuple[Criteria, str]] = {
    Kind.LADDER: (Ladder(RUNGS), "59"),
    Kind.STEPS: (Steps(COUNTS), "3"),
    Kind.BANDS: (Bands((Range(Decimal(1), None, Decimal(60)), Range(Decimal(5), Decimal(60), None))), "59"),
    Kind.YES_NO: (YesNo(Decimal(5), Decimal(1)), "1"),
    Kind.CHOICE: (Choice((Option(Decimal(1), "none"), Option(Decimal(5), "done"))), "2"),
    Kind.MILESTONES: (Milestones(((6, COUNTS),)), "3"),
    Kind.DEVIATION: (Deviation(Decimal(100), (Rung(Decimal(20), Decimal(0)), Rung(Decimal(10), Decimal(5)))), "113"),
}
RULES = (
    AdjustmentRule("late", On.KPI, AdjustmentKind.POINTS, Decimal("-0.2"), "ไม่ส่งรายงาน", "Missed report"),
    AdjustmentRule("bonus", On.TOTAL, AdjustmentKind.PERCENT, Decimal(5), "คะแนนเพิ่ม", "Bonus"),
)
PARTS_OF_TEN = (
    SchemePart("results", Decimal(75), Decimal(5), "ผลงาน", "Results", places=(10,)),
    SchemePart("competency", Decimal(25), Decimal(5), "สมรรถนะ", "Competency"),
)


def lines_of(line: Line) -> dict[str, Line]:
    return {inner.path: inner for _depth, inner in line.walk()}


def kpi(result: str | None = "59", **more: object) -> MeasuredKpi:
    return MeasuredKpi("1.1", Decimal(15), Ladder(RUNGS), result and Decimal(result), **more)  # type: ignore[arg-type]


def test_a_ladder_is_told_from_its_result_to_its_weighted_score() -> None:
    line = explain_kpi(score_kpi(kpi(), Scheme()), Scheme())

    told = {path.removeprefix("kpi/1.1/"): inner.words_en for path, inner in lines_of(line).items()}
    assert told == {
        "kpi/1.1": "KPI 1.1, weight 15, has the score 2.9500.",
        "result": "The result is 59.",
        "criteria": "Criteria: level 1 = 20, level 2 = 40, level 3 = 60, level 4 = 80, level 5 = 100.",
        "working": "59 lies between level 2 (40) and level 3 (60); on the line: "
        "2 + (59 − 40) ÷ (60 − 40) × (3 − 2) = 2.95.",
        "rounding": "Rounded half-up at 4 places: 2.95 is 2.9500.",
        "weighted": "Weighted: 15 × 2.95 ÷ 100 = 0.4425.",
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_criteria_is_told_in_both_languages(kind: Kind) -> None:
    criteria, result = EVERY_KIND[kind]
    measured = MeasuredKpi("1.1", Decimal(15), criteria, Decimal(result), 6)

    lines = lines_of(explain_kpi(score_kpi(measured, Scheme()), Scheme()))

    for part in ("result", "criteria", "working", "rounding", "weighted"):
        line = lines[f"kpi/1.1/{part}"]
        assert THAI.search(line.words_th), part
        assert not THAI.search(line.words_en), part


@pytest.mark.parametrize(
    "kind, words",
    [
        (Kind.BANDS, "59 lies in up to 60: 1."),
        (Kind.YES_NO, "That earns 5."),
        (Kind.STEPS, "3 reaches level 3 (3): 3."),
        (
            Kind.DEVIATION,
            "The deviation is 13 %. 13 lies between level 0 (20) and level 5 (10); on the line: "
            "0 + (13 − 20) ÷ (10 − 20) × (5 − 0) = 3.5.",
        ),
    ],
)
def test_the_working_follows_the_kind(kind: Kind, words: str) -> None:
    criteria, result = EVERY_KIND[kind]
    measured = MeasuredKpi("1", Decimal(15), criteria, Decimal(result), 6)

    line = lines_of(explain_kpi(score_kpi(measured, Scheme()), Scheme()))["kpi/1/working"]

    assert line.words_en == words


@pytest.mark.parametrize(
    "below, words",
    [
        (Below.FLOOR, "5 is short of the first level (20); the scheme gives the score of the first level: 1."),
        (Below.ZERO, "5 is short of the first level (20); the scheme gives 0: 0."),
        (
            Below.PROPORTIONAL,
            "5 is short of the first level (20); the scheme gives the first level's score in proportion: 0.25.",
        ),
    ],
)
def test_short_of_the_first_level_names_the_rule(below: Below, words: str) -> None:
    scheme = Scheme(below=below)

    line = lines_of(explain_kpi(score_kpi(kpi("5"), scheme), scheme))["kpi/1.1/working"]

    assert line.words_en == words


def test_a_status_is_told_with_what_the_scheme_does_and_why() -> None:
    measured = kpi(None, status=Status.MISSING, because="the system was down")

    line = lines_of(explain_kpi(score_kpi(measured, Scheme()), Scheme()))["kpi/1.1/status"]

    assert line.words_en == (
        "The data do not exist: by the scheme its weight is left out of the denominator. Reason: the system was down"
    )
    assert line.words_th.startswith("ไม่มีข้อมูลสำหรับคำนวณ")


def test_calculated_given_and_adjusted_stand_in_order() -> None:
    scheme = Scheme(rules=RULES)
    measured = kpi(overridden=Decimal("4.2"), because="committee of 12 March")
    scored = score_kpi(measured, scheme, [Adjusted("late", "1.1", 2, "April and May")])

    told = [(line.kind, line.value) for line in explain_kpi(scored, scheme).lines]

    assert told[3:] == [
        (LineKind.ROUNDING, "2.9500"),
        (LineKind.DECISION, "4.2"),
        (LineKind.ADJUSTMENT, "-0.4000"),
        (LineKind.WEIGHTED, "0.5700"),
    ]
    assert (scored.calculated, scored.overridden, scored.effective) == (
        Decimal("2.9500"),
        Decimal("4.2"),
        Decimal("3.8000"),
    )


def test_the_total_tells_mean_coverage_adjustments_cap_and_rules() -> None:
    scheme = replace(read_schemes()["five-level-bonus"])
    kpis = [
        MeasuredKpi("1", Decimal(60), Ladder(COUNTS), Decimal("4.9")),
        MeasuredKpi("2", Decimal(40), Ladder(COUNTS), None),
    ]

    lines = lines_of(trace(score_card(kpis, scheme, [Adjusted("bonus", None, 1)]), scheme))

    assert lines["total"].words_en == "The total is 5.000, provisional."
    assert lines["total/mean"].words_en == "Σ(weight × score) ÷ Σ weight: (60 × 4.9) ÷ 60 = 294 ÷ 60 = 4.9."
    assert lines["total/coverage"].numbers == {"reported": "60", "whole": "100", "counted": "60", "awaited": "40"}
    assert lines["total/adjustment/1"].value == "0.245"
    assert lines["total/held"].words_en == "5.145 passes the highest score: the score is 5."
    assert lines["total/band"].numbers == {"band": "above-target"}


def test_parts_stand_inside_their_parent() -> None:
    kpis = [
        MeasuredKpi("1", Decimal(100), None),
        MeasuredKpi("1.1", Decimal(2), Ladder(COUNTS), Decimal(3), parent="1"),
        MeasuredKpi("1.2", Decimal(3), Ladder(COUNTS), Decimal(5), parent="1"),
    ]

    line = lines_of(trace(score_card(kpis, Scheme()), Scheme()))["kpi/1"]

    assert [inner.path for inner in line.lines] == ["kpi/1/mean", "kpi/1/weighted", "kpi/1.1", "kpi/1.2"]
    assert line.lines[0].words_en == "Σ(weight × score) ÷ Σ weight: (2 × 3 + 3 × 5) ÷ 5 = 21 ÷ 5 = 4.2."


def test_a_final_score_is_told_above_its_total() -> None:
    scheme = read_schemes()["individual-70-30-twice-rounded"]
    kpis = [MeasuredKpi("1", Decimal(100), Ladder(COUNTS), Decimal("3.4282"))]

    line = trace(score_card(kpis, scheme, given={"competency": Decimal(4)}), scheme)

    assert (line.path, line.value) == ("final", "72.00")
    assert [inner.path for inner in line.lines] == ["final/results", "final/competency"]
    assert "47.9948, rounded half-up → 47.995 → 48.00" in line.lines[0].words_en
    assert line.lines[0].lines[0].path == "total"
    assert line.words_th == "คะแนนสุดท้าย = 48.00 + 24.00 = 72.00"
    assert line.lines[0].words_th == "ผลสัมฤทธิ์ของงาน: 3.4282 ÷ 5 × 70 = 47.9948 ปัดเศษครึ่งขึ้น → 47.995 → 48.00"


def test_a_final_score_that_waits_is_told_in_both_languages() -> None:
    scheme = read_schemes()["individual-70-30"]

    line = trace(score_card([kpi()], scheme), scheme)

    assert line.words_en == "There is no final score yet: a part has no points."
    assert line.words_th == "ยังไม่มีคะแนนสุดท้าย เพราะยังขาดคะแนนบางส่วน"
    assert [inner.words_th for inner in line.lines][1] == "สมรรถนะ: ยังไม่มีคะแนน"


def test_a_total_that_is_not_rounded_goes_into_the_final_score_exactly() -> None:
    scheme = replace(read_schemes()["individual-70-30-twice-rounded"], parts=PARTS_OF_TEN)
    kpis = [MeasuredKpi(str(n), Decimal(1), Ladder(COUNTS), Decimal(result)) for n, result in enumerate((1, 1, 2))]

    line = trace(score_card(kpis, scheme, given={"competency": Decimal(0)}), scheme)

    # 4 ÷ 3 ÷ 5 × 75 is 20 exactly; 1.3333333333 ÷ 5 × 75 would be 19.9999999995
    assert line.lines[0].words_en.startswith("Results: 1.3333333333 ÷ 5 × 75 = 20, rounded half-up → 20.0000000000")


def test_a_deviation_is_said_once_in_thai() -> None:
    criteria = Deviation(Decimal(100), (Rung(Decimal(20), Decimal(0)), Rung(Decimal(10), Decimal(5))))
    told = lines_of(
        trace(score_card([MeasuredKpi("1.1", Decimal(100), criteria, Decimal("117.5"))], Scheme()), Scheme())
    )

    assert told["kpi/1.1/working"].words_th.startswith("เบี่ยงเบนร้อยละ 17.5 อยู่ระหว่างระดับ 0 (20)")


def test_a_scheme_without_a_source_says_so() -> None:
    scheme = read_schemes()["anchors-50-75-100"]

    lines = trace(score_card([kpi()], scheme), scheme).walk()

    assert any(line.words_en == "This scheme needs confirmation by the agency." for _depth, line in lines)


def test_nothing_reported_is_told_without_a_mean() -> None:
    lines = lines_of(trace(score_card([kpi(None)], Scheme()), Scheme()))

    assert lines["total"].words_en == "There is no total: nothing that counts has been reported."
    assert "total/mean" not in lines


@given(units(), st.booleans(), st.booleans())
@settings(max_examples=60)
def test_any_card_is_told_with_a_path_of_its_own_for_each_line(
    kpis: list[MeasuredKpi], rounds_first: bool, shared: bool
) -> None:
    scheme = Scheme(round_score_first=rounds_first, share_inside_parent=shared)
    card = score_card(kpis, scheme)

    lines = [line for _depth, line in trace(card, scheme).walk()]

    assert len({line.path for line in lines}) == len(lines)
    assert all(line.words_th and line.words_en for line in lines)
    assert {line.value for line in lines if line.path == "total"} == {"" if card.total is None else f"{card.total:f}"}


def test_an_explanation_is_written_as_plain_data() -> None:
    data = as_data(trace(score_card([kpi()], Scheme()), Scheme()))

    assert data["path"] == "total"
    assert data["lines"][0]["numbers"] == {"sum": "44.25", "weight": "15", "exact": "2.95"}


def test_a_score_without_end_is_broken_off_in_words_and_kept_exact_in_numbers() -> None:
    thirds = Ladder((Rung(Decimal(0), Decimal(1)), Rung(Decimal(3), Decimal(2))))
    measured = MeasuredKpi("1", Decimal(15), thirds, Decimal(1))

    lines = lines_of(explain_kpi(score_kpi(measured, Scheme()), Scheme()))

    assert lines["kpi/1/rounding"].words_en == "Rounded half-up at 4 places: 1.33333333… is 1.3333."
    assert lines["kpi/1/rounding"].numbers["exact"] == "4/3"


def test_levels_are_told_by_their_names() -> None:
    scheme = read_schemes()["anchors-50-75-100"]
    anchors = Ladder(tuple(Rung(Decimal(at), score) for at, score in zip((80, 90, 95), scheme.scores, strict=True)))
    measured = MeasuredKpi("1", Decimal(15), anchors, Decimal(90))

    line = lines_of(explain_kpi(score_kpi(measured, scheme), scheme))["kpi/1/criteria"]

    assert line.words_th == "เกณฑ์: ระดับ 50 (ขั้นต้น) = 80, ระดับ 75 (ขั้นมาตรฐาน) = 90, ระดับ 100 (ขั้นสูง) = 95"


def test_a_parent_with_a_given_score_tells_what_its_parts_came_to() -> None:
    kpis = [
        MeasuredKpi("1", Decimal(100), None, overridden=Decimal(4), because="committee"),
        MeasuredKpi("1.1", Decimal(2), Ladder(COUNTS), Decimal(3), parent="1"),
        MeasuredKpi("1.2", Decimal(3), Ladder(COUNTS), Decimal(5), parent="1"),
    ]

    lines = lines_of(trace(score_card(kpis, Scheme()), Scheme()))

    assert lines["kpi/1/mean"].value == "4.2000"
    assert lines["kpi/1/decision"].words_en == (
        "A score of 4 was given instead of the calculated 4.2000. Reason: committee"
    )
    assert "kpi/1.1/weighted" not in lines
