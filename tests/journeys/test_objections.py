"""From the first monthly figure to the circular that everybody has read, with an objection on the way: upheld in a
year that counts minutes, refused in one that goes by the calendar. Every next step is found on "My work".
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from raprong.circulation import actions as circulation
from raprong.circulation.models import Recipient
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.lib.thai.fiscal_year import FiscalYear
from tests.cast import FISCAL_YEAR
from tests.journeys import people
from tests.journeys.desk import Room
from tests.journeys.year import Year

pytestmark = pytest.mark.django_db(transaction=True)

MONTHS = FiscalYear(FISCAL_YEAR).months()
PANEL = ("host", "executive", "auditor")
TEXT = "ตารางที่ส่งไว้แสดงว่าผ่านเกณฑ์ระดับสูงกว่านี้"
BECAUSE = "คณะผู้วินิจฉัยตรวจตารางที่ส่งไว้แล้ว"
PRECEDENT = "ให้ใช้ตัวเลขตามตารางที่ส่งไว้ก่อนวันปิดรอบ"
OWN_TOTAL = "3.5900"


@pytest.fixture
def year_of(room: Room, on_the_morning_of: Callable[[date], None]) -> Callable[[SampleAgency, date], Year]:
    def begun(cast: SampleAgency, day: date) -> Year:
        on_the_morning_of(day)
        return Year(room, cast)

    return begun


def test_an_objection_is_upheld_in_a_year_that_counts_minutes(year_of: Any, cast: SampleAgency) -> None:
    year = year_of(cast, date(2026, 10, 5))

    report_the_year(year, rounds=(6, 12), begun_on=date(2026, 11, 2))
    score_and_confirm(year)
    year.desk("assessor").open("processes:run", run=year.run)
    object_and_decide(year, outcome="upheld", score=("1.1", 4))
    year.finish("evaluation", by="assessor")
    announce(year)
    year.finish("result-letter", by="assessor")
    circulate(year)
    year.finish("circular", by="planner")

    # 0.15 x (4 - 2.95) more than the unit's own total
    read_the_outcome(year, official="3.7475")
    people.see_the_year_done(year.desk("planner"), year.run, steps=10)


def test_an_objection_is_refused_in_a_year_that_goes_by_the_calendar(year_of: Any, other_cast: SampleAgency) -> None:
    year = year_of(other_cast, date(2026, 8, 10))

    report_the_year(year, rounds=(5, 10, 12), begun_on=date(2027, 2, 1), suffix=".pa")
    score_and_confirm(year, suffix=".pa")
    object_and_decide(year, outcome="refused", score=None, suffix=".pa")
    announce(year, suffix=".pa")
    circulate(year, suffix=".pa")

    read_the_outcome(year, official=OWN_TOTAL, suffix=".pa")


def report_the_year(year: Year, *, rounds: tuple[int, ...], begun_on: date, suffix: str = "") -> None:
    """The first figures are typed on their page; months and rounds go by as in the other journeys."""
    year.come_to("results.months_reported")
    staff, planner = year.desk(f"staff{suffix}"), year.desk(f"planner{suffix}")
    people.move_the_clock(planner, begun_on)
    people.enter_a_month(staff, year.run, {"1.1": 4, "1.2": 3}, month="2026-10")
    people.enter_a_month(planner, year.run, {"2.1": 8}, month="2026-10")
    people.close_a_month(planner, year.run, MONTHS[0])
    passed = 1
    for months in rounds:
        year.pass_months(MONTHS[passed:months])
        year.report_round(months)
        passed = months
    year.finish("self-assessment", by=f"planner{suffix}")


def score_and_confirm(year: Year, *, suffix: str = "") -> None:
    assessor = year.desk(f"assessor{suffix}")
    year.evaluation = people.begin_scoring(assessor, unit=year.cast.office.name, months=12)
    people.keep_every_score(assessor)
    people.confirm_the_scores(year.desk(f"chief-assessor{suffix}"), year.evaluation)


def object_and_decide(year: Year, *, outcome: str, score: tuple[str, object] | None, suffix: str = "") -> None:
    """The unit opens the result and objects; three people without a part in it decide, and the unit accepts."""
    director, panel = year.desk(f"director{suffix}"), [f"{name}{suffix}" for name in PANEL]
    people.open_the_result(director)
    people.object_to_a_score(director, kpi="1.1", ground="evidence-overlooked", text=TEXT)
    people.name_the_panel(year.desk(f"executive{suffix}"), [year.name(name) for name in panel])
    people.propose_a_decision(year.desk(panel[0]), outcome=outcome, because=BECAUSE, precedent=PRECEDENT, score=score)
    people.vote_for_it(year.desk(panel[1]))
    people.accept_the_result(director)


def announce(year: Year, *, suffix: str = "") -> None:
    assessor = year.desk(f"assessor{suffix}")
    assessor.open("evaluations:evaluation", evaluation=year.evaluation)
    letter = people.draft_a_letter(assessor, "Draft the result letter")
    people.hand_the_letter_in(assessor, letter)
    people.check_the_letter(year.desk(f"chief-assessor{suffix}"), letter)
    people.sign_the_letter(year.desk(f"executive{suffix}"), letter)
    people.send_the_letter(assessor, letter)
    people.read_the_letter(year.desk(f"director{suffix}"), letter)


def circulate(year: Year, *, suffix: str = "") -> None:
    """One person reads on the page, the others by the verbs behind it; then nobody is left who has not."""
    planner = year.desk(f"planner{suffix}")
    planner.open("evaluations:evaluation", evaluation=year.evaluation)
    letter = people.draft_a_letter(planner, "Draft the circular")
    people.hand_the_letter_in(planner, letter)
    people.check_the_letter(year.desk(f"planning-head{suffix}"), letter)
    people.sign_the_letter(year.desk(f"director{suffix}"), letter)
    people.send_the_letter(planner, letter)
    people.read_the_letter(year.desk(f"staff{suffix}"), letter)
    received = Recipient.objects.filter(letter__public_id=letter).select_related("person", "letter")
    for recipient in received.filter(acknowledged_at=None):
        circulation.acknowledge(recipient, by=recipient.person, at=clock.now())
    assert not received.filter(acknowledged_at=None).exists()
    planner.open("circulation:letter", letter=letter)
    count = received.count()
    planner.sees("Read by %(read)s of %(all)s, acknowledged by %(noted)s.", read=count, all=count, noted=count)


def read_the_outcome(year: Year, *, official: str, suffix: str = "") -> None:
    """Both totals stand side by side for ever."""
    director = year.desk(f"director{suffix}")
    director.open("objections:outcome", evaluation=year.evaluation)
    director.reads(official)
    director.reads(OWN_TOTAL)
    director.open("objections:gaps", unit=year.cast.office.public_id)
    director.reads(official)
