"""Questions about claims, by the assessor who asks and the group that answers."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import inquiries
from raprong.evaluations.models import Evaluation, GivenScore, Inquiry
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER, PDF

NEXT_WEEK = IN_OCTOBER.date() + timedelta(days=7)


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def score(evaluation: Evaluation) -> GivenScore:
    return evaluation.scores.get(item__kpi__code="1.2")


@pytest.fixture
def inquiry(score: GivenScore, cast: SampleAgency) -> Inquiry:
    return inquiries.ask(score, "ขอรายชื่อผู้เข้าอบรม", due_on=NEXT_WEEK, by=cast.people["assessor"], at=IN_OCTOBER)


def page_of(inquiry: Inquiry) -> str:
    return reverse("evaluations:inquiry", args=[inquiry.public_id])


def test_an_assessor_asks_from_the_page_of_the_score(score: GivenScore, cast: SampleAgency) -> None:
    assessor = seat(cast.people["assessor"])

    answer = assessor.post(
        reverse("evaluations:ask", args=[score.public_id]),
        {"question": "ขอภาพกิจกรรม", "due_on": NEXT_WEEK.isoformat()},
        follow=True,
    )

    assert "ขอภาพกิจกรรม" in answer.text
    assert Inquiry.objects.get().due_on == NEXT_WEEK


def test_a_question_without_words_keeps_the_day_that_was_typed(score: GivenScore, cast: SampleAgency) -> None:
    answer = seat(cast.people["assessor"]).post(
        reverse("evaluations:ask", args=[score.public_id]), {"question": "", "due_on": "12 ต.ค. 2570"}
    )

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "12 ต.ค. 2570" in answer.text


def test_the_group_finds_it_in_its_work_and_answers_with_a_file(inquiry: Inquiry, cast: SampleAgency) -> None:
    staff = seat(cast.people["staff"])
    assert page_of(inquiry) in staff.get("/").text

    upload = SimpleUploadedFile("รายชื่อ.pdf", PDF)
    answer = staff.post(page_of(inquiry), {"move": "answer", "text": "แนบมาแล้ว", "evidence": [upload]}, follow=True)

    assert "รายชื่อ.pdf" in answer.text
    (file,) = inquiry.entries.get(is_answer=True).files.all()
    content: Any = staff.get(reverse("files:file", args=[file.public_id]))
    assert b"".join(content.streaming_content) == PDF
    assert seat(cast.people["staff2"]).get(reverse("files:file", args=[file.public_id])).status_code == 404


def test_a_program_named_as_a_paper_is_refused_beside_its_field(inquiry: Inquiry, cast: SampleAgency) -> None:
    upload = SimpleUploadedFile("report.pdf", b"MZ program")

    answer = seat(cast.people["staff"]).post(
        page_of(inquiry), {"move": "answer", "text": "คำตอบที่พิมพ์ไว้", "evidence": [upload]}
    )

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "คำตอบที่พิมพ์ไว้" in answer.text
    assert "report.pdf" in answer.text


@pytest.mark.parametrize(("name", "status"), [("staff2", 404), ("head2", 200), ("staff", 200), ("auditor", 200)])
def test_a_thread_opens_to_its_group_and_to_who_reads_scores(
    inquiry: Inquiry, cast: SampleAgency, name: str, status: int
) -> None:
    assert seat(cast.people[name]).get(page_of(inquiry)).status_code == status


def test_an_outsider_finds_nothing(inquiry: Inquiry, outsider: Person) -> None:
    client: Any = seat(outsider)

    assert client.get(page_of(inquiry)).status_code == 404
    assert client.get(reverse("evaluations:inquiries")).text.count("ขอรายชื่อ") == 0
