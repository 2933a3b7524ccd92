"""The detail sheets as papers in the cabinet."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.kpis import actions as kpis
from raprong.kpis.details import Details
from raprong.kpis.documents import sheet_paper
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.organisation.queries import head_position_of
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.cast import NEW_YEAR
from tests.factories.papers import is_sealed, words_in


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@pytest.fixture
def selected(open_run: Run, propose: Callable[..., KpiYear], planner: Person) -> list[KpiYear]:
    proposed = [propose("1.1"), propose("1.2")]
    return kpis.set_weights(open_run, dict.fromkeys(proposed, Decimal(50)), by=planner, at=NEW_YEAR)


@pytest.fixture
def filled(selected: list[KpiYear], planner: Person) -> list[KpiYear]:
    return [fill(kpi, planner) for kpi in selected]


def fill(kpi: KpiYear, by: Person, **changes: str) -> KpiYear:
    head = head_position_of(kpi.group)
    words = {
        "definition": "พิจารณาจากจำนวนเรื่องที่แล้วเสร็จ",
        "formula": "เรื่องที่แล้วเสร็จ หารด้วยเรื่องทั้งหมด",
        "data_source": "ทะเบียนงาน",
        "collection_method": "รวบรวมทุกเดือน",
    }
    details = Details(**(words | changes), supervisor=head, collector=head)
    return kpis.fill_details(kpi, details, seen=None, because="แก้ตามที่ประชุม", by=by, at=NEW_YEAR)


def test_sheets_wait_until_every_one_is_complete(open_run: Run, selected: list[KpiYear], planner: Person) -> None:
    fill(selected[0], planner)

    with pytest.raises(Refused, match=r"1\.2"):
        kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)

    assert not Record.objects.exists()


def test_each_kpi_gets_a_sealed_paper_of_its_own(open_run: Run, filled: list[KpiYear], planner: Person) -> None:
    records = kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)

    assert [record.file.name for record in records] == ["kpi_detail-1.1.pdf", "kpi_detail-1.2.pdf"]
    assert [record.about for record in records] == [reference(kpi) for kpi in filled]
    assert {record.kind for record in records} == {"kpi_detail"}
    assert all(is_sealed(record.file) for record in records)
    assert Entry.objects.filter(kind="kpi.sheet_deposited").count() == 2


def test_the_sheet_says_what_was_filled_in_and_who_answers(filled: list[KpiYear], cast: SampleAgency) -> None:
    sheet = sheet_paper(filled[0], on=day_of(NEW_YEAR)).sheet

    assert sheet.definition == "พิจารณาจากจำนวนเรื่องที่แล้วเสร็จ"
    assert (sheet.levels.one, sheet.levels.five, sheet.target) == ("20", "100", "80")
    assert sheet.conditions == ""
    assert sheet.supervisor is not None
    assert sheet.supervisor.name == cast.people["head1"].name


def test_the_deposited_paper_prints_the_figures(open_run: Run, filled: list[KpiYear], planner: Person) -> None:
    record = kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)[0]

    text = words_in(record.file)

    assert "๑.๑" in text
    assert "๕๐.๐๐" in text


def test_sheets_that_have_not_changed_are_not_deposited_twice(
    open_run: Run, filled: list[KpiYear], planner: Person
) -> None:
    kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)

    with pytest.raises(Refused):
        kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)

    assert Record.objects.count() == 2


def test_only_the_sheet_that_changed_goes_in_again(open_run: Run, filled: list[KpiYear], planner: Person) -> None:
    kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)
    fill(filled[1], planner, definition="นิยามใหม่")

    again = kpis.deposit_sheets(open_run, by=planner, at=NEW_YEAR)

    assert [record.about for record in again] == [reference(filled[1])]


@pytest.mark.parametrize("name", ["staff", "head1", "director", "assessor", "auditor"])
def test_only_those_who_check_the_sheets_deposit_them(
    open_run: Run, filled: list[KpiYear], cast: SampleAgency, name: str
) -> None:
    with pytest.raises(Refused):
        kpis.deposit_sheets(open_run, by=cast.people[name], at=NEW_YEAR)

    assert not Record.objects.exists()


def test_another_department_deposits_nothing_here(open_run: Run, filled: list[KpiYear], outsider: Person) -> None:
    with pytest.raises(Refused):
        kpis.deposit_sheets(open_run, by=outsider, at=NEW_YEAR)
