"""A year that is over, read in English on a phone: every page fits, and is English but for what the agency wrote."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from raprong.assessments.models import AssessmentItem
from raprong.circulation.models import Letter
from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.year import play
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations.models import Evaluation
from raprong.kpis.models import KpiYear, PolicySource
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.processes.library import sop
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR, PASSWORD
from tests.journeys.desk import PHONE, Desk, Room, sign_in
from tests.journeys.people import see_the_year_done

pytestmark = pytest.mark.django_db(transaction=True)

THAI = re.compile("[\u0e00-\u0e7f]")
# Where the house speaks for itself.
OWN_WORDS = ".menu a, .menu-group, main button, main a.button, main thead th, main legend, main summary, main h1"


@pytest.fixture
def run(agencies: dict[str, SampleAgency], room: Room, on_the_morning_of: Callable[[date], None]) -> Run:
    """A year with all of its steps done."""
    cast = agencies["hss"]
    stage = Stage.set(list(agencies.values()), sop(cast.sop), sample_workbook(), FiscalYear(FISCAL_YEAR), PASSWORD)
    list(play(stage))
    on_the_morning_of(stage.today + timedelta(days=1))
    return stage.run


@pytest.fixture
def planner(room: Room, run: Run) -> Desk:
    """The planning officer on a phone, who has switched to English."""
    desk = room.sit_down("planner", screen=PHONE)
    sign_in(desk)
    desk.page.locator(".drawer > summary").click()
    desk.language = "en"
    desk.click(desk.page.locator(".drawer").get_by_role("button", name="English"))
    return desk


def test_every_page_of_the_year_fits_a_phone_and_speaks_english(planner: Desk, run: Run) -> None:
    faults, own = [], written_by_the_agency(run)

    for address in pages_of(run):
        planner.goto(address)
        faults += [f"{address}: {fault}" for fault in [*too_wide(planner), *thai_words(planner, own)]]

    assert not faults, "\n".join(faults)
    see_the_year_done(planner, run.public_id, steps=len(run.definition.steps))


def pages_of(run: Run) -> Iterator[str]:
    yield from (reverse(name) for name in ALONE)
    yield from (reverse(name, kwargs={"run": run.public_id}) for name in OF_THE_RUN)
    yield reverse("processes:step", kwargs={"run": run.public_id, "step": run.definition.steps[1].code})
    yield reverse("processes:sop", kwargs={"code": run.sop.code})
    for name, model in OF_A_THING.items():
        yield reverse(name, args=[model.objects.order_by("-pk")[0].public_id])


ALONE = (
    "home:work",
    "processes:runs",
    "processes:start",
    "processes:sops",
    "agreements:list",
    "evaluations:list",
    "circulation:list",
    "records:list",
    "organisation:people",
    "stationery:list",
    "shell:switch",
    "demonstration:clock",
)
OF_THE_RUN = (
    "processes:run",
    "kpis:framework",
    "kpis:library",
    "kpis:propose",
    "kpis:import",
    "quality:run",
    "quality:owners",
    "kpis:selection",
    "kpis:department",
    "kpis:details",
    "agreements:agreement",
    "agreements:papers",
    "cascade:board",
    "cascade:mine",
    "results:grid",
    "results:scores",
    "results:import",
    "assessments:list",
)
OF_A_THING: dict[str, Any] = {
    "kpis:kpi": KpiYear,
    "kpis:fill-details": KpiYear,
    "results:kpi": KpiYear,
    "assessments:item": AssessmentItem,
    "evaluations:evaluation": Evaluation,
    "circulation:letter": Letter,
}


def too_wide(desk: Desk) -> Iterator[str]:
    width = desk.page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        widest = desk.page.evaluate(WIDEST)
        yield f"{width} px wide, because of {widest}"


WIDEST = """() => {
  const scrolls = (one) => one !== document.body && getComputedStyle(one).overflowX !== "visible";
  const held = (one) => one && (scrolls(one) || held(one.parentElement));
  const wide = [...document.querySelectorAll("main *")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth && !held(one.parentElement));
  return wide.slice(0, 3).map((one) => `${one.tagName}.${one.className}`).join(" ");
}"""


def thai_words(desk: Desk, own: list[str]) -> Iterator[str]:
    """What is Thai on the page beside what the agency wrote or what is marked as Thai."""
    said = desk.page.locator(OWN_WORDS).evaluate_all(
        "all => all.filter(one => !one.closest('[lang=th]')).map(one => one.textContent)"
    )
    for words in said:
        left = " ".join(words.split())
        for written in own:
            left = left.replace(written, "")
        if THAI.search(left):
            yield f"in Thai: {' '.join(words.split())[:80]}"


def written_by_the_agency(run: Run) -> list[str]:
    """Names of KPIs, what they are measured in, policies and letters, the longest first."""
    kpis = KpiYear.objects.of_run(run).values_list("title", "measure")
    sources = PolicySource.objects.filter(framework__run=run).values_list("title", flat=True)
    subjects = Letter.objects.values_list("subject", flat=True)
    return sorted({text for pair in kpis for text in pair} | {*sources, *subjects}, key=len, reverse=True)
