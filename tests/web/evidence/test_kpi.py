"""The page of a KPI's evidence: giving files, what is here already, choosing, moving and withdrawing."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.models import Credit, Evidence
from raprong.evidence.numbers import written_number
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import PDF, report
from tests.factories.evidence import IN_FEBRUARY, hand_in
from tests.web.keyboard import SignIn


def page_of(kpi: KpiYear, months: int = 6) -> str:
    return f"/evidence/kpis/{kpi.public_id}/?round={months}"


def uploads(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"proof-{number}.pdf", PDF + content) for number, content in enumerate(contents)]


def typed(**changes: Any) -> dict[str, Any]:
    return {"step": "2", "months": "6", "kind": "plan", "starts_on": "1 Oct 2026", "note": "signed"} | changes


def test_several_files_are_given_for_a_step_with_their_facts(kpis: dict[str, KpiYear], sign_in: SignIn) -> None:
    answer = sign_in("staff").post(page_of(kpis["1.2"]), typed(evidence=uploads(b"1", b"2")), follow=True)

    page = answer.content.decode()
    assert "2 files are in: Document 1.2-2-1, Document 1.2-2-2." in page
    assert "ภาพถ่าย, รายงานการประชุม" in page
    pieces = Evidence.objects.values_list("title", "kind", "starts_on", "note")
    assert set(pieces) == {(f"proof-{n}", "plan", date(2026, 10, 1), "signed") for n in (0, 1)}


def test_a_file_that_is_refused_does_not_cost_the_others(kpis: dict[str, KpiYear], sign_in: SignIn) -> None:
    files = [*uploads(b"1"), SimpleUploadedFile("program.pdf", b"MZ not a paper")]

    page = sign_in("staff").post(page_of(kpis["1.2"]), typed(evidence=files), follow=True).content.decode()

    assert "program.pdf is none of PDF" in page
    assert Credit.objects.count() == 1


def test_what_is_wrong_with_the_facts_is_told_before_any_file_is_kept(
    kpis: dict[str, KpiYear], sign_in: SignIn
) -> None:
    said = typed(evidence=uploads(b"1"), ends_on="1 Sep 2026")

    answer = sign_in("staff").post(page_of(kpis["1.2"]), said)

    assert answer.status_code == 422
    assert "The period ends before it begins." in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_that_is_here_is_offered_with_its_places_and_then_credited(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    known = hand_in(kpis["1.1"], b"1", by=cast.people["planner"])
    staff = sign_in("staff")

    told = staff.post(page_of(kpis["1.2"]), typed(evidence=uploads(b"1", b"2")), follow=True).content.decode()
    pressed = {"evidence": known.evidence.public_id, "step": "1", "months": "6"}
    page = staff.post(f"/evidence/kpis/{kpis['1.2'].public_id}/choose/", pressed, follow=True).content.decode()

    assert "Already here" in told
    assert "Document 1.1-1" in told
    assert "1 file is in" in told
    assert "Credited: Document 1.2-1-1." in page
    assert known.evidence.credits.standing().count() == 2


def test_a_file_of_years_ago_is_offered_too(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    planner = cast.people["planner"]
    known = hand_in(kpis["1.1"], b"1", by=planner)
    long_ago = Run.objects.create(
        unit=run.unit, fiscal_year=run.fiscal_year - 3, sop=run.sop, started_at=run.started_at, started_by=planner
    )
    Evidence.objects.filter(pk=known.evidence.pk).update(run=long_ago)
    staff = sign_in("staff")

    told = staff.post(page_of(kpis["1.2"]), typed(evidence=uploads(b"1")), follow=True).content.decode()
    pressed = {"evidence": known.evidence.public_id, "step": "1", "months": "6"}
    page = staff.post(f"/evidence/kpis/{kpis['1.2'].public_id}/choose/", pressed, follow=True).content.decode()

    assert "Let it prove this KPI too" in told
    assert "Credited: Document 1.2-1-1." in page


def test_evidence_is_found_by_words_and_chosen(kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn) -> None:
    hand_in(kpis["1.1"], b"1", title="คำสั่งแต่งตั้ง", by=cast.people["planner"])
    hand_in(kpis["1.1"], b"2", title="ภาพกิจกรรม", by=cast.people["planner"])
    staff, address = sign_in("staff"), f"/evidence/kpis/{kpis['1.2'].public_id}/choose/"

    page = staff.get(address, {"q": "คำสั่ง", "round": "6"}).content.decode()
    nothing = staff.post(address, {"step": "0", "months": "6"}, follow=True).content.decode()

    assert "<mark>คำสั่ง</mark>แต่งตั้ง" in page
    assert "ภาพกิจกรรม" not in page
    assert "Choose at least one piece" in nothing


def test_holes_are_named_with_what_the_step_asks_for(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], date(2026, 10, 1), "2", by=staff)
    hand_in(kpis["1.2"], step=1, by=staff)

    page = sign_in("staff").get(page_of(kpis["1.2"])).content.decode()

    assert "Claimed: Step 2 ดำเนินการ" in page
    assert "Step 2 ดำเนินการ asks for: ภาพถ่าย, รายงานการประชุม." in page
    assert "step=2#give" in page


def test_a_claim_with_photographs_alone_says_so(kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn) -> None:
    planner = cast.people["planner"]
    report(kpis["1.1"], date(2026, 10, 1), "59", by=planner)
    hand_in(kpis["1.1"], kind="photograph", by=planner)

    page = sign_in("planner").get(page_of(kpis["1.1"])).content.decode()

    assert "Supporting evidence alone" in page
    assert "Photographs · Supporting evidence" in page


def test_evidence_is_moved_and_withdrawn_on_its_pages(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    given, staff = hand_in(kpis["1.2"], step=1, by=cast.people["staff"]), sign_in("staff")

    moved = staff.post(f"/evidence/credits/{given.public_id}/move/", {"step": "3", "months": "0"}, follow=True)
    now = Credit.objects.standing().get()
    gone = staff.post(f"/evidence/credits/{now.public_id}/withdraw/", follow=True)

    assert "It is Document 1.2-3-1 now." in moved.content.decode()
    assert (written_number(now), now.months) == ("1.2-3-1", 0)
    assert "Document 1.2-3-1 is withdrawn." in gone.content.decode()
    assert not Credit.objects.standing().exists()


@pytest.mark.parametrize("name", ["staff2", "director", "assessor", "auditor"])
def test_others_read_and_are_told_whom_it_is_for(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn, name: str
) -> None:
    given = hand_in(kpis["1.2"], step=1, by=cast.people["staff"])
    client = sign_in(name)

    page = client.get(page_of(kpis["1.2"])).content.decode()
    refused = client.post(f"/evidence/credits/{given.public_id}/withdraw/")
    client.post(page_of(kpis["1.2"]), typed(evidence=uploads(b"2")))

    assert "Document 1.2-1-1" in page
    assert "this is for:" in page
    assert 'type="file"' not in page
    assert refused.status_code in (302, 403)
    assert Credit.objects.standing().get() == given


def test_somebody_of_another_department_finds_no_page(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    given, stranger = hand_in(kpis["1.2"], by=cast.people["staff"]), sign_in("planner.pa")
    addresses = [
        page_of(kpis["1.2"]),
        f"/evidence/of/{run.public_id}/",
        f"/evidence/of/{run.public_id}/proof/",
        f"/evidence/kpis/{kpis['1.2'].public_id}/choose/",
        f"/evidence/{given.evidence.public_id}/",
        f"/files/{given.evidence.file.public_id}/",
    ]

    assert {stranger.get(address).status_code for address in addresses} == {404}
    assert stranger.post(f"/evidence/credits/{given.public_id}/withdraw/").status_code == 404


def test_a_submitted_round_shows_its_evidence_and_takes_no_more(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    hand_in(kpis["1.2"], by=cast.people["staff"])
    evidence.close_folder(run, 6, by=cast.people["planner"], at=IN_FEBRUARY)

    page = sign_in("staff").get(page_of(kpis["1.2"])).content.decode()

    assert "It takes no more evidence." in page
    assert "Withdraw" not in page
