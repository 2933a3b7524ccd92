"""KPIs from their proposal to scores that explain themselves; a file of KPIs taken in part, and undone."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.writer import write_workbook
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR
from tests.factories.kpis import orderless_run
from tests.journeys import people
from tests.journeys.desk import Desk, Room

pytestmark = pytest.mark.django_db(transaction=True)

SATISFIED = "ร้อยละของผู้รับบริการที่พึงพอใจ"
PLAN_MADE = "ความสำเร็จของการจัดทำแผนงาน"
STEPS_DONE = "ระดับความสำเร็จของการพัฒนาระบบ"


@pytest.fixture
def run(room: Room, cast: SampleAgency, on_the_morning_of: Callable[[date], None]) -> Run:
    """A year in which no step waits for another."""
    on_the_morning_of(date(2026, 11, 9))
    return orderless_run(cast)


def test_kpis_are_proposed_judged_chosen_reported_and_explained(room: Room, run: Run) -> None:
    planner, officer, director = (room.desk_of(name) for name in ("planner", "staff", "director"))

    frame_the_year(planner, run)
    propose(officer, run, "1.1", SATISFIED, a_ladder_below_the_trend)
    propose(officer, run, "1.2", PLAN_MADE, a_plan_that_is_made_or_not)
    propose(officer, run, "1.3", STEPS_DONE, five_steps)
    give_a_reason_for_the_easy_target(planner, run)
    choose_in_a_meeting(director, run, {SATISFIED: "50", PLAN_MADE: "20", STEPS_DONE: "30"})
    report_october(officer, run, {"1.1": "75", "1.2": "1", "1.3": "4"})

    see_the_total_explained(officer, run)
    try_another_result(officer, run)


def test_a_file_with_faults_is_taken_in_part_and_undone(room: Room, run: Run) -> None:
    planner = room.desk_of("planner")
    frame_the_year(planner, run)

    send_a_file(planner, run, workbook_with_a_fault())
    planner.reads("มากมาย")
    take_the_good_rows(planner, good=len(sample_workbook().kpis) - 1)
    undo_the_import(planner)

    planner.open("kpis:library", run=run.public_id)
    planner.sees("No KPI yet")


# --- the framework and the proposals


def frame_the_year(desk: Desk, run: Run) -> None:
    desk.open("kpis:framework", run=run.public_id)
    people.receive_policy(desk)
    people.settle_the_framework(desk)


def propose(desk: Desk, run: Run, code: str, title: str, criteria: Callable[[Desk], None]) -> None:
    """By the form: the criteria are drawn while they are typed."""
    desk.open("kpis:propose", run=run.public_id)
    desk.fill("Code", code)
    desk.fill("Name of the KPI", title)
    desk.page.locator("[name=dimension]").select_option(index=1)
    people.open_every_part(desk)
    desk.page.locator("[name=sources]").first.check()
    criteria(desk)
    desk.page.locator("#curve svg").first.wait_for()
    desk.press("Propose")
    desk.sees("KPI %(code)s is proposed.", code=code)


def a_ladder_below_the_trend(desk: Desk) -> None:
    desk.fill("Measured in", "ร้อยละ")
    for level, at in enumerate(("60", "70", "80", "90", "100"), start=1):
        desk.page.locator(f"[name=level_{level}]").fill(at)
    for year, result in ((2567, "84"), (2568, "87"), (2569, "90")):
        desk.page.locator(f"[name=baseline_{year}]").fill(result)
    desk.page.locator("[name=target]").fill("80")


def a_plan_that_is_made_or_not(desk: Desk) -> None:
    choose_kind(desk, "yes_no")
    desk.fill("Measured in", "ใช่/ไม่ใช่")
    desk.page.locator("[name=yes]").select_option("5")
    desk.page.locator("[name=no]").select_option("1")
    desk.page.locator("[name=target]").fill("1")


def five_steps(desk: Desk) -> None:
    choose_kind(desk, "steps")
    desk.fill("Measured in", "ขั้นตอน")
    for level in range(1, 6):
        desk.page.locator(f"[name=steps_level_{level}]").fill(str(level))
    desk.page.locator("[name=target]").fill("5")


def choose_kind(desk: Desk, kind: str) -> None:
    desk.page.locator(f"[name=criteria_kind][value={kind}]").check(force=True)


# --- quality and selection


def give_a_reason_for_the_easy_target(desk: Desk, run: Run) -> None:
    desk.open("quality:run", run=run.public_id)
    desk.reads("ค่าเป้าหมายต่ำกว่าแนวโน้ม")
    people.give_reasons(desk, run.public_id)


def choose_in_a_meeting(desk: Desk, run: Run, weights: dict[str, str]) -> None:
    """The heads sit together; what they decide is in the minutes, and the minutes are in the cabinet."""
    desk.open("kpis:selection", run=run.public_id)
    desk.follow("Open a meeting")
    desk.fill("Place", "ห้องประชุม ๑")
    desk.fill("Who leads it", "ผู้อำนวยการ")
    desk.fill("Who is present", "หัวหน้ากลุ่มที่ ๑\nหัวหน้ากลุ่มที่ ๒")
    desk.press("Open the meeting")
    for title, weight in weights.items():
        row = desk.section("li.candidate", title)
        row.get_by_label(desk.says("Select"), exact=True).check()
        desk.fill("Weight", weight, within=row)
    assert desk.page.locator("[data-sum-line] output").last.inner_text() in ("100.00", "๑๐๐.๐๐")
    desk.press("Save the selection")
    desk.follow("Close the meeting")
    desk.press("Close and seal the minutes")
    desk.follow("Sealed minutes")


# --- results and their explanation


def report_october(desk: Desk, run: Run, figures: dict[str, str]) -> None:
    desk.open("results:month", run=run.public_id, month="2026-10")
    entries = desk.page.locator("section.entry")
    for entry, figure in zip(entries.all(), figures.values(), strict=True):
        field = entry.locator("[name$=value]").first
        field.select_option(figure) if field.evaluate("field => field.tagName") == "SELECT" else field.fill(figure)
    desk.press("Save")
    assert desk.status == 200


def see_the_total_explained(desk: Desk, run: Run) -> None:
    """2.5 × 50 + 5 × 20 + 4 × 30 over 100."""
    desk.open("scores:explain", run=run.public_id, query="?all=yes&upto=2026-10")
    desk.reads("3.4500")
    desk.reads(SATISFIED)


def try_another_result(desk: Desk, run: Run) -> None:
    """Ninety would bring the unit a point; nothing is saved by trying."""
    desk.open("scores:what-if", run=run.public_id)
    field = desk.page.locator("fieldset.try", has_text=SATISFIED).locator("input:not([type=range])").first
    field.fill("90")
    desk.page.locator(".outcome-changes").first.wait_for()
    desk.reads("4.2000")
    desk.open("scores:explain", run=run.public_id, query="?all=yes")
    desk.reads("3.4500")


# --- a file of KPIs


def workbook_with_a_fault() -> bytes:
    """The sample with words where the first KPI's weight should be."""
    book = load_workbook(BytesIO(write_workbook(sample_workbook(), fiscal_year=FISCAL_YEAR)))
    sheet: Any = book["ตัวชี้วัด"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(row=2, column=headings["น้ำหนัก"]).value = "มากมาย"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def send_a_file(desk: Desk, run: Run, content: bytes) -> None:
    desk.open("kpis:import", run=run.public_id)
    desk.attach("File of KPIs", "kpis.xlsx", content)
    desk.press("Read the file")


def take_the_good_rows(desk: Desk, *, good: int) -> None:
    desk.click(desk.page.locator("a[href$='take/?rows=all']"))
    desk.press("Take in")
    assert desk.page.locator("td a[href^='/kpis/']").count() == good


def undo_the_import(desk: Desk) -> None:
    desk.follow("Undo the import")
    desk.press("Undo the import")
    desk.sees("What was taken in from this file was undone. To take it in, send it again.")
