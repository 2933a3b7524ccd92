"""Two people at the same report at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from raprong.access.rules import refusal
from raprong.assessments import actions as assessments
from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.factories.assessments import IN_MARCH, agree_on_kpis, come_to, complete, gather_parts, report


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_one_is_told(run: Run, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    kpis = agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=planner, at=run.started_at)
    report(kpis[0], date(2027, 3, 1), "59", by=planner)
    assessment = assessments.open_report(run, 6, by=planner, at=IN_MARCH)
    for item in assessment.items.all():
        complete(item, by=planner, at=IN_MARCH)
    gather_parts(assessment, by=planner, at=IN_MARCH)

    people = [planner, cast.people["director"]]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(lambda person: refusal(submit, assessment, person), people))

    assert sorted(bool(answer) for answer in answers) == [False, True]
    assert Record.objects.filter(kind="self_assessment").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_round_at_once_one_is_told(run: Run, cast: SampleAgency) -> None:
    agree_on_kpis(run, cast)
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)

    people = [cast.people["planner"], cast.people["planning-head"]]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(lambda person: refusal(open_round, run, person), people))

    assert sorted(bool(answer) for answer in answers) == [False, True]
    assert SelfAssessment.objects.filter(run=run).count() == 1


def submit(assessment: SelfAssessment, person: Person) -> None:
    try:
        assessments.submit(assessment, seen=None, by=person, at=IN_MARCH)
    finally:
        connections.close_all()


def open_round(run: Run, person: Person) -> None:
    try:
        assessments.open_report(run, 6, by=person, at=IN_MARCH)
    finally:
        connections.close_all()
