"""An assessor asks for more, the group answers by a day, and nothing said is lost."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evaluations import actions as evaluations
from raprong.evaluations import inquiries
from raprong.evaluations.enums import InquiryState
from raprong.evaluations.independence import took_part
from raprong.evaluations.models import Evaluation, GivenScore, Inquiry
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER, PDF

NEXT_WEEK = IN_OCTOBER.date() + timedelta(days=7)
AFTER_IT = IN_OCTOBER + timedelta(days=8)


@pytest.fixture
def score(evaluation: Evaluation) -> GivenScore:
    return evaluation.scores.get(item__kpi__code="1.2")


@pytest.fixture
def inquiry(score: GivenScore, cast: SampleAgency) -> Inquiry:
    return inquiries.ask(score, "ขอรายชื่อผู้เข้าอบรม", due_on=NEXT_WEEK, by=cast.people["assessor"], at=IN_OCTOBER)


def answer(inquiry: Inquiry, by: Person, *, files: int = 0, text: str = "แนบมาแล้ว") -> Inquiry:
    uploads = [(BytesIO(PDF + bytes([number])), f"รายชื่อ {number}.pdf") for number in range(files)]
    return inquiries.answer(inquiry, text, uploads, seen=None, by=by, at=IN_OCTOBER)


def test_the_group_answers_with_files_and_the_assessor_closes(inquiry: Inquiry, cast: SampleAgency) -> None:
    answered = answer(inquiry, cast.people["staff"], files=2)
    closed = inquiries.close(
        answered, because="หลักฐานครบ คะแนนคงเดิม", seen=None, by=cast.people["assessor"], at=IN_OCTOBER
    )

    question, reply = inquiry.entries.all()
    assert (question.is_answer, reply.is_answer, reply.files.count()) == (False, True, 2)
    assert closed.state == InquiryState.CLOSED
    said = Entry.objects.filter(kind__in=("evaluation.asked", "evaluation.answered")).order_by("pk")
    assert [entry.kind for entry in said] == ["evaluation.asked", "evaluation.answered"]


def test_asking_again_starts_the_clock_anew(inquiry: Inquiry, cast: SampleAgency) -> None:
    answer(inquiry, cast.people["staff"])
    later = NEXT_WEEK + timedelta(days=7)

    again = inquiries.ask_again(
        inquiry, "ขอฉบับลงนาม", due_on=later, seen=None, by=cast.people["assessor"], at=IN_OCTOBER
    )

    assert (again.state, again.due_on) == (InquiryState.ASKED, later)
    assert [entry.due_on for entry in again.entries.all()] == [NEXT_WEEK, NEXT_WEEK, later]


def test_scoring_does_not_finish_while_a_question_is_open(
    inquiry: Inquiry, evaluation: Evaluation, cast: SampleAgency
) -> None:
    assessor = cast.people["assessor"]
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)

    with pytest.raises(Refused, match=r"1\.2"):
        evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)

    answer(inquiry, cast.people["staff"])
    inquiries.close(inquiry, because="ครบ", seen=None, by=assessor, at=IN_OCTOBER)
    assert evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER).state == "scored"


def test_a_late_answer_is_taken_and_said_to_be_late(inquiry: Inquiry, cast: SampleAgency) -> None:
    inquiries.answer(inquiry, "ขออภัยที่ช้า", seen=None, by=cast.people["staff"], at=AFTER_IT)

    assert Entry.objects.get(kind="evaluation.answered").facts["late"] is True


def test_silence_is_closed_after_its_day_and_not_before(inquiry: Inquiry, cast: SampleAgency) -> None:
    assessor = cast.people["assessor"]

    with pytest.raises(Refused):
        inquiries.close(inquiry, because="ไม่ตอบ", seen=None, by=assessor, at=IN_OCTOBER)

    assert inquiries.close(inquiry, because="ไม่ตอบ", seen=None, by=assessor, at=AFTER_IT).state == InquiryState.CLOSED


@pytest.mark.parametrize("name", ["staff2", "head2", "assessor", "auditor", "executive"])
def test_nobody_else_answers_for_the_group(inquiry: Inquiry, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        answer(inquiry, cast.people[name])


@pytest.mark.parametrize("name", ["planner", "staff", "director", "auditor"])
def test_only_assessors_ask_and_close(score: GivenScore, inquiry: Inquiry, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        inquiries.ask(score, "ขอเพิ่ม", due_on=NEXT_WEEK, by=cast.people[name], at=IN_OCTOBER)
    with pytest.raises(Refused):
        inquiries.close(inquiry, because="ปิด", seen=None, by=cast.people[name], at=AFTER_IT)


def test_who_answered_does_not_judge_the_report(inquiry: Inquiry, cast: SampleAgency) -> None:
    person = cast.people["head1"]
    assert not took_part(person, inquiry.score.item.assessment)

    answer(inquiry, person)

    assert took_part(person, inquiry.score.item.assessment)


def test_everything_wrong_with_a_question_is_said_at_once(score: GivenScore, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        inquiries.ask(score, "  ", due_on=date(2020, 1, 1), by=cast.people["assessor"], at=IN_OCTOBER)

    assert {fault.field for fault in refused.value.faults} == {"question", "due_on"}
    assert not Inquiry.objects.exists()


def test_a_file_that_is_refused_leaves_the_answer_unsent(inquiry: Inquiry, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        inquiries.answer(
            inquiry, "แนบ", [(BytesIO(b"MZ program"), "a.pdf")], seen=None, by=cast.people["staff"], at=IN_OCTOBER
        )

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.entries.count()) == (InquiryState.ASKED, 1)


def test_two_answers_at_once_are_told_apart(inquiry: Inquiry, cast: SampleAgency) -> None:
    seen = inquiry.version
    inquiries.answer(inquiry, "คำตอบแรก", seen=seen, by=cast.people["staff"], at=IN_OCTOBER)

    with pytest.raises((Stale, Refused)):
        inquiries.answer(inquiry, "คำตอบที่สอง", seen=seen, by=cast.people["head1"], at=IN_OCTOBER)
