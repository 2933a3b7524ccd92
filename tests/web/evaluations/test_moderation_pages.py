"""The pages of a moderation meeting, by who keeps it and who only reads."""

from datetime import date
from hashlib import sha256

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations import moderation
from raprong.evaluations.models import Evaluation, ModerationMeeting
from raprong.evaluations.moderation import Meeting
from raprong.organisation.models import User
from raprong.records.models import Record
from raprong.web.files.guards import is_visible
from tests.factories.assessments import IN_OCTOBER
from tests.web.keyboard import SignIn

FACTS = {
    "number": "1",
    "held_on": "2027-10-04",
    "place": "ห้องประชุม 2",
    "chair": "ผู้อำนวยการกลุ่ม",
    "present": "ผู้ประเมิน",
    "remarks": "",
}


@pytest.fixture
def meeting(scored: Evaluation, cast: SampleAgency) -> ModerationMeeting:
    facts = Meeting(1, date(2027, 10, 4), "ห้องประชุม 2", "ผู้อำนวยการกลุ่ม", "ผู้ประเมิน")
    return moderation.open_meeting(
        cast.units["psdg"], scored.run.fiscal_year, facts, by=cast.people["chief-assessor"], at=IN_OCTOBER
    )


def test_a_meeting_goes_from_opening_to_sealed_minutes(scored: Evaluation, sign_in: SignIn) -> None:
    chief, score = sign_in("chief-assessor"), scored.scores.get(item__kpi__code="1.1")

    wrong = chief.post("/evaluations/moderation/open/", FACTS | {"place": ""})
    opened = chief.post("/evaluations/moderation/open/", FACTS)
    place = opened.headers["Location"]
    kpi = f"{place}kpi/?kpi={score.item.kpi.public_id}&months=12"
    said = {"score": score.public_id, "version": score.version, "given": "2.5", "because": "แนวเดียวกัน"}
    without = chief.post(kpi, said | {"because": ""})
    decided = chief.post(kpi, said, follow=True).content.decode()
    page, work = chief.get(place).content.decode(), chief.get("/").content.decode()
    closed = chief.post(f"{place}close/", {"version": "1"}, follow=True).content.decode()

    assert (wrong.status_code, without.status_code) == (422, 422)
    assert "The decision is in the minutes." in decided
    assert "แนวเดียวกัน" in page
    assert f'href="{place}"' in work
    assert f'href="{place}"' not in chief.get("/").content.decode()
    assert "The meeting is closed." in closed
    kept = Record.objects.get(kind="moderation_minutes")
    sealed = b"".join(chief.get(f"{place}minutes/"))
    assert sha256(sealed).hexdigest() == kept.sha256
    assert is_visible(kept.file, User.objects.get(username="auditor").person, on=IN_OCTOBER.date())
    assert not is_visible(kept.file, User.objects.get(username="planner").person, on=IN_OCTOBER.date())


def test_one_kpi_is_compared_across_units_under_both_its_codes(
    meeting: ModerationMeeting, scored: Evaluation, neighbour: Evaluation, sign_in: SignIn
) -> None:
    ours, theirs = scored.scores.get(item__kpi__code="1.2"), neighbour.scores.get(item__kpi__code="1.1")
    chief, place = sign_in("chief-assessor"), f"/evaluations/moderation/{meeting.public_id}"

    page = chief.get(f"{place}/").content.decode()
    compared = chief.get(f"{place}/kpi/?kpi={theirs.item.kpi.public_id}&months=12").content.decode()

    assert (page.count("1 of 2"), page.count("0 of 2")) == (2, 1)  # the third has no result
    assert "1.1, 1.2 ตัวชี้วัดตัวอย่าง 1.2" in compared
    assert all(f"score-{one.public_id}" in compared for one in (ours, theirs))
    assert chief.get(f"{place}/kpi/?kpi=1.1&months=12").status_code == 404


def test_the_second_of_two_decisions_is_told(meeting: ModerationMeeting, scored: Evaluation, sign_in: SignIn) -> None:
    chief, score = sign_in("chief-assessor"), scored.scores.get(item__kpi__code="1.1")
    kpi = f"/evaluations/moderation/{meeting.public_id}/kpi/?kpi={score.item.kpi.public_id}&months=12"
    said = {"score": score.public_id, "version": score.version, "given": "2.5", "because": "แนวเดียวกัน"}
    chief.post(kpi, said)

    answer = chief.post(kpi, said | {"given": "4"})

    assert answer.status_code == 409
    assert "แนวเดียวกัน" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("executive", 200), ("auditor", 200), ("planner", 404), ("director", 404)]
)
def test_a_meeting_is_read_by_those_who_read_all_units(
    meeting: ModerationMeeting, sign_in: SignIn, name: str, status: int
) -> None:
    reader = sign_in(name)

    assert reader.get(f"/evaluations/moderation/{meeting.public_id}/").status_code == status
    assert reader.post("/evaluations/moderation/open/", FACTS).status_code in (403, 404)
    assert ModerationMeeting.objects.count() == 1


def test_minutes_print_before_and_after_the_end(meeting: ModerationMeeting, sign_in: SignIn) -> None:
    answer = sign_in("chief-assessor").get(f"/evaluations/moderation/{meeting.public_id}/minutes/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert sign_in("chief-assessor.pa").get(f"/evaluations/moderation/{meeting.public_id}/minutes/").status_code == 404


def test_the_page_of_a_score_says_which_meeting_decided(
    meeting: ModerationMeeting, scored: Evaluation, cast: SampleAgency, sign_in: SignIn
) -> None:
    chief, score = cast.people["chief-assessor"], scored.scores.get(item__kpi__code="1.1")
    moderation.decide(meeting, score, given=None, because="หลักฐานครบ", seen=None, by=chief, at=IN_OCTOBER)
    evaluations.send_back(scored, because="ดูใหม่", by=chief, at=IN_OCTOBER)

    page = sign_in("assessor").get(f"/evaluations/scores/{score.public_id}/look/").content.decode()

    assert "Moderation meeting 1/2570 decided about this score." in page
    assert "Keep the calculated score" not in page
