"""The pages on which a letter is written, proof-read, checked and sent back."""

import pytest
from django.urls import reverse

from raprong.circulation.enums import State
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from tests.web.circulation.test_letters import address
from tests.web.keyboard import SignIn


def words(letter: Letter, **typed: str) -> dict[str, str]:
    own = {"subject": letter.subject, "to": "ทุกคน", "paragraphs": "หนึ่ง\r\nจึงเรียนมา", "version": str(letter.version)}
    return own | typed


def test_a_draft_is_handed_in_checked_and_waits_for_the_director(drafted: Letter, sign_in: SignIn) -> None:
    sign_in("planner").post(address("hand-in", drafted), {"version": drafted.version})
    drafted.refresh_from_db()
    page = sign_in("planning-head").post(address("check", drafted), {"version": drafted.version}, follow=True).text

    drafted.refresh_from_db()
    assert drafted.state == State.SIGNING
    assert "อยู่ที่ นายวิชาญ ตัวอย่าง เพื่อลงนาม" in page
    assert "ตรวจแล้วเสนอลงนาม" in page


def test_the_drafter_asks_the_executive_who_then_finds_it_waiting(
    drafted: Letter, sign_in: SignIn, cast: SampleAgency
) -> None:
    planner, executive = sign_in("planner"), cast.people["executive"]

    page = planner.get(f"/letters/{drafted.public_id}/").text
    asked = {"signer": executive.public_id, "version": drafted.version}
    chosen = planner.post(f"/letters/{drafted.public_id}/signer/", asked, follow=True).text
    planner.post(f"/letters/{drafted.public_id}/hand-in/", {"version": drafted.version + 1})
    sign_in("planning-head").post(f"/letters/{drafted.public_id}/check/", {"version": drafted.version + 2})

    assert cast.people["staff"].public_id not in page
    assert f"เสนอให้ {executive.name} ลงนาม" in chosen
    assert f"/letters/{drafted.public_id}/" in sign_in("executive").get("/").text
    assert f"/letters/{drafted.public_id}/" not in sign_in("director").get("/").text
    refused = sign_in("staff").post(f"/letters/{drafted.public_id}/signer/", asked)
    assert refused.status_code == 404


def test_the_checker_reads_the_real_paper_and_the_marks(handed_in: Letter, sign_in: SignIn) -> None:
    page = sign_in("planning-head").get(address("check", handed_in)).text

    assert "data:image/png;base64," in page
    assert "ผู้ช่วยพิสูจน์อักษร" in page


def test_the_drafter_reads_why_they_may_not_check(handed_in: Letter, sign_in: SignIn) -> None:
    client = sign_in("planner")

    assert "ต้องให้ผู้อื่นเป็นผู้ตรวจ" in client.get(address("letter", handed_in)).text
    assert client.get(address("check", handed_in)).status_code == 403


def test_what_came_back_is_told_to_the_drafter(handed_in: Letter, sign_in: SignIn) -> None:
    data = {"because": "ขอเพิ่มตาราง", "version": handed_in.version}
    sign_in("planning-head").post(address("send-back", handed_in), data)

    page = sign_in("planner").get(address("letter", handed_in)).text

    assert "ส่งคืนให้แก้ไข: ขอเพิ่มตาราง" in page
    assert address("revise", handed_in) in page


def test_sending_back_without_a_reason_is_told_at_its_field(handed_in: Letter, sign_in: SignIn) -> None:
    answer = sign_in("planning-head").post(address("send-back", handed_in), {"version": handed_in.version})

    assert answer.status_code == 422
    assert Letter.objects.get().state == State.CHECKING


def test_an_old_page_of_the_check_is_told(handed_in: Letter, sign_in: SignIn) -> None:
    answer = sign_in("planning-head").post(address("check", handed_in), {"version": handed_in.version - 1})

    assert answer.status_code == 409
    assert Letter.objects.get().state == State.CHECKING


def test_what_is_typed_is_shown_on_the_paper_and_kept_nowhere(drafted: Letter, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(
        address("beside", drafted), words(drafted, paragraphs="แจ้งกลุ่มต่างๆ"), headers={"HX-Request": "true"}
    )

    drafted.refresh_from_db()
    assert answer.status_code == 200
    assert "data:image/png;base64," in answer.text
    assert "การเว้นวรรคไม้ยมก" in answer.text
    assert "ต่างๆ" not in str(drafted.content)


def test_the_preview_works_without_scripts(drafted: Letter, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(address("revise", drafted), words(drafted, subject="เรื่องใหม่", show="paper"))

    drafted.refresh_from_db()
    assert answer.status_code == 200
    assert ">\nเรื่องใหม่</textarea>" in answer.text
    assert "data:image/png;base64," in answer.text
    assert drafted.subject != "เรื่องใหม่"


@pytest.mark.parametrize(
    "asked, left", [("all", "ปี พ.ศ. ๒๕๗๐ ต่าง ๆ"), ("subject:christian-year:3", "ปี พ.ศ. ๒๕๗๐ ต่างๆ")]
)
def test_the_proof_reader_corrects_what_is_asked(asked: str, left: str, drafted: Letter, sign_in: SignIn) -> None:
    typed = words(drafted, subject="ปี ค.ศ. ๒๐๒๗ ต่างๆ", correct=asked)

    answer = sign_in("planner").post(address("revise", drafted), typed)

    assert f"{left}</textarea>" in answer.text


def test_a_text_too_long_to_draw_is_told_in_words(drafted: Letter, sign_in: SignIn) -> None:
    long = "\n".join(["ก" * 14_000] * 3)

    answer = sign_in("planner").post(address("beside", drafted), words(drafted, paragraphs=long))

    assert answer.status_code == 200
    assert "โปรดเปิดเป็น PDF" in answer.text


@pytest.mark.parametrize("name", ["check", "send-back", "revise"])
def test_an_outsider_finds_no_page(name: str, handed_in: Letter, sign_in: SignIn, other_cast: SampleAgency) -> None:
    assert sign_in("planner.pa").get(address(name, handed_in)).status_code == 404


def test_the_checker_finds_what_waits(handed_in: Letter, sign_in: SignIn) -> None:
    page = sign_in("planning-head").get(reverse("circulation:list")).text

    assert address("check", handed_in) in page
