"""A month's page that was sent and could not be saved."""

import html

from django.urls import reverse

from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.web.keyboard import SignIn


def october_of(run: Run) -> str:
    return reverse("results:month", kwargs={"run": run.public_id, "month": "2026-10"})


def test_what_was_typed_stays_and_the_rest_of_the_month_is_as_it_stands(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    typed, untouched = october["1.2"].public_id, october["1.1"].public_id
    data = {f"{typed}-value": "1.00001", f"{typed}-version": "1", f"{untouched}-value": "", f"{untouched}-version": "0"}

    page = english("planner").post(october_of(run), data).content.decode()

    assert 'value="1.00001"' in page
    assert f'name="{untouched}-version" value="1"' in page


def test_a_figure_for_a_kpi_that_is_no_longer_selected_is_refused_in_words(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    kpi = october["1.2"]
    KpiYear.objects.filter(pk=kpi.pk).update(state=KpiState.NOT_SELECTED)

    answer = english("staff").post(october_of(run), {f"{kpi.public_id}-value": "80", f"{kpi.public_id}-version": "1"})

    assert answer.status_code == 403
    assert "is not a KPI of this year's agreement" in html.unescape(answer.content.decode())
