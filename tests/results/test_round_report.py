"""The figures that were typed once print the report of a round of any rhythm."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents import render
from raprong.documents.editable import to_docx
from raprong.documents.tabular import to_xlsx
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.actions import Figure, report_many
from raprong.results.closing import close_round
from raprong.results.enums import ResultStatus
from raprong.results.queries import score_card
from raprong.results.round_report import round_report
from tests.results.conftest import AFTER_THE_YEAR

QUARTERS = (3, 6, 9, 12)
IN_JULY = datetime(2027, 7, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def figures(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    """Two KPIs in March, one of them again in June, and the third without data."""
    planner = cast.people["planner"]
    march, june = date(2027, 3, 1), date(2027, 6, 1)
    told = [Figure(kpis["1.1"], Decimal(41)), Figure(kpis["1.2"], Decimal(60))]
    report_many(run, march, told, by=planner, at=AFTER_THE_YEAR)
    missing = Figure(kpis["2.1"], None, ResultStatus.MISSING, note="รอผลสำรวจ")
    report_many(run, june, [Figure(kpis["1.1"], Decimal(78)), missing], by=planner, at=AFTER_THE_YEAR)


@pytest.mark.usefixtures("figures")
def test_a_quarter_is_reported_beside_the_quarter_before(run: Run) -> None:
    card = score_card(run, upto=run.year.round_ends_on(9))

    paper = round_report(run, QUARTERS, 9, on=IN_JULY.date())

    rows = {row.code: row for dimension in paper.dimensions for row in dimension.rows}
    assert (paper.round_name, paper.earlier_round, paper.dated_on) == ("รอบ 9 เดือน", "รอบ 6 เดือน", IN_JULY.date())
    assert [row.score for row in rows.values()] == [scored.score for scored in card.kpis]
    assert (rows["1.1"].earlier, rows["1.1"].result) == (Decimal("2.05"), "78")
    assert rows["1.2"].earlier == rows["1.2"].score
    assert rows["2.1"].remark == "ไม่มีข้อมูลสำหรับคำนวณ: รอผลสำรวจ"
    assert (paper.total, paper.provisional, paper.reported) == (card.total, True, None)


@pytest.mark.usefixtures("figures")
def test_a_round_of_another_rhythm_has_its_own_before(run: Run) -> None:
    assert round_report(run, (5, 10), 10, on=AFTER_THE_YEAR.date()).earlier_round == "รอบ 5 เดือน"
    assert round_report(run, (6, 9, 12), 6, on=AFTER_THE_YEAR.date()).earlier_round == ""


@pytest.mark.usefixtures("figures")
def test_it_comes_as_pdf_word_and_workbook(run: Run) -> None:
    paper = round_report(run, QUARTERS, 9, on=IN_JULY.date())

    assert render(paper).startswith(b"%PDF")
    assert to_docx(paper).startswith(b"PK")
    assert to_xlsx(paper).startswith(b"PK")


def test_it_is_provisional_until_its_months_are_closed_and_the_whole_weight_has_a_result(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner, march = cast.people["planner"], date(2027, 3, 1)
    report_many(run, march, [Figure(kpi, Decimal(12)) for kpi in kpis.values()], by=planner, at=AFTER_THE_YEAR)
    before = round_report(run, QUARTERS, 6, on=AFTER_THE_YEAR.date()).provisional

    close_round(run, 6, because="ไม่มีผลรายเดือน", by=planner, at=AFTER_THE_YEAR)

    assert before
    assert not round_report(run, QUARTERS, 6, on=AFTER_THE_YEAR.date()).provisional


def test_a_round_that_has_not_begun_is_refused(run: Run, kpis: dict[str, KpiYear]) -> None:
    with pytest.raises(Refused):
        round_report(run, QUARTERS, 12, on=date(2027, 4, 1))
