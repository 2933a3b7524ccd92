"""A unit's year under an SOP that counts minutes: ten steps, from the first draft to the circular that people read."""

from collections.abc import Callable
from datetime import date

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.thai.fiscal_year import FiscalYear
from tests.cast import FISCAL_YEAR
from tests.journeys import people
from tests.journeys.desk import Room
from tests.journeys.sample import WORDS, day_after
from tests.journeys.year import Year

pytestmark = pytest.mark.django_db(transaction=True)

HOLDERS = (("head1", "mip-1", "staff"), ("head2", "mip-2", "staff2"), ("planning-head", "mip-plan", "planner"))
MONTHS = FiscalYear(FISCAL_YEAR).months()
FIRST_MORNING = date(2026, 10, 5)  # the first working Monday of the year
LEFT_OUT = "ร้อยละของบุคลากรที่ผ่านการอบรม"


@pytest.fixture
def year(room: Room, cast: SampleAgency, on_the_morning_of: Callable[[date], None]) -> Year:
    on_the_morning_of(FIRST_MORNING)
    return Year(room, cast)


def test_a_unit_takes_its_year_from_the_framework_to_the_circular(year: Year) -> None:
    planner = year.desk("planner")

    year.run = people.start_the_year(planner, year=FISCAL_YEAR, sop_code=year.cast.sop)
    frame_the_year(year)
    groups_propose_and_one_is_sent_back(year)
    select_and_draft(year)
    sign(year)
    hand_on_and_acknowledge(year)
    write_the_detail_sheets(year)
    report_twelve_months_and_two_rounds(year)
    two_assessors_score_and_confirm(year)
    the_result_is_announced(year)
    everybody_reads_the_circular(year)

    people.see_the_year_done(planner, year.run, steps=10)
    planner.reads("3.5900")
    planner.open("results:scores", run=year.run)
    planner.reads("3.5900")


def frame_the_year(year: Year) -> None:
    planner = year.desk("planner")
    people.go_to_work(planner, year.run, "Policy and criteria are received")
    people.receive_policy(planner)
    people.settle_the_framework(planner)
    year.finish("framework", by="planner")


def groups_propose_and_one_is_sent_back(year: Year) -> None:
    """A KPI comes in by the form, the others by a workbook; one group's piece is sent back and handed in again."""
    planner, head2 = year.desk("planner"), year.desk("head2")
    people.propose_a_kpi(year.desk("staff"), year.run, code="1.9", title=LEFT_OUT, levels=range(60, 110, 10), target=90)
    people.import_kpis(planner, year.run, year=FISCAL_YEAR)

    planner.open("kpis:selection", run=year.run)  # too early: the page says so, and offers no form
    assert planner.page.locator(".refused .why").count() >= 1

    people.hand_in(year.desk("head1"), year.run, "kpi-proposals")
    people.hand_in(head2, year.run, "kpi-proposals")
    people.hand_in(year.desk("planning-head"), year.run, "kpi-proposals")
    people.return_to(planner, year.run, "kpi-proposals", year.group("mip-2").name, because="ยังไม่ระบุแหล่งนโยบาย")
    head2.open("processes:step", run=year.run, step="kpi-proposals")
    head2.reads("ยังไม่ระบุแหล่งนโยบาย")
    people.align(head2, year.run, "อันดับ WUR", WORDS["sources"][1]["title"])
    people.hand_in(head2, year.run, "kpi-proposals")
    for _head, code, _officer in HOLDERS:
        people.accept(planner, year.run, "kpi-proposals", year.group(code).name)
    year.finish("kpi-proposals", by="planner")


def select_and_draft(year: Year) -> None:
    planner = year.desk("planner")
    people.go_to_work(year.desk("head1"), year.run, "The selection is settled")
    people.select_before_the_reason(year.desk("head1"), code="1.1", title="ผู้เรียน", weight=15)
    people.give_reasons(year.desk("head1"), year.run)
    people.go_to_work(year.desk("head1"), year.run, "The selection is settled")
    people.select_kpis(year.desk("head1"), left_out={LEFT_OUT: "วัดอยู่แล้วในแผนพัฒนาบุคลากร"})
    people.go_to_work(planner, year.run, "The list is sent to the department")
    people.send_the_list(planner)
    people.draft_the_agreement(planner, year.run)
    year.finish("selection", by="planner")


