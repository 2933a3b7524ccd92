"""The page on which figures below the chosen level are followed."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.actions import Figure, report_many
from raprong.results.models import FollowUpLevel
from tests.web.keyboard import SignIn
from tests.web.results.conftest import IN_DECEMBER, NOVEMBER


def page(run: Run) -> str:
    return reverse("results:follow-up", kwargs={"run": run.public_id})


def test_the_planner_chooses_the_level_and_sees_what_waits(
    run: Run, october: dict[str, KpiYear], cast: Any, english: SignIn
) -> None:
    KpiYear.objects.filter(pk=october["1.1"].pk).update(counting="monthly")

    before = english("planner").get(page(run)).text
    after = english("planner").post(page(run), {"below": "3"}, follow=True).text

    assert "No level is chosen yet." in before
    assert FollowUpLevel.objects.get().below == Decimal(3)
    assert f"/results/{october['1.1'].public_id}/2026-10/" in after


def test_others_read_who_chooses_the_level(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    seen = english("staff").get(page(run)).text
    sent = english("staff").post(page(run), {"below": "3"})

    assert "this is for" in seen
    assert sent.status_code == 403


def test_questions_without_an_answer_are_listed(
    run: Run, october: dict[str, KpiYear], cast: Any, english: SignIn
) -> None:
    report_many(run, NOVEMBER, [Figure(october["1.1"], Decimal(40))], by=cast.people["planner"], at=IN_DECEMBER)

    assert "40 is less than last month" in english("director").get(page(run)).text.replace("&#39;", "'")
