"""The pages of a preliminary result, by the side of the unit, of the panel, and of those who have no business there."""

from datetime import datetime, time, timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.evaluations.models import Evaluation
from raprong.lib.thai.dates import BANGKOK
from raprong.objections import decisions
from raprong.objections.enums import Outcome
from raprong.objections.models import Objection, PanelMember, Preliminary
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER, PDF
from tests.web.objections.conftest import Seat

OFFICIAL = "3.3438"
STORIES = ["explain-evaluation", "evaluation-passport", "evaluation-passport-file"]


def page(preliminary: Preliminary, name: str = "result") -> str:
    return reverse(f"objections:{name}", args=[preliminary.public_id])


def about(objection: Objection, name: str = "objection") -> str:
    return reverse(f"objections:{name}", args=[objection.public_id])


def opens(client: Client, file: str) -> bool:
    """Whether a file is handed over."""
    answer = client.get(reverse("files:file", args=[file]))
    return answer.status_code == HTTPStatus.OK and bool(answer.getvalue())


def test_the_unit_sees_no_score_before_it_opens_the_result(preliminary: Preliminary, seat: Seat) -> None:
    director = seat("director")

    sealed = director.get(page(preliminary)).text
    opened = director.post(page(preliminary, "open"), follow=True).text

    assert OFFICIAL not in sealed
    assert "Open the result" in sealed
    assert OFFICIAL in opened
    assert "You may accept the result or object until" in opened


@pytest.mark.parametrize("name", ["evaluations:evaluation", *(f"scores:{page}" for page in STORIES)])
def test_no_page_of_its_scores_goes_before_the_opening(preliminary: Preliminary, seat: Seat, name: str) -> None:
    director, address = seat("director"), reverse(name, args=[preliminary.evaluation.public_id])

    before, others = director.get(address), seat("assessor").get(address)
    director.post(page(preliminary, "open"))
    after = director.get(address)

    assert (before.status_code, before["Location"]) == (HTTPStatus.FOUND, page(preliminary))
    assert (others.status_code, after.status_code) == (HTTPStatus.OK, HTTPStatus.OK)


@pytest.mark.parametrize("username", ["director", "head1"])
def test_the_list_keeps_the_total_from_the_unit_before_the_opening(
    preliminary: Preliminary, seat: Seat, username: str
) -> None:
    address = reverse("evaluations:list")

    closed, others = seat(username).get(address).text, seat("assessor").get(address).text
    led = seat(username).get(reverse("objections:of", args=[preliminary.evaluation.public_id]), follow=True).text
    seat("director").post(page(preliminary, "open"))

    assert "Closed until the unit opens it" in closed
    assert OFFICIAL not in led
    assert closed.count(OFFICIAL) == others.count(OFFICIAL) - 1  # the unit's own total is the same figure
    assert "Closed" not in seat(username).get(address).text


def test_no_score_is_read_by_the_unit_while_scores_are_given(submitted: SelfAssessment, seat: Seat) -> None:
    assessor, planner = seat("assessor"), seat("planner")
    assessor.post(reverse("evaluations:open", args=[submitted.public_id]))
    address = reverse("evaluations:evaluation", args=[Evaluation.objects.get().public_id])

    assert planner.get(address).status_code == HTTPStatus.FORBIDDEN
    assert "once they are confirmed" in planner.get(address).text
    assert address not in planner.get(reverse("assessments:report", args=[submitted.public_id])).text
    assert address not in planner.get(reverse("evaluations:list")).text
    assert assessor.get(address).status_code == HTTPStatus.OK


def test_the_trail_tells_the_unit_its_scores_once_the_result_is_open(preliminary: Preliminary, seat: Seat) -> None:
    director, asked = seat("director"), {"kind": "evaluation.confirmed"}
    asked["place"] = preliminary.run.unit.public_id
    address = reverse("audit:trail")

    before, auditor = director.get(address, asked).text, seat("auditor").get(address, asked).text
    director.post(page(preliminary, "open"))
    after = director.get(address, asked).text

    assert OFFICIAL not in before
    assert "once it has opened its result" in before
    assert OFFICIAL in auditor
    assert OFFICIAL in after


def test_no_single_score_is_read_before_the_opening(preliminary: Preliminary, seat: Seat) -> None:
    score = preliminary.evaluation.scores.get(item__kpi__code="1.1")
    address = reverse("evaluations:look", args=[score.public_id])

    assert seat("director").get(address)["Location"] == page(preliminary)
    assert seat("assessor").get(address).status_code == HTTPStatus.OK