def sign(year: Year) -> None:
    """The group heads make the agreement and the director receives it; one of them mistypes the password."""
    people.open_signing(year.desk("planner"), year.run, day=FIRST_MORNING)
    people.sign_with_a_wrong_password(year.desk("head1"), year.run)
    for username in ("head1", "head2", "planning-head", "director"):
        people.sign_the_agreement(year.desk(username), year.run)
    year.finish("signing", by="planner")


def hand_on_and_acknowledge(year: Year) -> None:
    for head, code, officer in HOLDERS:
        people.hand_on(year.desk(head), year.run, group=year.group(code), name=year.name(officer))
        people.acknowledge_mine(year.desk(officer), year.run)
    year.finish("cascade", by="planner")


def write_the_detail_sheets(year: Year) -> None:
    planner = year.desk("planner")
    people.move_the_clock(planner, date(2026, 10, 7))
    for head, code, officer in HOLDERS:
        people.write_detail_sheets(year.desk(officer), year.run, group=year.group(code))
        people.hand_in(year.desk(head), year.run, "kpi-details")
        people.accept(planner, year.run, "kpi-details", year.group(code).name)
    year.finish("kpi-details", by="planner")


def report_twelve_months_and_two_rounds(year: Year) -> None:
    """The first month is typed into the grid by the group itself, the second comes from the workbook, and the first
    round is reported on pages."""
    planner, october = year.desk("planner"), MONTHS[0]
    people.move_the_clock(planner, day_after(october))
    people.enter_a_month(year.desk("staff"), year.run, {"1.1": 4, "1.2": 3}, month="2026-10")
    people.enter_a_month(planner, year.run, {"2.1": 8}, month="2026-10")
    people.close_a_month(planner, year.run, october)
    people.live_through(planner, year.run, MONTHS[1:2], year=FISCAL_YEAR)
    year.pass_months(MONTHS[2:6])
    report = people.open_a_round(planner, year.run, 6)
    for head, code, officer in HOLDERS:
        people.write_own_part(year.desk(officer), report)
        people.hand_the_part_on(year.desk(officer), year.desk(head), planner, year.part(report, code))
    people.submit_the_report(planner, report)
    year.pass_months(MONTHS[6:])
    year.report_round(12)
    planner.open("results:scores", run=year.run)
    planner.reads("3.5900")
    year.finish("self-assessment", by="planner")


def two_assessors_score_and_confirm(year: Year) -> None:
    assessor = year.desk("assessor")
    year.evaluation = people.begin_scoring(assessor, unit=year.cast.office.name, months=12)
    people.keep_every_score(assessor)
    assert assessor.page.locator(".refused .why").first.is_visible()  # nobody confirms their own scores
    people.confirm_the_scores(year.desk("chief-assessor"), year.evaluation)
    year.finish("evaluation", by="assessor")


def the_result_is_announced(year: Year) -> None:
    """The assessor drafts the letter, a colleague checks it, the executive signs it, and it reaches the director."""
    assessor = year.desk("assessor")
    assessor.open("evaluations:evaluation", evaluation=year.evaluation)
    letter = people.draft_a_letter(assessor, "Draft the result letter")
    people.hand_the_letter_in(assessor, letter)
    people.check_the_letter(year.desk("chief-assessor"), letter)
    people.sign_the_letter(year.desk("executive"), letter)
    people.send_the_letter(assessor, letter)
    people.read_the_letter(year.desk("director"), letter)
    year.finish("result-letter", by="assessor")


def everybody_reads_the_circular(year: Year) -> None:
    planner = year.desk("planner")
    planner.open("evaluations:evaluation", evaluation=year.evaluation)
    letter = people.draft_a_letter(planner, "Draft the circular")
    people.hand_the_letter_in(planner, letter)
    people.send_the_letter_back(year.desk("planning-head"), letter, because="ขอให้ระบุวันประชุม")
    planner.open("circulation:letter", letter=letter)
    planner.reads("ขอให้ระบุวันประชุม")
    people.hand_the_letter_in(planner, letter)
    people.check_the_letter(year.desk("planning-head"), letter)
    people.sign_the_letter(year.desk("director"), letter)
    people.send_the_letter(planner, letter)
    readers = ("head1", "head2", "staff", "staff2", "planner", "planning-head")
    for username in readers:
        people.read_the_letter(year.desk(username), letter)
    planner.open("circulation:letter", letter=letter)
    assert planner.page.locator("main .pill-done", has_text=planner.says("Acknowledged")).count() >= len(readers)
    year.finish("circular", by="planner")
