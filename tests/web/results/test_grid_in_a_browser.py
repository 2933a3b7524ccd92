"""The monthly grid under the fingers: keys, blocks from Excel, two people in one cell, a session that ended."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.models import MonthlyResult
from tests.web.keyboard import PASSWORD, SignIn
from tests.web.results.conftest import IN_DECEMBER, NOVEMBER, OCTOBER


class Sheet:
    """A browser with the grid of a run open."""

    def __init__(self, page: Any, run: Run) -> None:
        self.page, self.run = page, run
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def open(self, query: str = "") -> None:
        self.page.goto(f"/results/of/{self.run.public_id}/{query}")

    def cell(self, kpi: KpiYear, month: str, field: str = "value") -> Any:
        return self.page.locator(f'[name="{kpi.public_id}-{month}-{field}"]')

    def becomes(self, kpi: KpiYear, month: str, state: str) -> None:
        """Wait until a cell shows what became of it."""
        self.page.locator(f'td.is-{state} > [name="{kpi.public_id}-{month}-value"]').wait_for()

    def status(self) -> str:
        return str(self.page.locator("[data-status]").inner_text())

    def paste(self, text: str) -> None:
        self.page.evaluate(
            """text => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
                document.activeElement.dispatchEvent(event);
            }""",
            text,
        )

    def copied(self) -> str:
        return str(
            self.page.evaluate(
                """() => {
                    const clipboardData = new DataTransfer();
                    const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
                    document.activeElement.dispatchEvent(event);
                    return clipboardData.getData("text/plain");
                }"""
            )
        )


@pytest.fixture
def sheet(browser_page: Any, live_server: Any, sign_in: SignIn, run: Run, october: dict[str, KpiYear]) -> Sheet:
    """The planning officer's browser, with the grid of the whole unit."""
    let_in(browser_page, live_server, sign_in("planner"))
    found = Sheet(browser_page, run)
    found.open()
    return found


@pytest.fixture
def other(browser: Any, live_server: Any, sign_in: SignIn, run: Run) -> Iterator[Sheet]:
    """Somebody else at another desk."""
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        let_in(page, live_server, sign_in("staff"))
        yield Sheet(page, run)


def let_in(page: Any, live_server: Any, client: Client) -> None:
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def figures(month: Any) -> list[str]:
    return [f"{one.value:.0f}" for one in MonthlyResult.objects.filter(month=month).order_by("kpi__code")]


def test_enter_and_arrows_walk_through_the_grid_and_save(sheet: Sheet, october: dict[str, KpiYear]) -> None:
    sheet.cell(october["1.1"], "2026-11").click()

    for figure in ("๖๐", "74", "11"):
        sheet.type(figure)
        sheet.press("Enter")
    sheet.press("ArrowLeft")
    sheet.type("12")
    sheet.press("ArrowUp")
    for code, month in [("1.1", "2026-11"), ("1.2", "2026-11"), ("2.1", "2026-11"), ("2.1", "2026-10")]:
        sheet.becomes(october[code], month, "saved")

    assert (figures(NOVEMBER), figures(OCTOBER)) == (["60", "74", "11"], ["59", "73", "12"])
    assert sheet.page.evaluate("document.activeElement.name").endswith("2026-10-value")


def test_typing_replaces_f2_edits_and_escape_takes_back(sheet: Sheet, october: dict[str, KpiYear]) -> None:
    cell = sheet.cell(october["1.1"], "2026-10")
    cell.click()

    sheet.type("8")
    assert cell.input_value() == "8"
    sheet.press("Escape")
    assert cell.input_value() == "59"
    sheet.press("F2")
    sheet.type(".5")
    sheet.press("Tab")
    sheet.becomes(october["1.1"], "2026-10", "saved")

    assert MonthlyResult.objects.get(kpi=october["1.1"]).value == Decimal("59.5")
    assert sheet.page.evaluate("document.activeElement.name") == f"{october['1.1'].public_id}-2026-11-value"


def test_a_block_from_excel_fills_the_cells_from_the_corner(sheet: Sheet, october: dict[str, KpiYear]) -> None:
    sheet.cell(october["1.1"], "2026-10").click()

    sheet.paste('๖๑.๕\t"1,062"\r\n74%\tn/a\r\nสิบ\t11\r\n')
    sheet.becomes(october["2.1"], "2026-10", "refused")
    sheet.becomes(october["2.1"], "2026-11", "saved")

    stored = {(one.kpi.code, one.month.month): one.value for one in MonthlyResult.objects.select_related("kpi")}
    assert stored == {
        ("1.1", 10): Decimal("61.5"),
        ("1.1", 11): Decimal(1062),
        ("1.2", 10): Decimal(74),
        ("1.2", 11): None,
        ("2.1", 10): Decimal("11.5"),
        ("2.1", 11): Decimal(11),
    }
    assert sheet.cell(october["2.1"], "2026-10").input_value() == "สิบ"
    assert "ไม่ใช่ตัวเลข" in sheet.page.locator("td.is-refused .cell-said").inner_text()


