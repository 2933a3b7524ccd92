"""The heads choose the year's KPIs in a meeting: parts are weighed, candidates compared and shown on the wall."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import Proposal
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.cast import NEW_YEAR
from tests.factories.kpis import ladder, orderless_run
from tests.journeys.desk import Desk, Room, sign_in

TITLES = {
    "1.1": "ร้อยละของการเบิกจ่ายงบประมาณ",
    "1.1.1": "ร้อยละของงบลงทุนที่เบิกจ่าย",
    "1.1.2": "ร้อยละของงบดำเนินงานที่ใช้ตามแผน",
    "1.2": "ร้อยละความพึงพอใจของผู้รับบริการ",
    "1.3": "ร้อยละของบุคลากรที่ได้รับการพัฒนา",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(room: Room, cast: SampleAgency, on_the_morning_of: Callable[[date], None]) -> Run:
    """Three candidates, of which the first has two parts."""
    on_the_morning_of(date(2026, 11, 9))
    run, planner = orderless_run(cast), cast.people["planner"]
    sources = [("ministry-policy", "นโยบายกระทรวง", "")]
    framework = kpis.receive_policy(run, criteria_note="", sources=sources, seen=None, by=planner, at=NEW_YEAR)
    kpis.set_dimensions(framework, [("ประสิทธิผล", Decimal(100))], seen=None, by=planner, at=NEW_YEAR)
    parent = proposed(run, cast, "1.1")
    for code in ("1.1.1", "1.1.2"):
        proposed(run, cast, code, parent=parent)
    for code in ("1.2", "1.3"):
        proposed(run, cast, code)
    return run


def proposed(run: Run, cast: SampleAgency, code: str, *, parent: KpiYear | None = None) -> KpiYear:
    proposal = Proposal(
        code=code,
        title=TITLES[code],
        dimension=run.framework.dimensions.get(),
        group=cast.units["mip-1"],
        measure="ร้อยละ",
        criteria=ladder(60, 70, 80, 90, 100),
        target=Decimal(90),
        baseline={2567: Decimal(70), 2568: Decimal(75), 2569: Decimal(79)},
        sources=list(run.framework.sources.all()),
        formula="งานที่สำเร็จ / งานทั้งหมด x 100",
        parent=parent,
    )
    return kpis.propose(run, proposal, by=cast.people["staff"], at=NEW_YEAR)


def test_heads_choose_in_a_meeting_and_its_minutes_are_kept(room: Room, year: Run) -> None:
    head, staff = room.desk_of("head1"), room.desk_of("staff")

    open_the_meeting(head, year)
    weigh_the_parts(head)
    compare_two(head)
    choose_on_the_wall(head)
    close_it(head)

    staff.open("kpis:selection", run=year.public_id)
    staff.sees("Closed, minutes sealed")
    assert Record.objects.filter(kind="selection_minutes").count() == 1


def test_everything_works_without_scripts(room: Room, year: Run) -> None:
    head = room.sit_down("head1", scripts=False)
    sign_in(head)

    open_the_meeting(head, year)
    weigh_the_parts(head)
    compare_two(head)
    head.follow("One by one, for the projector")
    head.click(head.page.locator("a[rel=prev]"))

    head.sees("Candidate %(number)s of %(count)s", number=2, count=3)


def open_the_meeting(desk: Desk, run: Run) -> None:
    desk.open("kpis:selection", run=run.public_id)
    desk.follow("Open a meeting")
    desk.fill("Place", "ห้องประชุม ๑")
    desk.fill("Who leads it", "ผู้อำนวยการ")
    desk.fill("Who is present", "หัวหน้ากลุ่มที่ ๑\nหัวหน้ากลุ่มที่ ๒")
    desk.press("Open the meeting")
    desk.sees("The meeting is open.")


def weigh_the_parts(desk: Desk) -> None:
    """33.33 and 66.66 are refused; 66.67 makes it whole, and the page says so while one types."""
    desk.follow("Weigh the parts")
    first, second = desk.page.locator("[data-row] input").all()
    first.fill("๓๓.๓๓")
    second.fill("66.66")
    desk.press("Save the weights")
    assert desk.status == 422
    desk.page.locator("[data-row] input").last.fill("66.67")
    if desk.scripts:
        assert desk.page.locator("[data-sum-line] output").inner_text() == "100.00"
        desk.sees("exactly the whole")
    desk.press("Save the weights")
    desk.sees("The parts of KPI %(code)s are weighed: %(whole)s in all.", code="1.1", whole="100.00")


def compare_two(desk: Desk) -> None:
    """The second is left out with a reason, the first selected, from the page on which they stand side by side."""
    desk.follow("Side by side")
    for box in desk.page.locator(".choose-list input").all()[:2]:
        box.check()
    desk.press("Show side by side")
    choices = desk.page.locator(".beside-decision").all()
    choices[0].locator("input[value=select]").check()
    desk.fill("Weight", "60", within=choices[0])
    choices[1].locator("input[value=not_select]").check()
    desk.fill("Reason, if not selected", "วัดซ้ำกับ ๑.๑", within=choices[1])
    desk.press("Save these decisions")
    assert desk.status == 200


def choose_on_the_wall(desk: Desk) -> None:
    """The slides begin at the one that is undecided; arrow keys lead to the others, and save nothing by themselves."""
    desk.follow("One by one, for the projector")
    desk.sees("Candidate %(number)s of %(count)s", number=3, count=3)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("ArrowLeft")
    desk.sees("Candidate %(number)s of %(count)s", number=2, count=3)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("ArrowRight")
    desk.page.locator("input[value=select]").check()
    desk.fill("Weight", "40")
    desk.press("Save the decision")
    desk.sees("Saved.")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Escape")


def close_it(desk: Desk) -> None:
    desk.sees("Exactly the whole")
    desk.follow("Close the meeting")
    desk.press("Close and seal the minutes")
    desk.sees("The meeting is closed. Its minutes are sealed and lie in the cabinet.")
    desk.reads("วัดซ้ำกับ ๑.๑")
