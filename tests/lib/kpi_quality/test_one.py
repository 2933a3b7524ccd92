"""What is found in one KPI: each rule finds its case, and leaves a sound KPI alone."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.kpi_quality.one import findings_of
from raprong.lib.kpi_quality.settings import QualityRules, read_quality_rules
from raprong.lib.kpi_quality.shape import Finding, KpiSheet, LastYear, Owner, Severity
from raprong.lib.kpi_quality.trend import expected
from raprong.lib.scoring.criteria import Bands, Criteria, Deviation, Milestones, Option, Range, YesNo
from raprong.lib.scoring.criteria import Choice as OneOf
from raprong.lib.scoring.scheme import read_schemes
from raprong.lib.workbooks.sample import sample_workbook
from tests.factories.kpis import ladder, steps

YEAR = 2570
RULES = read_quality_rules()
SCHEME = read_schemes()["five-level"]


def sheet(**changes: Any) -> KpiSheet:
    """A KPI in which nothing is found, with changes."""
    sound = KpiSheet(
        code="1.1",
        title="ร้อยละของผู้รับบริการที่พึงพอใจ",
        measure="ร้อยละ",
        criteria=ladder(60, 65, 70, 75, 80),
        target=Decimal(75),
        weight=Decimal(10),
        baseline={2567: Decimal(66), 2568: Decimal(68), 2569: Decimal(70)},
        formula="ผู้ที่พึงพอใจ / ผู้ตอบทั้งหมด x 100",
        sources=1,
        sources_to_choose=3,
        selected=True,
        supervisor=Owner("a", "หัวหน้ากลุ่มหนึ่ง"),
        collector=Owner("b", "นักวิเคราะห์"),
        rounds=(6, 12),
    )
    return replace(sound, **changes)


def found(kpi: KpiSheet, rules: QualityRules = RULES) -> list[Finding]:
    return findings_of(kpi, SCHEME, YEAR, rules)


def past(*figures: object) -> dict[int, Decimal]:
    """Results of the years before, the last figure being last year's."""
    return {YEAR - len(figures) + n: Decimal(str(at)) for n, at in enumerate(figures) if at is not None}


def test_a_sound_kpi_gives_no_finding() -> None:
    assert found(sheet()) == []


FIGURE_OF_RANKS = {"title": "อันดับของหน่วยงาน", "measure": "อันดับ", "criteria": ladder(14, 13, 12, 11, 10)}


@pytest.mark.parametrize(
    ("code", "field", "changes"),
    [
        ("criteria-faulty", "level_3", {"criteria": ladder(60, 65, 62, 75, 80)}),
        ("target-missing", "target", {"target": None}),
        ("target-off-level", "target", {"target": Decimal(73)}),
        ("target-outside-levels", "target", {"target": Decimal(85)}),
        ("target-outside-levels", "target", {"target": Decimal(50), "baseline": {}}),
        ("top-reached-already", "baseline_2569", {"baseline": past(60, 62, 80)}),
        ("target-below-trend", "target", {"target": Decimal(70)}),
        ("measure-and-name-differ", "measure", {"measure": "ครั้ง", "formula": "นับครั้ง"}),
        ("measure-and-name-differ", "measure", {"measure": "วัน"}),
        ("measure-and-name-differ", "measure", {"measure": "หน่วยที่ไม่รู้จัก"}),
        ("figure-beyond-measure", "level_5", {"criteria": ladder(60, 65, 70, 75, 120)}),
        ("formula-missing", "formula", {"formula": ""}),
        ("denominator-missing", "formula", {"formula": "นับผู้ที่พึงพอใจ"}),
        ("denominator-missing", "formula", {"expression": "a * 100", "inputs": 1}),
        ("step-texts-missing", "steps", {"title": "แผนพัฒนา", "criteria": steps(1, 2, 3, 4, 5), "measure": "ระดับ",
                                         "target": Decimal(5), "baseline": {}, "step_titles": ("ร่าง", "")}),
        ("owner-missing", "collector", {"collector": None}),
        ("equal-neighbours", "level_4", {"criteria": ladder(60, 65, 75, 75, 80)}),
        ("rounds-contradict", "cancelled_from", {"starts_in": 6, "cancelled_from": 6}),
        ("rounds-contradict", "starts_in", {"starts_in": 5}),
        ("unaligned", "sources", {"sources": 0}),
        ("target-below-trend", "target", FIGURE_OF_RANKS | {"target": Decimal(12), "baseline": past(15, 13, 11)}),
        ("top-reached-already", "baseline_2569", FIGURE_OF_RANKS | {"target": Decimal(10), "baseline": past(9)}),
    ],
)  # fmt: skip
def test_each_rule_finds_its_case_at_its_field(code: str, field: str, changes: dict[str, Any]) -> None:
    findings = {finding.code: finding for finding in found(sheet(**changes))}

    assert code in findings
    assert findings[code].field == field
    assert findings[code].kpi == "1.1"
    assert findings[code].sentence_en
    assert findings[code].sentence_th != findings[code].sentence_en


