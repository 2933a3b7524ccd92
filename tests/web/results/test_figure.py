"""The page of a single figure: history, comments, questions and what is done about it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.models import CorrectiveAction, FigureAnswer, FigureComment
from tests.web.keyboard import SignIn
from tests.web.results.conftest import IN_DECEMBER, NOVEMBER


def place(kpi: KpiYear, name: str = "figure", **more: str) -> str:
    return reverse(f"results:{name}", kwargs={"kpi": kpi.public_id, "month": "2026-11"} | more)


@pytest.fixture
def odd(run: Run, october: dict[str, KpiYear], cast: Any) -> KpiYear:
    """1.2 with a figure in November that is asked about: it is above a hundred per cent."""
    figure = Figure(october["1.2"], Decimal(140), note="ตามรายงาน")
    results.report_many(run, NOVEMBER, [figure], by=cast.people["staff"], at=IN_DECEMBER)
    return october["1.2"]


def test_the_history_tells_who_when_before_after_and_why(odd: KpiYear, run: Run, cast: Any, english: SignIn) -> None:
    figure = Figure(odd, Decimal(90), note="พิมพ์ผิด", seen=1)
    results.report_many(run, NOVEMBER, [figure], by=cast.people["planner"], at=IN_DECEMBER)

    page = english("director").get(place(odd)).text

    for said in (cast.people["staff"].name, cast.people["planner"].name, "140", "90", "พิมพ์ผิด", "ตามรายงาน"):
        assert said in page


def test_a_reader_comments_and_an_empty_comment_stands_at_its_field(odd: KpiYear, english: SignIn) -> None:
    client = english("director")

    said = client.post(place(odd, "comment"), {"text": "โปรดตรวจ"}, follow=True)
    empty = client.post(place(odd, "comment"), {"text": ""})

    assert "โปรดตรวจ" in said.text
    assert empty.status_code == 422
    assert "error-summary" in empty.text
    assert FigureComment.objects.get().text == "โปรดตรวจ"


def test_a_question_is_answered_with_a_reason_that_assessors_see(odd: KpiYear, english: SignIn) -> None:
    asked = english("staff").get(place(odd)).text
    english("staff").post(place(odd, "answer", rule="out-of-range"), {"out-of-range-because": "นับรวมผู้สมัครเพิ่ม"})

    seen = english("assessor").get(place(odd)).text

    assert "140 is above 100" in asked
    assert FigureAnswer.objects.get().because == "นับรวมผู้สมัครเพิ่ม"
    assert "นับรวมผู้สมัครเพิ่ม" in seen


def test_who_does_not_report_is_told_why_instead_of_asked(odd: KpiYear, english: SignIn) -> None:
    page = english("director").get(place(odd)).text
    answer = english("director").post(place(odd, "answer", rule="out-of-range"), {"out-of-range-because": "…"})

    assert "this is for" in page
    assert answer.status_code == 403
    assert not FigureAnswer.objects.exists()


def test_cause_and_action_are_written_and_closed_on_the_page(odd: KpiYear, cast: Any, english: SignIn) -> None:
    client = english("staff")
    plan = {
        "cause": "ข้อมูลช้า",
        "action": "เร่งรัดหน่วยรายงาน",
        "owner": cast.people["head1"].public_id,
        "due_on": "2027-01-31",
        "version": "0",
    }

    faulty = client.post(place(odd, "action"), plan | {"due_on": "2020-01-01"})
    written = client.post(place(odd, "action"), plan, follow=True)
    closed = english("head1").post(place(odd, "close-action"), {"outcome": "รายงานครบ", "version": "1"}, follow=True)

    assert faulty.status_code == 422
    assert "not past" in faulty.text
    assert "เร่งรัดหน่วยรายงาน" in written.text
    assert "รายงานครบ" in closed.text
    assert CorrectiveAction.objects.get().closed_by == cast.people["head1"]


def test_the_grid_shows_what_hangs_on_a_figure(odd: KpiYear, run: Run, english: SignIn) -> None:
    page = english("planner").get(reverse("results:grid", kwargs={"run": run.public_id})).text

    assert "not answered: 140 is above 100" in page


@pytest.mark.parametrize("username", ["planner.pa", "assessor.pa"])
def test_an_outsider_finds_no_figure(odd: KpiYear, sign_in: SignIn, username: str) -> None:
    client = sign_in(username)

    answers = [
        client.get(place(odd)),
        client.post(place(odd, "comment"), {"text": "…"}),
        client.post(place(odd, "answer", rule="out-of-range")),
        client.post(place(odd, "action")),
        client.post(place(odd, "close-action")),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_a_figure_opens_as_a_panel_over_the_grid(
    browser_page: Any,
    live_server: Any,
    sign_in: SignIn,
    run: Run,
    odd: KpiYear,
    look_for_violations: Callable[[Any], None],
) -> None:
    session = sign_in("planner").cookies["sessionid"].value
    browser_page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    browser_page.goto(f"/results/of/{run.public_id}/")

    browser_page.locator(f'[name="{odd.public_id}-2026-11-value"]').click()
    browser_page.keyboard.press("Shift+F2")
    browser_page.locator("dialog[open] [name=text]").fill("โปรดตรวจ")
    look_for_violations(browser_page)
    browser_page.locator("dialog form:has([name=text]) button").click()
    browser_page.locator("dialog .figure-comment", has_text="โปรดตรวจ").wait_for()
    browser_page.keyboard.press("Escape")

    browser_page.locator("a.cell-marks", has_text="✎1").wait_for()
    assert FigureComment.objects.get().text == "โปรดตรวจ"


def test_assessors_see_questions_and_answers_on_the_page_of_the_kpi(odd: KpiYear, english: SignIn) -> None:
    address = reverse("results:kpi", kwargs={"kpi": odd.public_id})

    before = english("assessor").get(address).text
    english("staff").post(place(odd, "answer", rule="out-of-range"), {"out-of-range-because": "นับรวมผู้สมัครเพิ่ม"})
    after = english("assessor").get(address).text

    assert "Not answered" in before
    assert "นับรวมผู้สมัครเพิ่ม" in after
