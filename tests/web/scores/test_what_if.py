"""What gives a higher score: nothing is saved, whoever may read the results may try, and nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from raprong.audit.models import Entry
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.processes.models import Run
from raprong.results.models import MonthlyResult
from tests.web.keyboard import SignIn

BAND_TO_9 = {"score": "1", "from": "0", "to": "9"}


def address(run: Run) -> str:
    return reverse("scores:what-if", kwargs={"run": run.public_id})


def change(kpi: KpiYear, **fields: Any) -> None:
    KpiYear.objects.filter(pk=kpi.pk).update(**fields)


def test_what_brings_the_most_comes_first(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = english("staff").get(address(run)).content.decode()

    ranked = page[page.index("What brings the most") : page.index("Try other results")]
    assert ranked.index("1.1</strong>") < ranked.index("1.2</strong>") < ranked.index("2.1</strong>")
    assert "+1.0250" in ranked  # 50 % of 5 − 2.95
    assert "+0.0250" in ranked  # 50 % of 3 − 2.95
    assert "ร้อยละ 100" in ranked
    assert "41 away" in ranked


def test_a_result_that_is_tried_moves_the_total_and_saves_nothing(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    before = (list(MonthlyResult.objects.values()), Entry.objects.count())

    page = english("staff").get(address(run), {october["1.1"].public_id: "๑๐๐"}).content.decode()

    assert "3.2700" in page  # as it stands
    assert "4.2950" in page  # (50 × 5 + 30 × 3.65 + 20 × 3.5) ÷ 100
    assert "+1.0250" in page
    assert "Nothing on this page is saved." in page
    assert (list(MonthlyResult.objects.values()), Entry.objects.count()) == before


def test_a_script_asks_for_the_outcome_alone(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    answer = english("staff").get(address(run), {october["1.1"].public_id: "100"}, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "4.2950" in page
    assert "<html" not in page
    assert "Try other results" not in page


def test_an_empty_field_stays_as_it_is(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    tries = {kpi.public_id: "" for kpi in october.values()}

    page = english("staff").get(address(run), tries).content.decode()

    assert page.count("3.2700") == 2


def test_what_cannot_be_read_is_told_at_its_place(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    change(october["1.2"], criteria_kind="steps", criteria={"kind": "steps", "levels": [["1", "1"], ["5", "5"]]})
    tries = {october["1.1"].public_id: "มาก", october["1.2"].public_id: "2.5", october["2.1"].public_id: "10"}

    answer = english("staff").get(address(run), tries)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things need your attention" in page
    assert f'href="#id_{october["1.1"].public_id}"' in page
    assert "Steps are counted whole" in page
    assert "+0.3000" in page  # what can be read is reckoned: 20 % of 5 − 3.5


@pytest.mark.parametrize(
    ("kind", "criteria", "tried", "total"),
    [
        ("yes_no", {"yes": "5", "no": "1"}, "1", "4.2950"),
        ("choice", {"options": [{"score": "1", "title": "น้อย"}, {"score": "5", "title": "มาก"}]}, "2", "4.2950"),
        ("steps", {"levels": [["1", "1"], ["3", "3"], ["5", "5"]]}, "5", "4.2950"),
        ("bands", {"bands": [BAND_TO_9, {"score": "5", "from": "9", "to": None}]}, "10", "4.2950"),
        ("milestones", {"rounds": [{"months": 12, "levels": [["1", "1"], ["5", "5"]]}]}, "5", "4.2950"),
        ("deviation", {"plan": "100", "side": "both", "levels": [["1", "20"], ["5", "10"]]}, "109", "4.2950"),
    ],
)  # fmt: skip
def test_every_kind_of_criteria_can_be_tried(
    run: Run,
    october: dict[str, KpiYear],
    english: SignIn,
    kind: str,
    criteria: dict[str, Any],
    tried: str,
    total: str,
) -> None:
    change(october["1.1"], criteria_kind=kind, criteria={"kind": kind, **criteria})
    MonthlyResult.objects.filter(kpi=october["1.1"]).update(value=1)
    client = english("staff")

    untouched = client.get(address(run))
    page = client.get(address(run), {october["1.1"].public_id: tried}).content.decode()

    assert untouched.status_code == 200
    assert total in page


def test_a_cancelled_kpi_is_not_tried(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    change(october["1.1"], cancelled_from=6, cancelled_because="ยกเลิกโครงการ")

    page = english("staff").get(address(run)).content.decode()

    assert "Cancelled" in page
    assert "ยกเลิกโครงการ" in page
    assert f'name="{october["1.1"].public_id}"' not in page


def test_without_kpis_the_page_says_what_will_come(run: Run, english: SignIn) -> None:
    assert "Nothing to try yet" in english("staff").get(address(run)).content.decode()


def test_the_way_there_stands_on_the_scores_and_on_the_kpi(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client = english("staff")

    scores = client.get(reverse("results:scores", kwargs={"run": run.public_id})).content.decode()
    kpi = client.get(reverse("results:kpi", kwargs={"kpi": october["1.1"].public_id})).content.decode()

    assert address(run) in scores
    assert f"{address(run)}#kpi-{october['1.1'].public_id}" in kpi


def test_another_department_finds_nothing(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    assert english("planner.pa").get(address(run)).status_code == 404


def test_who_may_not_read_results_is_told(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    assert english("admin").get(address(run)).status_code == 403


def test_with_parts_the_final_score_is_shown_and_other_parts_are_tried(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    scheme = scheme_as_data(available_schemes()["individual-70-30"])
    Framework.objects.filter(run=run).update(scheme=scheme)

    page = english("staff").get(address(run)).content.decode()
    tried = english("staff").get(address(run), {"part_competency": "4.25"}).content.decode()
    alone = english("staff").get(address(run), {"part_competency": "4.25"}, headers={"HX-Request": "true"})
    wrong = english("staff").get(address(run), {"part_competency": "5.01"})

    assert "Final score – of 100" in page
    assert "waits for Competency" in page
    assert "Competency out of 5" in page
    assert "Final score 71.28 of 100" in tried  # 3.27 ÷ 5 × 70 = 45.78, and 4.25 ÷ 5 × 30 = 25.50
    assert "Final score 71.28 of 100" in alone.content.decode()
    assert wrong.status_code == 422
