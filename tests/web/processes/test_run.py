"""The page of a run: for those of the unit, for the one whose turn it is, and for somebody from elsewhere."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import Person
from raprong.processes.models import Run


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def address(run: Run) -> str:
    return reverse("processes:run", kwargs={"run": run.public_id})


def step_address(run: Run, name: str, step: str, **more: str) -> str:
    return reverse(f"processes:{name}", kwargs={"run": run.public_id, "step": step, **more})


def test_the_run_is_the_flow_chart_of_its_sop(cast: SampleAgency, run: Run) -> None:
    page = seat(cast.people["planner"]).get(address(run))

    seen = re.sub(r"<[^>]+>", "", page.text)
    for step in run.definition.steps:
        assert step.title in seen
    assert page.text.count('class="box ') == len(run.definition.steps)
    assert 'aria-current="step"' in page.text
    assert run.definition.steps[0].text[0] in seen


def test_somebody_of_another_department_finds_no_run(run: Run, outsider: Person) -> None:
    assert seat(outsider).get(address(run)).status_code == 404
    assert seat(outsider).get(step_address(run, "step", run.definition.steps[0].code)).status_code == 404


def test_whoever_finds_a_run_in_a_list_finds_its_page_and_nobody_else(
    cast: SampleAgency, other_cast: SampleAgency, run: Run
) -> None:
    everybody = [*cast.people.values(), *other_cast.people.values()]

    found = [person for person in everybody if seat(person).get(address(run)).status_code == 200]

    assert found == [person for person in everybody if Run.objects.visible_to(person, on=clock.today()).exists()]
    assert len(found) in range(1, len(everybody))


def test_the_menu_leads_into_the_run_that_was_visited(cast: SampleAgency, run: Run) -> None:
    planner = seat(cast.people["planner"])

    planner.get(address(run))

    page = planner.get(reverse("processes:sops")).text
    assert address(run) in page
    assert reverse("kpis:library", kwargs={"run": run.public_id}) in page


def test_before_any_visit_the_menu_leads_to_ones_own_units_run(cast: SampleAgency, run: Run) -> None:
    assert address(run) in seat(cast.people["staff"]).get(reverse("processes:sops")).text


def test_the_one_whose_step_it_is_reads_what_is_missing_under_the_button(cast: SampleAgency, run: Run) -> None:
    page = seat(cast.people["planner"]).get(address(run)).text

    assert "button-off" in page
    assert run.definition.steps[0].control_points[0].text in page


def test_what_is_missing_is_said_in_the_language_of_the_page(cast: SampleAgency, run: Run) -> None:
    planner = seat(cast.people["planner"])
    planner.cookies["django_language"] = "en"

    page = planner.get(address(run)).text

    said = re.search(r"Still missing: ([^<]+)", page)
    assert said
    assert run.definition.steps[0].control_points[0].text_en in unescape(said[1])
    assert not re.search("[ก-๛]", said[1])


def test_others_are_shown_no_button(cast: SampleAgency, run: Run) -> None:
    page = seat(cast.people["staff"]).get(address(run)).text

    assert "/finish/" not in page
    assert "button-off" not in page


def test_an_answer_is_written_down_with_its_remark(cast: SampleAgency, run: Run) -> None:
    step = run.definition.steps[0]
    planner = seat(cast.people["planner"])
    target = step_address(run, "answer", step.code, control=step.control_points[0].code)

    answer = planner.post(target, {"answer": "yes", "remark": "ตรวจกับแผนแล้ว"})

    assert answer.status_code == 302
    assert run.facts.get().remark == "ตรวจกับแผนแล้ว"
    assert "ตรวจกับแผนแล้ว" in planner.get(step_address(run, "step", step.code)).text


def test_a_control_point_the_sop_does_not_have_is_not_found(cast: SampleAgency, run: Run) -> None:
    target = step_address(run, "answer", run.definition.steps[0].code, control="made-up")

    assert seat(cast.people["planner"]).post(target, {"answer": "yes"}).status_code == 404


def test_ending_a_step_that_is_not_complete_is_refused_in_words(cast: SampleAgency, run: Run) -> None:
    step = run.definition.steps[0]

    answer = seat(cast.people["planner"]).post(step_address(run, "finish", step.code))

    assert answer.status_code == 403
    assert step.control_points[0].text in answer.text
    assert not run.facts.exists()


@pytest.mark.parametrize("verb", ["submit", "accept", "return"])
def test_a_group_of_another_unit_has_no_piece(
    cast: SampleAgency, other_cast: SampleAgency, run: Run, verb: str
) -> None:
    stranger = next(unit for unit in other_cast.units.values() if unit.parent)
    step = next(step for step in run.definition.steps if step.fan_out)
    target = step_address(run, verb, step.code, piece=stranger.public_id)

    assert seat(cast.people["planner"]).post(target).status_code == 404
