import pytest

from raprong.access.models import RoleGrant
from raprong.access.rules import Refused
from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER


def also_assessor(person: Person) -> Person:
    """The same person, now also an assessor of the whole agency."""
    RoleGrant.objects.create(person=person, role="assessor", agency=person.agency, starts_on=IN_OCTOBER.date())
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("name", ["planner", "director", "head1", "staff", "executive", "auditor"])
def test_only_assessors_and_hosts_open_an_evaluation(submitted: SelfAssessment, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        evaluations.open_evaluation(submitted, by=cast.people[name], at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["planner", "staff"])
def test_whoever_wrote_or_reported_does_not_judge(submitted: SelfAssessment, cast: SampleAgency, name: str) -> None:
    judge_of_own_work = also_assessor(cast.people[name])

    with pytest.raises(Refused):
        evaluations.open_evaluation(submitted, by=judge_of_own_work, at=IN_OCTOBER)


def test_the_one_who_scored_does_not_confirm(scored: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.confirm(scored, by=cast.people["assessor"], at=IN_OCTOBER)


def test_one_who_gave_a_single_score_does_not_confirm(evaluation: Evaluation, cast: SampleAgency) -> None:
    assessor, host = cast.people["assessor"], cast.people["host"]
    first, *others = evaluation.scores.all()
    evaluations.keep_calculated(first, seen=None, by=host, at=IN_OCTOBER)
    for score in others:
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)
    finished = evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)

    with pytest.raises(Refused):
        evaluations.confirm(finished, by=host, at=IN_OCTOBER)


def test_whoever_wrote_does_not_confirm(scored: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.confirm(scored, by=also_assessor(cast.people["planner"]), at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["planner", "director", "executive", "auditor"])
def test_nobody_else_sends_back(scored: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        evaluations.send_back(scored, because="ดูอีกครั้ง", by=cast.people[name], at=IN_OCTOBER)


def test_an_assessor_of_another_department_sees_and_does_nothing(
    scored: Evaluation, cast: SampleAgency, other_cast: SampleAgency
) -> None:
    stranger, on = other_cast.people["assessor.pa"], IN_OCTOBER.date()

    assert not Evaluation.objects.visible_to(stranger, on=on).exists()
    assert not GivenScore.objects.visible_to(stranger, on=on).exists()
    with pytest.raises(Refused):
        evaluations.confirm(scored, by=stranger, at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["head1", "staff", "assessor", "executive"])
def test_the_unit_circulates_its_own_result(confirmed: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        evaluations.draft_circular(confirmed, by=cast.people[name], at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["planner", "director", "host"])
def test_the_assessing_unit_announces(confirmed: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        evaluations.draft_result_letter(confirmed, by=cast.people[name], at=IN_OCTOBER)