def test_a_block_is_chosen_with_shift_and_copied(sheet: Sheet, october: dict[str, KpiYear]) -> None:
    sheet.cell(october["1.1"], "2026-10").click()

    sheet.press("Shift+ArrowDown")
    sheet.press("Shift+ArrowRight")

    assert sheet.copied() == "59\t\r\n73\t"


def test_the_later_of_two_in_one_cell_is_told_and_decides(
    sheet: Sheet, other: Sheet, october: dict[str, KpiYear]
) -> None:
    kpi = october["1.2"]
    other.open()

    sheet.cell(kpi, "2026-10").fill("75")
    sheet.press("Enter")
    sheet.becomes(kpi, "2026-10", "saved")
    other.cell(kpi, "2026-10").click()
    other.type("80")
    other.press("Enter")
    other.becomes(kpi, "2026-10", "overtaken")

    assert MonthlyResult.objects.get(kpi=kpi).value == Decimal(75)
    other.cell(kpi, "2026-10").focus()
    assert "75" in other.page.locator("[data-line]").inner_text()
    other.press("Enter")
    other.becomes(kpi, "2026-10", "saved")
    assert MonthlyResult.objects.get(kpi=kpi).value == Decimal(80)


def test_what_others_saved_appears_with_ones_own_next_figure(
    sheet: Sheet, run: Run, october: dict[str, KpiYear], cast: Any
) -> None:
    results.report_many(
        run,
        OCTOBER,
        [Figure(october["1.2"], Decimal(90), seen=1)],
        by=cast.people["staff"],
        at=cast_moment(IN_DECEMBER),
    )

    sheet.cell(october["1.1"], "2026-11").click()
    sheet.type("60")
    sheet.press("Enter")
    sheet.becomes(october["1.2"], "2026-10", "changed")

    assert sheet.cell(october["1.2"], "2026-10").input_value() == "90"


def cast_moment(moment: Any) -> Any:
    """A second after a page was opened at this moment."""
    return moment.replace(second=moment.second + 1)


def test_a_session_that_ended_while_typing_loses_nothing(
    sheet: Sheet, october: dict[str, KpiYear], look_for_violations: Callable[[Any], None]
) -> None:
    kpi = october["1.1"]
    sheet.page.context.clear_cookies(name="sessionid")

    sheet.cell(kpi, "2026-11").click()
    sheet.type("60")
    sheet.press("Enter")
    sheet.becomes(kpi, "2026-11", "waiting")
    look_for_violations(sheet.page)
    sheet.page.locator(".sheet-sign-in").click()
    sheet.page.fill("[name=login]", "planner")
    sheet.page.fill("[name=password]", PASSWORD)
    sheet.press("Enter")
    sheet.page.locator("[data-found] .button-primary").click()
    sheet.becomes(kpi, "2026-11", "saved")

    assert MonthlyResult.objects.get(kpi=kpi, month=NOVEMBER).value == Decimal(60)
    assert sheet.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('raprong:figures')).length") == 0


def test_figures_wait_while_the_server_cannot_be_reached(sheet: Sheet, october: dict[str, KpiYear]) -> None:
    kpi = october["1.1"]
    sheet.page.context.set_offline(True)

    sheet.cell(kpi, "2026-11").click()
    sheet.type("60")
    sheet.press("Enter")
    sheet.becomes(kpi, "2026-11", "waiting")
    sheet.page.context.set_offline(False)
    sheet.becomes(kpi, "2026-11", "saved")

    assert MonthlyResult.objects.get(kpi=kpi, month=NOVEMBER).value == Decimal(60)


def test_another_person_at_the_same_browser_is_offered_nothing(
    sheet: Sheet, live_server: Any, sign_in: SignIn, october: dict[str, KpiYear]
) -> None:
    sheet.cell(october["1.2"], "2026-11").fill("สิบ")
    sheet.press("Enter")
    sheet.becomes(october["1.2"], "2026-11", "refused")

    let_in(sheet.page, live_server, sign_in("staff"))
    sheet.open()

    assert not sheet.page.locator("[data-found]").is_visible()


def test_on_a_phone_one_month_or_one_kpi_is_shown(sheet: Sheet, october: dict[str, KpiYear]) -> None:
    sheet.page.set_viewport_size({"width": 390, "height": 800})

    sheet.open()
    shown_of_month = [cell.is_visible() for cell in sheet.page.locator("input[data-cell]").all()]
    sheet.open(f"?kpi={october['1.1'].public_id}")
    shown_of_kpi = [cell.is_visible() for cell in sheet.page.locator("input[data-cell]").all()]

    assert shown_of_month.count(True) == 3
    assert shown_of_kpi == [True, True, True]
    assert sheet.page.evaluate("document.documentElement.scrollWidth") <= 390
