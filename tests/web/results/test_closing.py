"""The pages of closing a month or a round, and of opening a month again."""

from django.urls import reverse

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.models import MonthClose
from tests.web.keyboard import SignIn


def address(run: Run, name: str, month: str = "2026-11") -> str:
    return reverse(f"results:{name}", kwargs={"run": run.public_id, "month": month})


def test_each_missing_figure_has_a_place_for_its_own_reason(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client, own = english("planner"), f"waive-2026-11-{october['1.2'].public_id}"

    asked = client.get(address(run, "close")).text
    closed = client.post(address(run, "close"), {own: "รอผลสำรวจ", "because": "ไม่ได้วัด"})

    assert f'name="{own}"' in asked
    assert closed.status_code == 302
    assert MonthClose.objects.get().snapshot["waived"] == {"1.1": "ไม่ได้วัด", "1.2": "รอผลสำรวจ", "2.1": "ไม่ได้วัด"}


def test_a_month_is_opened_again_with_a_reason_and_both_closings_compared(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client = english("planner")
    client.post(address(run, "close", "2026-10"))

    without = client.post(address(run, "reopen", "2026-10"), {"because": ""})
    opened = client.post(address(run, "reopen", "2026-10"), {"because": "ตัวเลขผิด"}, follow=True)
    cell = {"seen": '{"2026-10": [1, {"value": "73"}]}', "2026-10-value": "80"}
    client.post(
        reverse("results:grid", kwargs={"run": run.public_id}),
        {f"{october['1.2'].public_id}-{name}": value for name, value in cell.items()},
    )
    client.post(address(run, "close", "2026-10"))
    page = client.get(address(run, "closings", "2026-10")).text

    assert without.status_code == 422
    assert "is open again" in opened.text
    for said in ("Closing 1", "Closing 2", "ตัวเลขผิด", ">73<", ">80<", MonthClose.objects.get(revision=2).digest):
        assert said in page


def test_who_may_not_open_a_month_reads_why(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    english("planner").post(address(run, "close", "2026-10"))

    page = english("staff").get(address(run, "closings", "2026-10")).text
    answer = english("staff").post(address(run, "reopen", "2026-10"), {"because": "…"})

    assert "this is for" in page
    assert answer.status_code == 403


def test_a_month_that_never_closed_has_no_page_of_closings(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    assert english("planner").get(address(run, "closings")).status_code == 404
    assert english("planner").post(address(run, "reopen"), {"because": "…"}).status_code == 404


def test_a_round_that_is_not_over_cannot_be_closed(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = reverse("results:close-round", kwargs={"run": run.public_id, "months": 6})

    asked = english("planner").get(page)
    sent = english("planner").post(page, {"because": "…"})

    assert asked.status_code == 200
    assert sent.status_code == 403
    assert "not over yet" in sent.text


def test_an_outsider_finds_no_closing(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    english("planner").post(address(run, "close", "2026-10"))
    outsider = english("planner.pa")
    round_page = reverse("results:close-round", kwargs={"run": run.public_id, "months": 6})
    closed = reverse("results:closed", kwargs={"close": MonthClose.objects.get().public_id})

    answers = [
        outsider.get(address(run, "closings", "2026-10")),
        outsider.post(address(run, "reopen", "2026-10"), {"because": "…"}),
        outsider.post(address(run, "close"), {"because": "…"}),
        outsider.post(round_page, {"because": "…"}),
        outsider.get(closed),
    ]

    assert {answer.status_code for answer in answers} == {404}
