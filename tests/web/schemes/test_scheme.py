"""The rules of scoring in plain words, what another scheme would change, and who may change it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from raprong.assessments.models import SelfAssessment
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.queries import scheme_of
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.web.keyboard import SignIn


def page_of(client: Client, run: Run) -> str:
    return client.get(reverse("schemes:scheme", kwargs={"run": run.public_id})).content.decode()


def address(run: Run) -> str:
    return reverse("schemes:change", kwargs={"run": run.public_id})


def typed(run: Run, **changed: Any) -> dict[str, Any]:
    """The five-level scheme as its form holds it."""
    version = Framework.objects.get(run=run).version
    statuses = ("not_reported", "missing", "not_applicable", "cancelled", "not_started")
    return {
        "base": "five-level",
        "version": version,
        "places": "4",
        "weighted_places": "4",
        "total_places": "4",
        "round_score_first": "on",
        "share_inside_parent": "on",
        "confirmed": "on",
        "below": "floor",
        "cap": "",
        **dict.fromkeys(statuses, "excluded"),
        **band(0, "ต่ำกว่า", "Below target", "below", "3", "red"),
        **band(1, "ตามเป้า", "On target", "up_to", "5", "green"),
        "because": "ตามกรอบของกรม",
        **changed,
    }


def band(number: int, thai: str, english: str, end: str, at: str, colour: str) -> dict[str, str]:
    said = {"title_th": thai, "title_en": english, "end": end, "at": at, "colour": colour, "code": f"band-{number}"}
    return {f"band_{number}-{name}": value for name, value in said.items()}


def rule(number: int, **changed: str) -> dict[str, str]:
    said = {"title_th": "หัก", "title_en": "Missed", "on": "kpi", "kind": "points", "amount": "-0.2", "most": ""}
    return {f"rule_{number}-{name}": value for name, value in (said | changed).items()}


def test_the_rules_stand_in_plain_words(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = page_of(english("staff"), run)

    assert "Five-level scale" in page
    assert "rounded half-up" in page
    assert "Short of the first level" in page
    assert "Its weight is left out" in page
    assert 'class="band band-red"' in page
    assert "over 4 to 5" in page
    assert "This scheme has no rules that deduct or add." in page


def test_who_may_not_change_it_reads_why(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    staff = english("staff")

    page = page_of(staff, run)

    assert 'aria-disabled="true"' in page
    assert address(run) not in page
    assert staff.get(address(run)).status_code == 403
    assert staff.post(address(run), typed(run, places="2")).status_code == 403
    assert scheme_of(run).places == 4


def test_looking_shows_the_change_and_saves_nothing(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    answer = english("planner").post(address(run), typed(run, places="0", because="", look="yes"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "What this would change" in page
    assert "3.2700" in page  # now
    assert "3.5000" in page  # (50 × 3 + 30 × 4 + 20 × 4) ÷ 100
    assert scheme_of(run).places == 4
    assert not Entry.objects.filter(kind="framework.scheme_set").exists()


def test_saving_puts_the_scheme_in_force_with_the_reason(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    said = typed(run, below="zero", **rule(0))

    answer = english("planner").post(address(run), said, follow=True)

    page = answer.content.decode()
    in_force = scheme_of(run)
    assert (str(in_force.below), [one.code for one in in_force.rules]) == ("zero", ["rule-1"])
    assert "ตามกรอบของกรม" in page
    assert "floor → zero" in page
    assert "Missed: −0.2" in page or "Missed: -0.2" in page


def test_every_fault_stands_at_its_field(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    said = typed(run, because="", **band(1, "ตามเป้า", "On target", "up_to", "2", "green"), **rule(0, amount="0"))

    answer = english("planner").post(address(run), said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 things need your attention" in page
    assert 'href="#id_because"' in page
    assert 'href="#id_rule_0-amount"' in page
    assert 'value="ตามเป้า"' in page
    assert "Write the lowest first." in page


def test_a_scheme_that_is_not_confirmed_says_so(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = english("planner").get(f"{address(run)}?scheme=anchors-50-75-100").content.decode()

    assert "The agency must confirm it" in page
    assert "Three anchors" in page


def test_criteria_off_the_scale_are_named(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    said = typed(run, base="anchors-50-75-100", because="", look="yes")

    page = english("planner").post(address(run), said).content.decode()

    assert "name scores that this scheme has not" in page
    assert "1.1, 1.2, 2.1" in page


def test_the_later_planner_is_told(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    planner, read = english("planner"), typed(run, below="zero")
    Framework.objects.filter(run=run).update(version=99)

    answer = planner.post(address(run), read)

    assert answer.status_code == 409
    assert "after you opened the page" in answer.content.decode()


def test_once_a_report_is_submitted_the_page_says_why_it_stays(
    run: Run, october: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    SelfAssessment.objects.create(
        run=run, months=6, state="submitted", opened_at=NEW_YEAR, opened_by=cast.people["planner"]
    )

    page = page_of(english("planner"), run)

    assert "it no longer changes" in page
    assert english("planner").post(address(run), typed(run, places="2")).status_code == 403


def test_another_department_finds_nothing(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    stranger = english("planner.pa")

    assert stranger.get(reverse("schemes:scheme", kwargs={"run": run.public_id})).status_code == 404
    assert stranger.get(address(run)).status_code == 404
    assert stranger.post(address(run), typed(run, places="2")).status_code == 404


def test_a_window_to_object_is_given_and_told(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    said = typed(run, objection_days="๑๐", unopened_days="3", panel="5", ranked="on")

    answer = english("planner").post(address(run), said, follow=True)

    terms = scheme_of(run).result
    assert (terms.objection_days, terms.unopened_days, terms.panel, terms.ranked) == (10, 3, 5, True)
    assert "within 10 working days" in answer.text
    assert "The place among the units of the agency is published." in answer.text


def test_without_days_to_object_scores_are_final_at_once(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    english("planner").post(address(run), typed(run, places="2"))

    assert scheme_of(run).result.objection_days is None
