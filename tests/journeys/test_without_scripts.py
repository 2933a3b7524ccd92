"""An officer whose browser runs no scripts, and who uses the keyboard alone, reports a month."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.year import play
from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.processes.library import sop
from tests.cast import FISCAL_YEAR, PASSWORD
from tests.journeys.desk import PHONE, Desk, Room

pytestmark = pytest.mark.django_db(transaction=True)

FIRST_WORKING_DAY = date(2026, 11, 2)  # after October, the first month of the year
MOST_TABS = 120


@pytest.fixture
def run(agencies: dict[str, SampleAgency], room: Room, on_the_morning_of: Callable[[date], None]) -> str:
    """A year whose detail sheets are written, on the first working day after its first month."""
    cast = agencies["hss"]
    stage = Stage.set(list(agencies.values()), sop(cast.sop), sample_workbook(), FiscalYear(FISCAL_YEAR), PASSWORD)
    stage.until = datetime(2026, 11, 1, tzinfo=BANGKOK)
    list(play(stage))
    on_the_morning_of(FIRST_WORKING_DAY)
    return stage.run.public_id


def test_a_month_is_reported_by_keyboard_without_scripts(room: Room, run: str) -> None:
    desk = room.sit_down("staff", scripts=False, screen=PHONE)

    sign_in_by_keyboard(desk)
    see_what_waits(desk)
    report_october(desk, run, {"1.1": "๔", "1.2": "3"})

    desk.goto(f"/results/of/{run}/?month=2026-10")
    assert [field.input_value() for field in figures_of(desk)] == ["4", "3"]


def sign_in_by_keyboard(desk: Desk) -> None:
    desk.goto("/account/sign-in/")
    type_into(desk, desk.page.locator("[name=login]"), desk.username)
    type_into(desk, desk.page.locator("[name=password]"), PASSWORD)
    leave_by_enter(desk)
    desk.sees("What waits for you")


def see_what_waits(desk: Desk) -> None:
    """The month that is to be reported waits on the first page, and a link leads to it."""
    way = desk.page.locator("main a[href*='/results/of/']").first
    tab_to(desk, way)
    leave_by_enter(desk)
    assert "/results/of/" in desk.page.url


def report_october(desk: Desk, run: str, figures: dict[str, str]) -> None:
    desk.goto(f"/results/of/{run}/?month=2026-10")
    for field, figure in zip(figures_of(desk), figures.values(), strict=True):
        type_into(desk, field, figure)
    leave_by_enter(desk)
    assert desk.page.locator(".notice-success").count() == 1


def figures_of(desk: Desk) -> list[Any]:
    return desk.page.locator("main input[name$='-value']").all()


def type_into(desk: Desk, field: Any, text: str) -> None:
    tab_to(desk, field)
    desk.page.keyboard.type(text)


def tab_to(desk: Desk, target: Any) -> None:
    """Press Tab until the keyboard is at the target."""
    for _press in range(MOST_TABS):
        if target.and_(desk.page.locator(":focus")).count():
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"{desk.page.url}: the keyboard does not come to {target}")


def leave_by_enter(desk: Desk) -> None:
    with desk.page.expect_navigation(wait_until="domcontentloaded"):
        desk.page.keyboard.press("Enter")
