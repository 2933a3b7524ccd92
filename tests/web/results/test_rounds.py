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
