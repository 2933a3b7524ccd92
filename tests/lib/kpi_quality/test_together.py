"""What is found among the KPIs of an agreement."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from raprong.lib.kpi_quality.likeness import likeness, runs_of
from raprong.lib.kpi_quality.settings import read_quality_rules
from raprong.lib.kpi_quality.shape import KpiSheet, Owner
from raprong.lib.kpi_quality.together import findings_of_agreement
from raprong.lib.scoring.scheme import read_schemes
from tests.factories.kpis import ladder

RULES = read_quality_rules()
SCHEME = read_schemes()["five-level"]


def sheet(code: str, title: str = "ก", **changes: object) -> KpiSheet:
    kpi = KpiSheet(code=code, title=title, measure="ร้อยละ", criteria=ladder(1, 2, 3, 4, 5), selected=True)
    return replace(kpi, **changes)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ร้อยละความพึงพอใจของผู้รับบริการ", "ร้อยละความพึงพอใจของผู้มารับบริการ", True),
        ("ร้อยละ ความพึง พอใจของผู้รับบริการ", "ความพึงพอใจของผู้รับบริการ", True),
        ("ระดับความสำเร็จของการรายงานผลการดำเนินงาน", "ระดับความสำเร็จในการรายงานผล", True),
        ("จำนวนสถานพยาบาลที่ผ่านมาตรฐาน", "ร้อยละของสถานพยาบาลที่ผ่านมาตรฐาน", True),
        ("ร้อยละการเบิกจ่ายงบประมาณรายจ่ายภาพรวม", "ร้อยละการเบิกจ่ายงบประมาณรายจ่ายลงทุน", False),
        ("ร้อยละความพึงพอใจของผู้รับบริการ", "ร้อยละความพึงพอใจของบุคลากร", False),
        ("จำนวนสถานพยาบาลที่ผ่านมาตรฐาน", "จำนวนสถานประกอบการที่ผ่านมาตรฐาน", False),
        ("ร้อยละของผู้เรียนที่สำเร็จตามแผน", "ร้อยละของบทความที่เผยแพร่", False),
        ("อันดับ SCIMAGO", "อันดับ WUR", False),
        ("ตัวชี้วัด 1.1", "ตัวชี้วัด 1.2", False),  # too little is said to be compared
    ],
)
def test_names_that_are_nearly_the_same_are_told(one: str, other: str, same: bool) -> None:
    findings = findings_of_agreement([sheet("1", one), sheet("2", other)], SCHEME, RULES)

    assert [(finding.code, finding.kpi) for finding in findings] == ([("nearly-the-same", "2")] if same else [])


def test_likeness_is_exact() -> None:
    assert likeness(frozenset("abc"), frozenset("bcd")) == Fraction(2, 3)
    assert likeness(frozenset(), frozenset()) == 0
    assert runs_of("ตัวชี้วัด 1", RULES) == frozenset()


def test_parts_of_one_kpi_are_not_compared_with_it() -> None:
    title = "ความพึงพอใจของผู้รับบริการ"
    family = [sheet("1", title), sheet("1.1", title, part_of="1"), sheet("1.2", title, part_of="1")]

    assert findings_of_agreement(family, SCHEME, RULES) == []


def test_one_kpi_that_carries_too_much_is_told() -> None:
    kpis = [sheet("1", weight=Decimal("40.01")), sheet("2", weight=Decimal(40)), sheet("3", weight=None)]

    findings = findings_of_agreement(kpis, SCHEME, RULES)

    assert [(finding.code, finding.kpi, finding.field) for finding in findings] == [("too-much-weight", "1", "weight")]


def test_an_owner_of_too_many_is_told_at_those_over_the_number() -> None:
    busy = Owner("busy", "หัวหน้ากลุ่มหนึ่ง")
    kpis = [sheet(str(number), supervisor=busy, collector=Owner(str(number), "ใคร")) for number in range(8)]

    findings = findings_of_agreement(kpis, SCHEME, RULES)

    assert [(finding.code, finding.kpi) for finding in findings] == [
        ("owner-of-too-many", "6"),
        ("owner-of-too-many", "7"),
    ]
    assert findings[0].facts["count"] == "8"


def test_five_hundred_kpis_are_compared_in_a_moment() -> None:
    kpis = [sheet(str(n), f"ร้อยละของงานประเภท {chr(0x0E01 + n % 40) * 3}{n} ที่สำเร็จตามกำหนด") for n in range(500)]

    assert len(findings_of_agreement(kpis, SCHEME, RULES)) < 500


def test_one_kpi_is_looked_at_among_the_others() -> None:
    busy = Owner("busy", "หัวหน้ากลุ่มหนึ่ง")
    kpis = [
        sheet(str(n), f"ร้อยละความพึงพอใจของผู้รับบริการ{'ทุกคน' * (n % 2)}", supervisor=busy, weight=Decimal(50))
        for n in range(8)
    ]
    every = findings_of_agreement(kpis, SCHEME, RULES)

    for kpi in kpis:
        alone = findings_of_agreement(kpis, SCHEME, RULES, only=kpi.code)

        assert alone == [finding for finding in every if finding.kpi == kpi.code]
