"""The list of rounds and the report page, from the side of the unit and of others."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse

from raprong.assessments.enums import State
from raprong.assessments.models import Receipt, SelfAssessment
from raprong.assessments.queries import version_read
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts
from raprong.kpis.models import KpiYear
from raprong.objections.queries import Gap
from raprong.processes.models import Run
from raprong.web.assessments import views
from tests.factories.assessments import IN_MARCH, PDF, attach, complete, gather_parts
from tests.web.keyboard import SignIn


def test_the_list_opens_a_round_in_its_last_month(run: Run, kpis: list[KpiYear], sign_in: SignIn) -> None:
    planner = sign_in("planner")

    page = planner.get(f"/assessments/of/{run.public_id}/").content.decode()
    answer = planner.post(f"/assessments/of/{run.public_id}/rounds/6/open/", follow=True)

    assert "6-month round" in page
    assert "can be opened in September 2027" in page
    assert answer.status_code == 200
    assert "ตัวชี้วัดตัวอย่าง 1.2" in answer.content.decode()


def test_staff_see_why_they_cannot_open_a_report(run: Run, kpis: list[KpiYear], sign_in: SignIn) -> None:
    page = sign_in("staff").get(f"/assessments/of/{run.public_id}/").content.decode()

    assert 'aria-disabled="true"' in page
    assert "Planning officer" in page


def test_the_report_names_what_is_missing_under_the_button(assessment: SelfAssessment, sign_in: SignIn) -> None:
    page = sign_in("planner").get(f"/assessments/{assessment.public_id}/").content.decode()

    assert "3 things are still missing" in page
    assert "1.2: what was done is not written; no evidence is attached." in page
    assert "1.1: what was done is not written; there is no result and no reason why." in page


def test_the_sops_own_words_stand_beside_the_report(assessment: SelfAssessment, sign_in: SignIn) -> None:
    page = sign_in("planner").get(f"/assessments/{assessment.public_id}/").content.decode()

    step = next(step for step in assessment.run.definition.steps if "assessments.rounds_submitted" in step.work)
    assert step.source in page


def test_a_complete_report_is_submitted_after_one_more_look(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    for item in assessment.items.all():
        complete(item, by=cast.people["planner"], at=IN_MARCH)
    gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)
    planner, address = sign_in("planner"), f"/assessments/{assessment.public_id}/submit/"

    question = planner.get(address).content.decode()
    answer = planner.post(address, {"version": version_read(assessment)}, follow=True)

    assert "2.9500" in question
    assessment.refresh_from_db()
    assert assessment.state == State.SUBMITTED
    assert "The report is submitted." in answer.content.decode()
    assert "Sealed paper" in answer.content.decode()


def test_submitting_too_early_shows_everything_that_is_missing(assessment: SelfAssessment, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(f"/assessments/{assessment.public_id}/submit/", {"version": assessment.version})

    assert answer.status_code == 422
    assert "3 things need your attention" in answer.content.decode()


def test_a_report_of_another_department_is_not_there(assessment: SelfAssessment, sign_in: SignIn) -> None:
    stranger = sign_in("planner.pa")

    assert stranger.get(f"/assessments/{assessment.public_id}/").status_code == 404
    assert stranger.post(f"/assessments/{assessment.public_id}/submit/").status_code == 404
    assert stranger.get(f"/assessments/items/{assessment.items.first().public_id}/").status_code == 404
    assert stranger.get(f"/assessments/of/{assessment.run.public_id}/").status_code == 404


def test_the_table_of_a_round_prints_while_the_report_is_written(
    assessment: SelfAssessment, kpis: list[KpiYear], sign_in: SignIn
) -> None:
    address = reverse("assessments:round-report", args=[assessment.public_id])
    planner = sign_in("planner")

    answer = planner.get(address)

    assert address in planner.get(reverse("assessments:report", args=[assessment.public_id])).text
    assert answer["Content-Type"] == "application/pdf"
    assert answer.getvalue().startswith(b"%PDF")  # type: ignore[attr-defined]


def test_the_whole_report_can_be_read_as_a_paper_before_it_is_sealed(
    assessment: SelfAssessment, sign_in: SignIn
) -> None:
    address = reverse("assessments:paper", args=[assessment.public_id])

    answer = sign_in("head1").get(address)

    assert address in sign_in("head1").get(reverse("assessments:report", args=[assessment.public_id])).text
    assert answer.getvalue().startswith(b"%PDF")  # type: ignore[attr-defined]
    assert sign_in("planner.pa").get(address).status_code == 404
    assert sign_in("admin").get(address).status_code == 404


def test_a_submission_shows_its_receipt_and_the_report_leads_to_it(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    for item in assessment.items.all():
        complete(item, by=cast.people["planner"], at=IN_MARCH)
    gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)
    planner, address = sign_in("planner"), f"/assessments/{assessment.public_id}/submit/"

    first = planner.post(address, {"version": version_read(assessment)}, follow=True)
    second = planner.post(address, {"version": version_read(assessment)}, follow=True)

    receipt = Receipt.objects.get()
    assert first.request["PATH_INFO"] == second.request["PATH_INFO"] == f"/assessments/receipts/{receipt.public_id}/"
    assert "Receipt 1/2570" in first.text
    assert receipt.sha256 in first.text
    assert "In time" in first.text
    assert "Receipt 1/2570" in planner.get(f"/assessments/{assessment.public_id}/").text
    assert "Receipt 1/2570" in planner.get(f"/assessments/of/{assessment.run.public_id}/").text
    paper = planner.get(f"/files/{receipt.paper.public_id}/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    stranger = sign_in("planner.pa")
    assert stranger.get(f"/assessments/receipts/{receipt.public_id}/").status_code == 404
    assert stranger.get(f"/files/{receipt.paper.public_id}/").status_code == 404


def test_those_who_may_submit_see_how_own_scores_stood_before(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in assessment.items.all():
        complete(item, by=cast.people["planner"], at=IN_MARCH)
    gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)
    earlier = Gap(2569, 12, Decimal("4.1000"), Decimal("3.8000"))
    later = Gap(2571, 12, Decimal("4.9000"), Decimal("1.1000"))
    monkeypatch.setattr(views, "gaps_of", lambda unit: [earlier, later])

    page = sign_in("planner").get(f"/assessments/{assessment.public_id}/submit/").text
    refused = sign_in("head1").get(f"/assessments/{assessment.public_id}/submit/")

    assert "0.30 above the official one" in page
    assert "+0.3000" in page
    assert "4.9000" not in page
    assert refused.status_code == 403
    assert "+0.3000" not in refused.text


def test_what_proof_is_missing_stands_on_the_report_before_it_is_submitted(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    staff, address = sign_in("staff"), f"/assessments/{assessment.public_id}/"
    item = assessment.items.get(result__isnull=False)

    before = staff.get(address).content.decode()
    attach(item, BytesIO(PDF), "proof.pdf", by=cast.people["staff"], at=IN_MARCH)
    after = staff.get(address).content.decode()

    assert "1 proof is missing" in before
    assert f"/evidence/kpis/{item.kpi.public_id}/?round=6" in before
    assert "Everything that is claimed has its proof." in after


def test_a_claim_that_rests_on_photographs_alone_is_named_before_it_is_submitted(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    staff, item = cast.people["staff"], assessment.items.get(result__isnull=False)
    given = attach(item, BytesIO(PDF), "ภาพ.pdf", by=staff, at=IN_MARCH)
    evidence.change(given.evidence, Facts(title="ภาพ", kind="photograph"), seen=None, by=staff, at=IN_MARCH)

    page = sign_in("staff").get(f"/assessments/{assessment.public_id}/").text

    assert "Everything that is claimed has its proof." in page
    assert "Supporting evidence alone" in page


def test_a_late_report_is_said_to_be_received_all_the_same(
    assessment: SelfAssessment, cast: SampleAgency, sign_in: SignIn
) -> None:
    for item in assessment.items.all():
        complete(item, by=cast.people["planner"], at=IN_MARCH)
    gather_parts(assessment, by=cast.people["planner"], at=IN_MARCH)
    planner, address = sign_in("planner"), f"/assessments/{assessment.public_id}/submit/"
    in_time = planner.get(address).text
    clock.move_to(IN_MARCH + timedelta(days=60))

    late = planner.get(address).text
    answer = planner.post(address, {"version": version_read(assessment)}, follow=True)

    assert "received all the same" not in in_time
    assert "received all the same" in late
    assert "days after the due day" in answer.text
