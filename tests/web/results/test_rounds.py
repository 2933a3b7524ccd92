"""The page of results by round."""

import pytest
from django.urls import reverse

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.web.keyboard import SignIn


@pytest.mark.parametrize(
    ("rhythm", "heads"), [("", ["6 months", "12 months"]), ("5-10", ["5 months", "10 months"]), ("x", ["6 months"])]
)
def test_rounds_follow_the_rhythm_that_is_chosen(
    run: Run, october: dict[str, KpiYear], english: SignIn, rhythm: str, heads: list[str]
) -> None:
    address = reverse("results:rounds", kwargs={"run": run.public_id})

    page = english("director").get(address, {"rhythm": rhythm} if rhythm else {}).text

    assert all(head in page for head in heads)
    assert "Complete and on time" in page


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("word", b"PK"), ("workbook", b"PK")])
def test_the_report_of_a_round_of_another_rhythm_is_printed(
    run: Run, october: dict[str, KpiYear], english: SignIn, form: str, begins: bytes
) -> None:
    address = report_of(run, "monthly", 1, form)

    page = english("director").get(reverse("results:rounds", kwargs={"run": run.public_id}), {"rhythm": "monthly"})
    answer = english("director").get(address)

    assert address in page.text
    assert b"".join(answer.streaming_content).startswith(begins)


@pytest.mark.parametrize(("rhythm", "months", "form"), [("5-10", 6, "pdf"), ("x", 6, "pdf"), ("5-10", 5, "exe")])
def test_there_is_no_report_of_what_there_is_not(
    run: Run, october: dict[str, KpiYear], english: SignIn, rhythm: str, months: int, form: str
) -> None:
    assert english("director").get(report_of(run, rhythm, months, form)).status_code == 404


def test_a_round_to_come_is_refused_in_words(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    answer = english("director").get(report_of(run, "5-10", 10, "pdf"))

    assert answer.status_code == 403
    assert "The round of 10 months has not begun yet." in answer.text


@pytest.mark.parametrize("username", ["planner.pa", "director.pa"])
def test_somebody_of_another_department_prints_nothing(
    run: Run, october: dict[str, KpiYear], sign_in: SignIn, username: str
) -> None:
    assert sign_in(username).get(report_of(run, "5-10", 5, "pdf")).status_code == 404


def report_of(run: Run, rhythm: str, months: int, form: str) -> str:
    kwargs = {"run": run.public_id, "rhythm": rhythm, "months": months, "form": form}
    return reverse("results:round-report", kwargs=kwargs)
