"""Finding KPIs by words inside Thai sentences, on every database alike."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.queries import kpis_of
from raprong.kpis.search import in_other_years, matching
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR

TITLES = {
    "1.1": "ร้อยละของข้าวที่ผ่านมาตรฐาน",
    "1.2": "จำนวนข่าวประชาสัมพันธ์ที่เผยแพร่",
    "1.3": "จำนวนผ้าขาวที่แจกให้ผู้รับบริการ",
    "1.10": "ร้อยละความพึงพอใจของผู้รับบริการ",
}


@pytest.fixture
def library(propose: Callable[..., KpiYear]) -> dict[str, KpiYear]:
    return {code: propose(code, title=title) for code, title in TITLES.items()}


def codes(run: Run, asked: str) -> list[str]:
    return [kpi.code for kpi in matching(kpis_of(run), asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ขาว", ["1.3"]),
        ("ข่าว", ["1.2"]),
        ("ข้าว", ["1.1"]),
        ("ขา", ["1.3"]),
        ("รับบริการ", ["1.3", "1.10"]),
        ("รับบริการ พึงพอใจ", ["1.10"]),  # every word, in any order
        ("ความ พึง พอใจ", ["1.10"]),
        ("๑.๑", ["1.1", "1.10"]),
        ("1.10", ["1.10"]),
        ("%", []),
        ("_", []),
        ("ไม่มีคำนี้", []),
        ("  ", list(TITLES)),
    ],
)
def test_words_are_found_inside_sentences_and_kept_apart(
    open_run: Run, library: dict[str, KpiYear], asked: str, found: list[str]
) -> None:
    assert codes(open_run, asked) == found


def test_a_match_in_the_name_counts_before_one_in_the_sheet(
    open_run: Run, library: dict[str, KpiYear], propose: Callable[..., KpiYear]
) -> None:
    propose("0.1", title="ตัวชี้วัดอื่น", formula="จำนวนข่าวที่ลงพิมพ์")

    assert codes(open_run, "ข่าว") == ["1.2", "0.1"]


def test_groups_and_policy_sources_are_found_by_the_names_they_have_today(
    open_run: Run, framework: Framework, cast: SampleAgency, library: dict[str, KpiYear]
) -> None:
    source = framework.sources.get(title="ยุทธศาสตร์กรม")
    kpis.align(library["1.2"], [source], by=cast.people["staff"], at=NEW_YEAR)
    group = cast.units["mip-1"]
    group.name = "กลุ่มที่ตั้งชื่อใหม่"
    group.save()

    assert codes(open_run, "ยุทธศาสตร์กรม") == ["1.2"]
    assert codes(open_run, "ยุทธศาสตร์กรม ข่าว") == ["1.2"]
    assert codes(open_run, "ยุทธศาสตร์กรม ข้าว") == []
    assert codes(open_run, "ตั้งชื่อใหม่") == list(TITLES)


def test_what_is_searched_is_kept_however_a_kpi_is_saved(
    open_run: Run, library: dict[str, KpiYear], proposal: Callable[..., Any]
) -> None:
    first, second = library["1.1"], library["1.2"]
    first.title = "ร้อยละของน้ำดื่ม"
    first.save(update_fields=["title"])
    second.title = "จำนวนเเผนงาน"
    KpiYear.objects.bulk_update([second], ["title"])
    third = library["1.3"]
    third.weight = None
    third.save(update_fields=["weight"])

    assert codes(open_run, "นํ้าดื่ม") == ["1.1"]
    assert codes(open_run, "แผนงาน") == ["1.2"]
    assert codes(open_run, "ผ้าขาว") == ["1.3"]


def test_kpis_from_before_get_their_text(open_run: Run, library: dict[str, KpiYear]) -> None:
    KpiYear.objects.update(search_text="")
    before = codes(open_run, "ข้าว")

    import_module("raprong.kpis.migrations.0004_search_text").write_search_text(apps, None)

    assert (before, codes(open_run, "ข้าว")) == ([], ["1.1"])


def test_other_years_of_the_unit_are_looked_through(
    open_run: Run, framework: Framework, cast: SampleAgency, outsider: Person, library: dict[str, KpiYear]
) -> None:
    planner = cast.people["planner"]
    later = Run.objects.create(
        unit=cast.office, fiscal_year=2571, sop=open_run.sop, started_at=NEW_YEAR, started_by=planner
    )
    day = NEW_YEAR.date()

    assert [kpi.code for kpi in in_other_years(later, "ข่าว", person=planner, on=day)] == ["1.2"]
    assert in_other_years(open_run, "ข่าว", person=planner, on=day) == []
    assert in_other_years(later, " ", person=planner, on=day) == []
    assert in_other_years(later, "ข่าว", person=outsider, on=day) == []
