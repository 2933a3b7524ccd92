"""Who is too near says so, and judges no more: in every verb, for a KPI or for the whole unit."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.evaluations import actions as evaluations
from raprong.evaluations import adjustments, conflicts, inquiries, part_scores
from raprong.evaluations.models import Conflict, Evaluation, GivenScore
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER

NEXT_WEEK = IN_OCTOBER.date() + timedelta(days=7)
TOO_NEAR = "พี่สาวเป็นหัวหน้ากลุ่มนี้"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def assessor(cast: SampleAgency) -> Person:
    return cast.people["assessor"]


@pytest.fixture
def score(evaluation: Evaluation) -> GivenScore:
    return evaluation.scores.get(item__kpi__code="1.1")


def declare(evaluation: Evaluation, by: Person, score: GivenScore | None = None) -> Conflict:
    kpi = score.item.kpi if score else None
    return conflicts.declare(evaluation.run, kpi, because=TOO_NEAR, by=by, at=IN_OCTOBER)


def test_a_conflict_with_the_unit_shuts_every_verb(evaluation: Evaluation, score: GivenScore, assessor: Person) -> None:
    declare(evaluation, assessor)
    known: Any = {"by": assessor, "at": IN_OCTOBER}

    with pytest.raises(Refused, match="somebody else judges"):
        evaluations.keep_calculated(score, seen=None, **known)
    with pytest.raises(Refused):
        evaluations.set_score(score, given=Decimal(3), because="เหตุ", seen=None, **known)
    with pytest.raises(Refused):
        adjustments.adjust(evaluation, rule="any", score=None, count=1, because="เหตุ", seen=None, **known)
    with pytest.raises(Refused):
        part_scores.give_part_score(evaluation, part="any", score=Decimal(1), because="เหตุ", seen=None, **known)
    with pytest.raises(Refused):
        inquiries.ask(score, "ขอเพิ่ม", due_on=NEXT_WEEK, **known)
    with pytest.raises(Refused):
        evaluations.finish_scoring(evaluation, **known)


def test_a_conflict_with_one_kpi_leaves_the_others(evaluation: Evaluation, score: GivenScore, assessor: Person) -> None:
    declare(evaluation, assessor, score)
    other = evaluation.scores.get(item__kpi__code="1.2")

    with pytest.raises(Refused, match="this KPI"):
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)
    with pytest.raises(Refused, match="this KPI"):
        inquiries.ask(score, "ขอเพิ่ม", due_on=NEXT_WEEK, by=assessor, at=IN_OCTOBER)

    kept = evaluations.keep_calculated(other, seen=None, by=assessor, at=IN_OCTOBER)
    assert kept.looked_at_by == assessor


def test_who_is_off_one_kpi_does_not_confirm_the_rest(scored: Evaluation, cast: SampleAgency) -> None:
    chief = cast.people["chief-assessor"]
    declare(scored, chief, scored.scores.get(item__kpi__code="1.2"))

    with pytest.raises(Refused, match=r"1\.2"):
        evaluations.confirm(scored, seen=None, by=chief, at=IN_OCTOBER)

    host = cast.people["host"]
    assert evaluations.confirm(scored, seen=None, by=host, at=IN_OCTOBER).confirmed_by == host


def test_who_is_off_the_unit_does_not_send_its_scores_back(scored: Evaluation, cast: SampleAgency) -> None:
    declare(scored, cast.people["chief-assessor"])

    with pytest.raises(Refused):
        evaluations.send_back(scored, because="ดูใหม่", by=cast.people["chief-assessor"], at=IN_OCTOBER)


def test_scores_given_before_are_marked_until_another_looks(scored: Evaluation, cast: SampleAgency) -> None:
    declare(scored, cast.people["assessor"], scored.scores.get(item__kpi__code="1.1"))
    chief, host = cast.people["chief-assessor"], cast.people["host"]

    with pytest.raises(Refused, match=r"1\.1"):
        evaluations.confirm(scored, seen=None, by=chief, at=IN_OCTOBER)
    evaluations.send_back(scored, because="ดูใหม่", by=chief, at=IN_OCTOBER)
    with pytest.raises(Refused, match=r"1\.1"):
        evaluations.finish_scoring(scored, by=host, at=IN_OCTOBER)
    again = evaluations.keep_calculated(scored.scores.get(item__kpi__code="1.1"), seen=None, by=host, at=IN_OCTOBER)

    assert again.doubted is None
    assert evaluations.finish_scoring(scored, by=host, at=IN_OCTOBER).state == "scored"
    entry = Entry.objects.get(kind="evaluation.conflict_declared")
    assert entry.facts["doubted"] == ["1.1"]
    assert entry.facts["because"] == TOO_NEAR


def test_another_lifts_a_conflict_and_never_oneself(evaluation: Evaluation, cast: SampleAgency) -> None:
    assessor, chief = cast.people["assessor"], cast.people["chief-assessor"]
    conflict = declare(evaluation, assessor)

    with pytest.raises(Refused, match="your own"):
        conflicts.lift(conflict, because="หมดแล้ว", by=assessor, at=IN_OCTOBER)
    with pytest.raises(Faults):
        conflicts.lift(conflict, because=" ", by=chief, at=IN_OCTOBER)
    conflicts.lift(conflict, because="ย้ายไปแล้ว", by=chief, at=IN_OCTOBER)

    score = evaluation.scores.get(item__kpi__code="1.1")
    assert evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER).looked_at_by == assessor
    with pytest.raises(Refused):
        conflicts.lift(conflict, because="อีกครั้ง", by=chief, at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["planner", "director", "staff", "auditor", "executive"])
def test_only_those_who_judge_declare(evaluation: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        declare(evaluation, cast.people[name])

    assert not Conflict.objects.exists()


def test_an_outsider_declares_nothing_here(evaluation: Evaluation, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        declare(evaluation, other_cast.people["assessor.pa"])


def test_a_conflict_needs_a_reason_and_is_declared_once(evaluation: Evaluation, assessor: Person) -> None:
    with pytest.raises(Faults):
        conflicts.declare(evaluation.run, None, because="  ", by=assessor, at=IN_OCTOBER)
    declare(evaluation, assessor)

    with pytest.raises(Refused, match="already"):
        declare(evaluation, assessor, evaluation.scores.get(item__kpi__code="1.1"))


def test_the_chief_sees_who_remains(evaluation: Evaluation, cast: SampleAgency) -> None:
    declare(evaluation, cast.people["assessor"])
    declare(evaluation, cast.people["host"], evaluation.scores.get(item__kpi__code="1.1"))

    found = conflicts.assessors_of(evaluation.run, on=date(2027, 10, 20))

    assert [one.person for one in found.remaining] == [cast.people["chief-assessor"]]
    assert found.too_few