@pytest.mark.parametrize("username", ["director", "auditor"])
@pytest.mark.parametrize("name", ["score", "look", "adjust-score"])
def test_a_faulty_form_shows_no_score_to_who_gives_none(
    preliminary: Preliminary, seat: Seat, username: str, name: str
) -> None:
    score = preliminary.evaluation.scores.get(item__kpi__code="1.1")

    answer = seat(username).post(reverse(f"evaluations:{name}", args=[score.public_id]), {"given": "x"})

    assert answer.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.FOUND)
    assert "2.95" not in answer.text


def test_there_is_no_workbook_before_the_result_is_final(opened: Preliminary, seat: Seat) -> None:
    director, address = seat("director"), reverse("papers:scores", args=[opened.evaluation.public_id])

    before = director.get(address)
    director.post(page(opened, "accept"), {"version": opened.version})
    after = director.get(address)

    assert (before.status_code, after.status_code) == (HTTPStatus.NOT_FOUND, HTTPStatus.OK)


def test_what_waits_for_the_unit_leads_to_the_result(preliminary: Preliminary, seat: Seat) -> None:
    assert page(preliminary) in seat("director").get(reverse("home:work")).text
    assert page(preliminary) not in seat("head1").get(reverse("home:work")).text


def test_accepting_is_asked_once_more_and_shows_the_final_result(opened: Preliminary, seat: Seat) -> None:
    director = seat("director")
    asked = director.get(page(opened, "accept"))

    done = director.post(page(opened, "accept"), {"version": opened.version}, follow=True)

    assert "cannot be objected to" in asked.text
    assert "accepted and final" in done.text
    outcome = director.get(reverse("objections:outcome", args=[opened.evaluation.public_id]))
    assert OFFICIAL in outcome.text
    assert "มิติภายใน" in outcome.text


def test_an_objection_is_filed_with_its_proof(opened: Preliminary, seat: Seat) -> None:
    director = seat("director")
    score = opened.evaluation.scores.get(item__kpi__code="1.1")

    answer = director.post(
        page(opened, "object"),
        {
            "version": opened.version,
            "subject": score.public_id,
            "ground": "wrong-figure",
            "text": "นับผู้ผ่านเกณฑ์ไม่ครบ",
            "proofs": [SimpleUploadedFile("บัญชีผู้ผ่าน.pdf", PDF)],
        },
        follow=True,
    )

    objection = Objection.objects.get()
    assert answer.redirect_chain[-1][0] == about(objection)
    assert "นับผู้ผ่านเกณฑ์ไม่ครบ" in answer.text
    assert "บัญชีผู้ผ่าน.pdf" in answer.text
    proof = objection.proofs.get()
    assert opens(director, proof.public_id)


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(opened: Preliminary, seat: Seat) -> None:
    answer = seat("director").post(
        page(opened, "object"), {"subject": "total", "ground": "criteria-misread", "text": "เกณฑ์ต่างจากที่ตกลง"}
    )

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose a ground that fits" in answer.text
    assert "เกณฑ์ต่างจากที่ตกลง" in answer.text


def test_who_objects_reads_what_was_decided_about_the_like(seated: Objection, panel: list[Person], seat: Seat) -> None:
    proposal = decisions.propose(
        seated,
        outcome=Outcome.REFUSED,
        because="หลักฐานไม่พอ",
        precedent="ต้องมีต้นฉบับทุกครั้ง",
        seen=None,
        by=panel[0],
        at=IN_OCTOBER,
    )
    decisions.vote(proposal, agrees=True, remark="", by=panel[1], at=IN_OCTOBER)
    director, address = seat("director"), page(seated.preliminary, "object")
    other = seated.preliminary.evaluation.scores.get(item__kpi__code="1.2")

    about_a_kpi, about_the_total = director.get(f"{address}?kpi={other.public_id}").text, director.get(address).text

    assert "ต้องมีต้นฉบับทุกครั้ง" in about_a_kpi
    assert "ต้องมีต้นฉบับทุกครั้ง" not in about_the_total


