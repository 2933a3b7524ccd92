"""The page of one KPI in a report: words, evidence, and two people at once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from raprong.assessments import actions as assessments
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from tests.factories.assessments import IN_MARCH, PDF, attach
from tests.web.keyboard import SignIn


@pytest.fixture
def item(assessment: SelfAssessment) -> AssessmentItem:
    """The part of the first working group's KPI."""
    return assessment.items.get(result__isnull=False)


def test_words_and_several_files_are_saved_at_once(item: AssessmentItem, sign_in: SignIn) -> None:
    files = [SimpleUploadedFile(f"proof-{number}.pdf", PDF + bytes([number])) for number in (1, 2)]

    answer = sign_in("staff").post(
        f"/assessments/items/{item.public_id}/",
        {"version": item.version, "narrative": "ทำแล้ว", "evidence": files},
        follow=True,
    )

    assert "2 files attached" in answer.content.decode()
    item.refresh_from_db()
    assert item.narrative == "ทำแล้ว"
    assert item.evidence.count() == 2


def test_a_file_that_is_refused_costs_neither_words_nor_the_other_file(item: AssessmentItem, sign_in: SignIn) -> None:
    files = [SimpleUploadedFile("proof.pdf", PDF), SimpleUploadedFile("program.pdf", b"MZ not a paper")]

    answer = sign_in("staff").post(
        f"/assessments/items/{item.public_id}/",
        {"version": item.version, "narrative": "ทำแล้ว", "evidence": files},
        follow=True,
    )

    assert "program.pdf is none of PDF" in answer.content.decode()
    item.refresh_from_db()
    assert item.narrative == "ทำแล้ว"
    assert item.evidence.get().file.name == "proof.pdf"


def test_the_later_writer_is_told_and_keeps_what_they_typed(
    item: AssessmentItem, cast: SampleAgency, sign_in: SignIn
) -> None:
    seen = item.version
    assessments.write(item, narrative="ของคนแรก", seen=None, by=cast.people["head1"], at=IN_MARCH)
    staff, address = sign_in("staff"), f"/assessments/items/{item.public_id}/"

    told = staff.post(address, {"version": seen, "narrative": "ของคนหลัง"})
    again = staff.post(address, {"version": seen + 1, "narrative": "ของทั้งสองคน"})

    assert told.status_code == 409
    page = told.content.decode()
    assert "ของคนแรก" in page
    assert "ของคนหลัง" in page
    assert f'name="version" value="{seen + 1}"' in page
    assert again.status_code == 302


def test_a_text_too_long_to_print_is_named_at_its_field(item: AssessmentItem, sign_in: SignIn) -> None:
    answer = sign_in("staff").post(
        f"/assessments/items/{item.public_id}/", {"version": item.version, "factors": "ก" * 20_001}
    )

    assert answer.status_code == 422
    assert "20,001 characters" in answer.content.decode()


def test_evidence_is_taken_off_and_another_group_cannot(
    item: AssessmentItem, cast: SampleAgency, sign_in: SignIn
) -> None:
    evidence = attach(item, BytesIO(PDF), "proof.pdf", by=cast.people["staff"], at=IN_MARCH)
    address = f"/evidence/credits/{evidence.public_id}/withdraw/"

    refused = sign_in("staff2").post(address)
    sign_in("staff").post(address)

    assert refused.status_code == 403
    assert not item.evidence.standing().exists()


def test_another_group_reads_and_sees_why_it_cannot_write(item: AssessmentItem, sign_in: SignIn) -> None:
    page = sign_in("staff2").get(f"/assessments/items/{item.public_id}/").content.decode()

    assert "<textarea" not in page
    assert "this is for:" in page


def test_a_file_that_is_here_already_is_offered_and_costs_no_words(
    assessment: SelfAssessment, item: AssessmentItem, cast: SampleAgency, sign_in: SignIn
) -> None:
    elsewhere = assessment.items.exclude(pk=item.pk).first()
    assert elsewhere is not None
    attach(elsewhere, BytesIO(PDF), "proof.pdf", by=cast.people["planner"], at=IN_MARCH)
    files = [SimpleUploadedFile("copy.pdf", PDF)]

    answer = sign_in("staff").post(
        f"/assessments/items/{item.public_id}/",
        {"version": item.version, "narrative": "ทำแล้ว", "evidence": files},
        follow=True,
    )

    page = answer.content.decode()
    assert "Already here" in page
    assert f"Document {elsewhere.kpi.code}-1" in page
    item.refresh_from_db()
    assert item.narrative == "ทำแล้ว"
    assert not item.evidence.exists()
