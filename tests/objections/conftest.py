"""A preliminary result before its unit: scored, confirmed, and under a scheme that gives ten working days."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation
from raprong.kpis.models import KpiYear
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.objections import actions as objections
from raprong.objections import panels
from raprong.objections.models import Objection, Preliminary
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.factories.assessments import IN_OCTOBER, IN_SEPTEMBER, agree_on_kpis, come_to, report, submitted_report
from tests.stage import staged


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@staged
def kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    """Two KPIs with a result, worth 2.95 and 4, and one without, under the scheme with a window."""

    first, second, third = agree_on_kpis(run, cast)
    first.framework.scheme = scheme_as_data(available_schemes()["five-level-objections"])
    first.framework.save(update_fields=["scheme"])
    report(first, date(2027, 9, 1), "59", by=cast.people["staff"])
    report(second, date(2027, 9, 1), "80", by=cast.people["staff"])
    return [first, second, third]


@staged
def submitted(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> SelfAssessment:
    planner = cast.people["planner"]
    come_to(run, "assessments.rounds_submitted", by=planner, at=run.started_at)
    made = submitted_report(run, cast, 12, at=IN_SEPTEMBER)
    come_to(run, "evaluations.confirmed", by=planner, at=IN_SEPTEMBER)
    return made


@staged
def confirmed(submitted: SelfAssessment, cast: SampleAgency) -> Evaluation:
    assessor = cast.people["assessor"]
    evaluation = evaluations.open_evaluation(submitted, by=assessor, at=IN_OCTOBER)
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)
    evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)
    return evaluations.confirm(evaluation, by=cast.people["chief-assessor"], at=IN_OCTOBER)


@staged
def preliminary(confirmed: Evaluation) -> Preliminary:
    return Preliminary.objects.with_story().get(evaluation=confirmed)


@staged
def opened(preliminary: Preliminary, cast: SampleAgency) -> Preliminary:
    return objections.open_result(preliminary, by=cast.people["director"], at=IN_OCTOBER)


@staged
def objection(opened: Preliminary, cast: SampleAgency) -> Objection:
    """Against the score of 1.1, which is 2.95."""
    return objections.object_to(
        opened,
        score=opened.evaluation.scores.get(item__kpi__code="1.1"),
        ground="wrong-figure",
        text="ฐานข้อมูลนับผู้ผ่านเกณฑ์ไม่ครบ",
        seen=None,
        by=cast.people["director"],
        at=IN_OCTOBER,
    )


@pytest.fixture
def panel(cast: SampleAgency) -> list[Person]:
    """Three people without a part in the result; the first is the chair."""
    return [cast.people[name] for name in ("executive", "host", "auditor")]


@pytest.fixture
def seated(objection: Objection, panel: list[Person]) -> Objection:
    panels.name_panel(objection.preliminary, panel, chair=panel[0], by=panel[0], at=IN_OCTOBER)
    return Objection.objects.with_story().get(pk=objection.pk)