def test_a_program_named_as_a_paper_and_a_second_too_late_cost_nothing_typed(
    opened: Preliminary, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {"subject": "total", "ground": "wrong-figure", "text": "ฐานข้อมูลนับไม่ครบ"}
    director, midnight = seat("director"), datetime.combine(opened.closes_on + timedelta(days=1), time.min, BANGKOK)

    program = director.post(
        page(opened, "object"), typed | {"proofs": [SimpleUploadedFile("หลักฐาน.pdf", b"MZ no paper")]}
    )
    monkeypatch.setattr(clock, "now", lambda: midnight)
    late = director.post(page(opened, "object"), typed)

    assert (program.status_code, late.status_code) == (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.FORBIDDEN)
    assert "หลักฐาน.pdf" in program.text
    assert "The days to object ended on" in late.text
    assert all("ฐานข้อมูลนับไม่ครบ" in answer.text for answer in (program, late))
    assert not Objection.objects.exists()


def test_the_later_of_two_reads_first(objection: Objection, seat: Seat) -> None:
    answer = seat("planner").post(
        page(objection.preliminary, "object"),
        {"version": "1", "subject": "total", "ground": "procedure", "text": "ไม่แจ้งกำหนด"},
    )

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "ไม่แจ้งกำหนด" in answer.text


def test_the_executive_names_a_panel_from_those_without_a_part(
    objection: Objection, seat: Seat, panel: list[Person], cast: SampleAgency
) -> None:
    executive, address = seat("executive"), page(objection.preliminary, "panel")
    offered = executive.get(address).text

    chosen = {"people": [one.public_id for one in panel], "chair": panel[0].public_id}
    named = executive.post(address, chosen, follow=True)

    assert cast.people["assessor"].public_id not in offered
    assert "The panel is named" in named.text
    assert PanelMember.objects.count() == len(panel)
    assert about(objection) in seat("executive").get(reverse("home:work")).text


def test_a_panel_decides_on_its_page(seated: Objection, seat: Seat, panel: list[Person]) -> None:
    assert seated.score is not None
    proposed = seat("executive").post(
        about(seated),
        {
            "move": "propose",
            "version": seated.version,
            "outcome": "upheld",
            f"score_{seated.score.public_id}": "๓",
            "because": "หลักฐานเดิมแสดงร้อยละ ๖๐",
            "precedent": "ใช้ตัวเลขตามหลักฐานเดิม",
        },
        follow=True,
    )
    drafts = {name: seat(name).get(about(seated, "draft")) for name in ("host", "director")}
    voted = seat("host").post(about(seated), {"move": "agree"}, follow=True)

    assert "The panel votes" in proposed.text
    assert "Upheld" in voted.text
    assert "The sealed decision" in voted.text
    assert "The sealed decision" in seat("director").get(page(seated.preliminary)).text
    assert b"".join(drafts["host"]).startswith(b"%PDF")
    assert drafts["director"].status_code == HTTPStatus.FORBIDDEN
    assert seat("host").get(about(seated, "draft")).status_code == HTTPStatus.NOT_FOUND
    shelf = seat("staff").get(reverse("objections:precedents"), {"ground": "wrong-figure"})
    assert "ใช้ตัวเลขตามหลักฐานเดิม" in shelf.text


def test_disagreeing_without_a_reason_is_told_at_its_field(seated: Objection, seat: Seat, panel: list[Person]) -> None:
    decisions.propose(
        seated,
        outcome=Outcome.REFUSED,
        because="หลักฐานไม่พอ",
        precedent="ต้องมีต้นฉบับ",
        seen=None,
        by=panel[0],
        at=IN_OCTOBER,
    )

    answer = seat("host").post(about(seated), {"move": "disagree", "remark": ""})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Say why you do not agree." in answer.text


def test_a_member_reads_the_evidence_of_what_they_decide(seated: Objection, seat: Seat) -> None:
    [kpi] = seated.bundle["kpis"]

    assert opens(seat("host"), kpi["evidence"][0]["file"])


@pytest.mark.parametrize("name", ["result", "object", "panel", "accept"])
def test_an_outsider_finds_nothing(opened: Preliminary, outsider: Person, name: str) -> None:
    client = Client()
    client.force_login(outsider.user)

    assert client.get(page(opened, name)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("username, name", [("head1", "accept"), ("auditor", "object"), ("director", "panel")])
def test_who_may_not_is_told_whose_work_it_is(opened: Preliminary, seat: Seat, username: str, name: str) -> None:
    assert seat(username).get(page(opened, name)).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("username", ["assessor", "executive", "head1", "auditor", "staff"])
def test_the_gap_over_the_years_is_the_units_own(opened: Preliminary, seat: Seat, username: str) -> None:
    address = reverse("objections:gaps", args=[opened.run.unit.public_id])

    assert seat(username).get(address).status_code == HTTPStatus.NOT_FOUND
    assert seat("planner").get(address).status_code == HTTPStatus.OK


def test_one_result_whose_scores_agree_is_told_plainly(opened: Preliminary, seat: Seat) -> None:
    director = seat("director")
    director.post(page(opened, "accept"), {"version": opened.version})

    years = director.get(reverse("objections:gaps", args=[opened.run.unit.public_id])).text

    assert "In 1 result your own score and the official one agreed closely." in years
    assert "+0.0000" not in years