@pytest.mark.parametrize(
    "changes",
    [
        {"sources": 0, "sources_to_choose": 0},  # nothing to answer to
        {"selected": False, "formula": "", "supervisor": None, "collector": None},  # written after the selection
        {"formula": "ผู้ที่พึงพอใจ หารด้วย ผู้ตอบทั้งหมด"},
        {"measure": "%"},
        {"title": "ระดับความพึงพอใจของผู้รับบริการ"},  # a level is often measured in per cent
        {"baseline": past(99, 99, 99), "criteria": ladder(96, 97, 98, 99, 100), "target": Decimal(99)},
        {"baseline": past(90, 95, 99), "criteria": ladder(96, 97, 98, 99, 100), "target": Decimal(100)},  # no 103 %
        {"criteria": YesNo(Decimal(5), Decimal(1)), "target": Decimal(1), "formula": ""},
        {"criteria": Deviation(Decimal(100), ladder(20, 15, 10, 5, 0).rungs), "target": Decimal(73)},
        {"criteria": Bands((Range(Decimal(1), None, Decimal(71)), Range(Decimal(5), Decimal(72), None)))},
        {"starts_in": 6, "cancelled_from": 12},
    ],
)
def test_what_is_sound_is_left_alone(changes: dict[str, Any]) -> None:
    assert [finding.code for finding in found(sheet(**changes))] == []


@pytest.mark.parametrize(
    ("before", "baseline", "target", "flagged"),
    [
        (65, past(62, 63, 70), 70, True),  # only last year reaches 70
        (65, past(71, 63, 70), 70, False),  # an earlier year did, too
        (65, past(62, 63, 70), 75, False),  # asks for more than last year gave
        (70, past(62, 63, 70), 70, False),  # not raised
        (65, past(62, 63, 64), 70, False),  # last year's target was missed
        (None, past(62, 63, 70), 70, False),
    ],
)
def test_a_target_that_only_follows_last_year_is_told(
    before: int | None, baseline: dict[int, Decimal], target: int, flagged: bool
) -> None:
    last_year = LastYear(Decimal(before)) if before is not None else None

    codes = {finding.code for finding in found(sheet(last_year=last_year, baseline=baseline, target=Decimal(target)))}

    assert ("target-follows-last-year" in codes) is flagged


@pytest.mark.parametrize(
    ("baseline", "trend"),
    [
        (past(66, 68, 70), Fraction(72)),
        (past(60, 70, 65), Fraction(70)),
        (past(1, 2, 2), Fraction(8, 3)),
        (past(68, None, 70), Fraction(69)),
        (past(70), Fraction(70)),
        ({2560: Decimal(70)}, None),  # too long ago
        ({}, None),
    ],
)
def test_the_trend_is_a_line_through_three_years_else_the_mean(baseline: dict[int, Decimal], trend: Fraction) -> None:
    assert expected(baseline, YEAR, past_years=3, line_needs=3) == trend


@given(st.integers(-100, 100), st.integers(-20, 20))
def test_results_on_a_line_stay_on_it(start: int, slope: int) -> None:
    line = past(start, start + slope, start + 2 * slope)

    assert expected(line, YEAR, past_years=3, line_needs=3) == start + 3 * slope


def test_a_kpi_of_parts_is_asked_only_what_concerns_the_whole() -> None:
    whole = sheet(has_parts=True, formula="", target=Decimal(99), baseline=past(99), supervisor=None, sources=0)

    assert {finding.code for finding in found(whole)} == {"owner-missing", "unaligned"}


def test_an_agency_sets_the_level_targets_lie_on() -> None:
    rules = replace(RULES, target_levels=(Decimal(3),))

    assert "target-off-level" not in {finding.code for finding in found(sheet())}
    assert "target-off-level" in {finding.code for finding in found(sheet(), rules)}


def test_an_agency_turns_a_rule_off_or_makes_it_graver() -> None:
    graver = {"target-off-level": "off", "unaligned": Severity.ERROR}
    rules = replace(
        RULES, rules=tuple(replace(rule, severity=graver.get(rule.code, rule.severity)) for rule in RULES.rules)
    )

    findings = found(sheet(target=Decimal(74), sources=0), rules)

    assert [(finding.code, finding.severity) for finding in findings] == [("unaligned", Severity.ERROR)]


def test_a_target_that_is_no_option_is_not_asked_about() -> None:
    options = OneOf((Option(Decimal(1), "ไม่มี"), Option(Decimal(5), "มี")))

    assert found(sheet(criteria=options, target=Decimal(9), title="มีระบบ", measure="ข้อ", formula="")) == []


def test_the_published_kpis_ask_for_no_reason_before_they_are_selected() -> None:
    findings = [
        finding
        for row in sample_workbook().kpis
        for finding in found(
            KpiSheet(
                code=row.code,
                title=row.title,
                measure=row.measure,
                criteria=ladder(*(at for _level, at in row.levels)),
                target=row.target,
                weight=row.weight,
                formula=row.formula,
            )
        )
    ]

    assert [(finding.kpi, finding.code, finding.severity) for finding in findings] == [
        ("2.2", "equal-neighbours", Severity.NOTICE)
    ]


@given(
    criteria=st.one_of(
        st.lists(st.integers(-5, 5), max_size=5).map(lambda figures: ladder(*figures)),
        st.lists(st.integers(0, 5), max_size=5).map(lambda figures: steps(*figures)),
        st.lists(st.integers(0, 5), min_size=2, max_size=2).map(
            lambda figures: Milestones(((6, steps(*figures).rungs),))
        ),
    ),
    target=st.none() | st.integers(-10, 10).map(Decimal),
    baseline=st.dictionaries(st.integers(2560, 2570), st.integers(-9, 9).map(Decimal)),
)
def test_any_kpi_can_be_looked_at(criteria: Criteria, target: Decimal | None, baseline: dict[int, Decimal]) -> None:
    findings = found(sheet(criteria=criteria, target=target, baseline=baseline, selected=False))

    assert all((finding.sentence_en, finding.sentence_th, finding.field) for finding in findings)
