"""Asking for a package on the report's page, and taking it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from raprong.assessments import actions as assessments
from raprong.assessments.exports.making import make
from raprong.assessments.models import Export, SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.exports.manifest import check
from tests.factories.assessments import IN_MARCH, complete, gather_parts, submitter
from tests.web.keyboard import SignIn


@pytest.fixture
def submitted(assessment: SelfAssessment, cast: SampleAgency) -> SelfAssessment:
    for item in assessment.items.all():
        complete(item, by=cast.people["planner"], at=IN_MARCH)
    gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)
    return assessments.submit(assessment, seen=None, by=submitter(assessment, at=IN_MARCH), at=IN_MARCH)


def test_a_package_is_asked_for_watched_and_taken(submitted: SelfAssessment, sign_in: SignIn, tmp_path: Path) -> None:
    planner = sign_in("planner")

    asked = planner.post(f"/assessments/{submitted.public_id}/export/", follow=True)
    export = Export.objects.get()
    make(export.pk)
    ready = planner.get(f"/assessments/exports/{export.public_id}/")
    taken = planner.get(f"/assessments/exports/{export.public_id}/download/")

    place = tmp_path / "package.zip"
    place.write_bytes(b"".join(taken.streaming_content))  # type: ignore[attr-defined]
    assert "Waiting for its turn" in asked.text
    assert "Take the file (ZIP)" in ready.text
    assert check(str(place)).holds
    assert "Ready" in planner.get(f"/assessments/{submitted.public_id}/").text


def test_the_workbook_alone_is_there_while_the_report_is_written(
    assessment: SelfAssessment, sign_in: SignIn, tmp_path: Path
) -> None:
    answer = sign_in("planner").get(f"/assessments/{assessment.public_id}/workbook/")

    place = tmp_path / "book.xlsx"
    place.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert "ผลการประเมินตนเอง" in load_workbook(place).sheetnames


def test_others_are_offered_no_package(submitted: SelfAssessment, sign_in: SignIn) -> None:
    sign_in("planner").post(f"/assessments/{submitted.public_id}/export/")
    export, staff, stranger = Export.objects.get(), sign_in("staff"), sign_in("planner.pa")

    assert "Put the package together" not in staff.get(f"/assessments/{submitted.public_id}/").text
    assert staff.post(f"/assessments/{submitted.public_id}/export/").status_code == 403
    assert staff.get(f"/assessments/{submitted.public_id}/workbook/").status_code == 403
    assert staff.get(f"/assessments/exports/{export.public_id}/").status_code == 404
    assert stranger.get(f"/assessments/exports/{export.public_id}/download/").status_code == 404
    assert stranger.post(f"/assessments/exports/{export.public_id}/cancel/").status_code == 404
    assert stranger.post(f"/assessments/{submitted.public_id}/export/").status_code == 404


def test_a_package_is_stopped_on_its_page(submitted: SelfAssessment, sign_in: SignIn) -> None:
    planner = sign_in("planner")
    planner.post(f"/assessments/{submitted.public_id}/export/")

    answer = planner.post(f"/assessments/exports/{Export.objects.get().public_id}/cancel/", follow=True)

    assert "Stopped. Nothing was kept of it." in answer.text
