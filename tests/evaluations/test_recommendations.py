"""What is advised has an owner and a day, and is followed until an assessor closes it."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import translation

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.models import AppendOnly
from raprong.evaluations import conflicts, recommendations
from raprong.evaluations.enums import AdviceState
from raprong.evaluations.models import Evaluation, Recommendation, RecommendationStep
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER, PDF

IN_A_MONTH = IN_OCTOBER.date() + timedelta(days=30)
AFTER_IT = IN_OCTOBER + timedelta(days=40)
ADVICE = "จัดทำทะเบียนผู้เรียนให้ตรวจย้อนได้"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def kpi(evaluation: Evaluation) -> KpiYear:
    return evaluation.scores.get(item__kpi__code="1.1").item.kpi


@pytest.fixture
def made(evaluation: Evaluation, kpi: KpiYear, cast: SampleAgency) -> Recommendation:
    return recommend(evaluation, kpi, cast.people["assessor"], owner=cast.people["head1"])


def recommend(
    evaluation: Evaluation, kpi: KpiYear | None, by: Person, *, owner: Person | None, due_on: date = IN_A_MONTH
) -> Recommendation:
    return recommendations.recommend(evaluation, kpi, text=ADVICE, owner=owner, due_on=due_on, by=by, at=IN_OCTOBER)


def test_advice_goes_from_its_owner_back_and_to_the_end(made: Recommendation, cast: SampleAgency) -> None:
    owner, assessor = cast.people["head1"], cast.people["assessor"]
    files = [(BytesIO(PDF), "ทะเบียน.pdf")]

    recommendations.report_done(made, "ทำแล้ว", files, seen=None, by=owner, at=IN_OCTOBER)
    later = IN_A_MONTH + timedelta(days=30)
    back = recommendations.return_(made, because="ยังขาดรุ่นที่ 2", due_on=later, seen=None, by=assessor, at=IN_OCTOBER)
    assert (back.state, back.due_on) == (AdviceState.OPEN, later)
    recommendations.report_done(made, "ครบทุกรุ่น", seen=None, by=owner, at=IN_OCTOBER)
    closed = recommendations.close(made, because="ตรวจแล้วครบ", seen=None, by=assessor, at=IN_OCTOBER)

    assert closed.state == AdviceState.CLOSED
    assert [step.move for step in made.steps.all()] == ["report", "return", "report", "close"]
    kinds = list(Entry.objects.filter(kind__contains=".advice_").order_by("pk").values_list("kind", flat=True))
    assert [kind.rpartition("_")[2] for kind in kinds] == ["reported", "returned", "reported", "closed"]
    with pytest.raises(AppendOnly):
        RecommendationStep.objects.update(text="อื่น")


def test_it_is_carried_into_the_next_round_until_it_is_closed(
    made: Recommendation, evaluation: Evaluation, cast: SampleAgency
) -> None:
    assert list(recommendations.followed_for(evaluation)) == [made]

    recommendations.close(made, because="ไม่จำเป็นแล้ว", seen=None, by=cast.people["assessor"], at=IN_OCTOBER)

    assert not recommendations.followed_for(evaluation).exists()


def test_a_late_report_is_taken_and_said_to_be_late(made: Recommendation, cast: SampleAgency) -> None:
    recommendations.report_done(made, "ช้าไป", seen=None, by=cast.people["head1"], at=AFTER_IT)

    assert Entry.objects.get(kind="evaluation.advice_reported").facts["late"] is True


@pytest.mark.parametrize("name", ["planner", "director", "staff", "auditor", "executive"])
def test_only_assessors_advise_and_close(
    evaluation: Evaluation, kpi: KpiYear, made: Recommendation, cast: SampleAgency, name: str
) -> None:
    with pytest.raises(Refused):
        recommend(evaluation, kpi, cast.people[name], owner=cast.people["head1"])
    with pytest.raises(Refused):
        recommendations.close(made, because="จบ", seen=None, by=cast.people[name], at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["staff2", "head2", "auditor", "assessor"])
def test_nobody_else_says_that_it_is_done(made: Recommendation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        recommendations.report_done(made, "ทำแล้ว", seen=None, by=cast.people[name], at=IN_OCTOBER)


def test_an_outsider_sees_and_advises_nothing(
    evaluation: Evaluation, kpi: KpiYear, made: Recommendation, other_cast: SampleAgency
) -> None:
    stranger = other_cast.people["assessor.pa"]

    with pytest.raises(Refused):
        recommend(evaluation, kpi, stranger, owner=stranger)
    assert not Recommendation.objects.visible_to(stranger, on=IN_OCTOBER.date()).exists()


def test_who_declared_a_conflict_advises_nothing_there(
    evaluation: Evaluation, kpi: KpiYear, cast: SampleAgency
) -> None:
    conflicts.declare(evaluation.run, kpi, because="เป็นญาติ", by=cast.people["assessor"], at=IN_OCTOBER)

    with pytest.raises(Refused, match="this KPI"):
        recommend(evaluation, kpi, cast.people["assessor"], owner=cast.people["head1"])


def test_owner_and_day_are_asked_for(evaluation: Evaluation, kpi: KpiYear, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        recommend(evaluation, kpi, cast.people["assessor"], owner=cast.people["executive"], due_on=IN_OCTOBER.date())

    assert {fault.field for fault in refused.value.faults} == {"owner", "due_on"}


def test_what_is_not_done_is_not_sent_back(made: Recommendation, cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="Nobody has said"):
        recommendations.return_(
            made, because="ขาด", due_on=IN_A_MONTH, seen=None, by=cast.people["assessor"], at=IN_OCTOBER
        )
