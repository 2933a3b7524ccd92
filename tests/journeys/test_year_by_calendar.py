"""A division's year under an SOP that goes by the calendar: eight steps, begun in August of the year before."""

from collections.abc import Callable
from datetime import date

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.thai.fiscal_year import FiscalYear
from tests.cast import FISCAL_YEAR
from tests.journeys import people
from tests.journeys.desk import Room
from tests.journeys.year import Year

pytestmark = pytest.mark.django_db(transaction=True)

HOLDERS = (
    ("head1.pa", "pa-1", "staff.pa"),
    ("head2.pa", "pa-2", "staff2.pa"),
    ("planning-head.pa", "pa-plan", "planner.pa"),
)
MONTHS = FiscalYear(FISCAL_YEAR).months()
SELECTING = "เจ้าหน้าที่แผนงาน, ผู้อำนวยการ, หัวหน้ากลุ่มงาน"
DAY_OF_SIGNING = date(2026, 12, 14)
LEFT_OUT = "ร้อยละของบุคลากรที่มีกิจกรรมทางกายเพียงพอ"


@pytest.fixture
def year(room: Room, other_cast: SampleAgency, on_the_morning_of: Callable[[date], None]) -> Year:
    on_the_morning_of(date(2026, 8, 10))
    return Year(room, other_cast)


def test_a_division_takes_its_year_from_august_to_the_summary(year: Year) -> None:
    planner = year.desk("planner.pa")

    year.run = people.start_the_year(planner, year=FISCAL_YEAR, sop_code=year.cast.sop)
    take_note_of_the_policy(year)
    consider_the_approach(year)
    the_director_selects(year)
    propose_to_the_department(year)
    sign_with_the_department(year)
    issue_manual_and_order(year)
    hand_on_and_acknowledge(year)
    report_three_rounds(year)

    people.see_the_year_done(planner, year.run, steps=8)
    planner.open("results:scores", run=year.run)
    planner.reads("3.5900")


def take_note_of_the_policy(year: Year) -> None:
    planner = year.desk("planner.pa")
    people.go_to_work(planner, year.run, "Policy and criteria are received")
    people.receive_policy(planner)
    year.finish("policy", by="planner.pa")


def consider_the_approach(year: Year) -> None:
    planner = year.desk("planner.pa")
    people.move_the_clock(planner, date(2026, 9, 14))
    people.go_to_work(planner, year.run, "The framework is settled")
    people.settle_the_framework(planner)
    people.propose_a_kpi(
        year.desk("staff2.pa"), year.run, code="1.9", title=LEFT_OUT, levels=(10, 20, 30, 40, 50), target=40
    )
    people.import_kpis(planner, year.run, year=FISCAL_YEAR)
    year.finish("approach", by="planner.pa")


def the_director_selects(year: Year) -> None:
    """An assessor of the department may look, and is told whose work it is."""
    director, assessor = year.desk("director.pa"), year.desk("assessor.pa")
    people.move_the_clock(director, date(2026, 11, 9))
    assessor.open("kpis:selection", run=year.run)
    assessor.sees("In %(unit)s this is for: %(roles)s.", unit=year.cast.office.name, roles=SELECTING)
    people.give_reasons(director, year.run)
    people.go_to_work(director, year.run, "The selection is settled")
    people.select_kpis(director, left_out={LEFT_OUT: "ยังไม่มีระบบเก็บข้อมูล"})
    year.finish("selection", by="director.pa")


def propose_to_the_department(year: Year) -> None:
    planner = year.desk("planner.pa")
    people.go_to_work(planner, year.run, "The list is sent to the department")
    people.send_the_list(planner)
    year.finish("propose", by="planner.pa")


def sign_with_the_department(year: Year) -> None:
    """The director makes the agreement; the executive sends it back once, then receives it."""
    planner, executive = year.desk("planner.pa"), year.desk("executive.pa")
    people.move_the_clock(planner, date(2026, 12, 7))
    people.draft_the_agreement(planner, year.run)
    people.open_signing(planner, year.run, day=DAY_OF_SIGNING, venue="ห้องประชุมเล็ก")
    people.sign_the_agreement(year.desk("director.pa"), year.run)
    people.send_the_agreement_back(executive, year.run, because="ลงนามที่ห้องประชุมใหญ่")
    people.open_signing(planner, year.run, day=DAY_OF_SIGNING)
    people.move_the_clock(planner, DAY_OF_SIGNING)
    people.sign_with_a_wrong_password(year.desk("director.pa"), year.run)
    people.sign_the_agreement(year.desk("director.pa"), year.run)
    people.sign_the_agreement(executive, year.run)
    year.finish("signing", by="planner.pa")


def issue_manual_and_order(year: Year) -> None:
    """With the sheets of the KPIs written, the director signs the manual and the order."""
    planner = year.desk("planner.pa")
    people.move_the_clock(planner, date(2027, 1, 11))
    year.work("kpis.details_complete")
    for kind in ("manual", "committee_order"):
        letter = people.issue(planner, year.run, kind)
        people.hand_the_letter_in(planner, letter)
        people.check_the_letter(year.desk("planning-head.pa"), letter)
        people.sign_the_letter(year.desk("director.pa"), letter)
        people.send_the_letter(planner, letter)
    people.read_the_letter(year.desk("head1.pa"), letter)
    year.finish("manual-and-order", by="planner.pa")


def hand_on_and_acknowledge(year: Year) -> None:
    year.work("cascade.assigned", "cascade.everyone_acknowledged")
    year.finish("cascade", by="planner.pa")


def report_three_rounds(year: Year) -> None:
    """The months that passed before the step opened come in together, the others as they end."""
    planner, passed = year.desk("planner.pa"), MONTHS[:4]
    people.move_the_clock(planner, date(2027, 2, 1))
    people.enter_a_month(year.desk("staff.pa"), year.run, {"1.1": 4, "1.2": 3}, month="2026-10")
    people.enter_a_month(planner, year.run, {"2.1": 8}, month="2026-10")
    people.import_months(planner, year.run, passed[1:], year=FISCAL_YEAR)
    people.close_a_month(planner, year.run, passed[0])
    year.pass_months(passed[1:])
    people.live_through(planner, year.run, MONTHS[4:5], year=FISCAL_YEAR)
    report = people.open_a_round(planner, year.run, 5)
    for head, code, officer in HOLDERS:
        people.write_own_part(year.desk(officer), report)
        people.hand_the_part_on(year.desk(officer), year.desk(head), planner, year.part(report, code))
    people.submit_the_report(year.desk("director.pa"), report)
    for months, span in ((10, MONTHS[5:10]), (12, MONTHS[10:])):
        year.pass_months(span)
        year.report_round(months)
    planner.open("results:scores", run=year.run)
    planner.reads("3.5900")
    year.finish("self-assessment", by="planner.pa")
