"""The pages of letters, by side: for those who send them, and for those whom they reach."""

import pytest
from django.urls import reverse

from raprong.circulation.actions import sha256_of_draft
from raprong.circulation.enums import State
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from tests.web.keyboard import PASSWORD, SignIn


def address(name: str, letter: Letter) -> str:
    return reverse(f"circulation:{name}", kwargs={"letter": letter.public_id})


def test_the_director_finds_what_waits_for_the_signature(to_sign: Letter, sign_in: SignIn) -> None:
    page = sign_in("director").get(reverse("circulation:list")).text

    assert address("sign", to_sign) in page


def test_the_words_of_a_draft_are_changed(drafted: Letter, sign_in: SignIn) -> None:
    data = {"subject": "แจ้งผลรอบ ๖ เดือน", "to": "ทุกคน", "paragraphs": "หนึ่ง\r\nสอง", "version": drafted.version}

    answer = sign_in("planner").post(address("revise", drafted), data)

    drafted.refresh_from_db()
    assert answer.status_code == 302
    assert drafted.subject == "แจ้งผลรอบ ๖ เดือน"
    assert drafted.content["paragraphs"] == ["หนึ่ง", "สอง"]


def test_the_unit_is_named_in_the_language_of_the_page(drafted: Letter, sign_in: SignIn) -> None:
    client = sign_in("planner")
    client.cookies["django_language"] = "en"

    page = client.get(address("letter", drafted)).text

    assert f"Circular · {drafted.unit.name_en}" in page


def test_an_old_form_is_told_and_its_words_are_kept(drafted: Letter, sign_in: SignIn) -> None:
    data = {"subject": "หนึ่ง", "to": "ทุกคน", "paragraphs": "ก", "version": drafted.version}
    client = sign_in("planner")
    client.post(address("revise", drafted), data)

    answer = client.post(address("revise", drafted), data | {"paragraphs": "ข้อความที่พิมพ์ไว้"})

    assert answer.status_code == 409
    assert "ข้อความที่พิมพ์ไว้" in answer.text


def test_a_letter_no_typeface_has_is_told_at_its_line_and_not_kept(drafted: Letter, sign_in: SignIn) -> None:
    client = sign_in("planner")
    data = {"subject": "แจ้งผล 😀", "to": "ทุกคน", "paragraphs": "หนึ่ง\r\n\r\nขอบคุณ 🎉", "version": drafted.version}

    typing = client.post(address("beside", drafted), data).text
    saving = client.post(address("revise", drafted), data)

    for page in (typing, saving.text):
        assert "บรรทัดที่ ๑ มีอักขระที่แบบอักษรพิมพ์ไม่ได้: “😀”" in page
        assert "บรรทัดที่ ๓ มีอักขระที่แบบอักษรพิมพ์ไม่ได้: “🎉”" in page
    assert saving.status_code == 422
    assert "ขอบคุณ 🎉" in saving.text


def test_a_line_too_long_is_named_in_words_and_nothing_typed_is_cut(drafted: Letter, sign_in: SignIn) -> None:
    client = sign_in("planner")
    data = {"subject": "แจ้งผล", "to": "ทุกคน", "paragraphs": "หนึ่ง\r\n" + "ก" * 15_001, "version": drafted.version}

    form = client.get(address("revise", drafted)).text
    page = client.post(address("revise", drafted), data).text

    assert "บรรทัดที่ ๒: มี ๑๕,๐๐๑ ตัวอักษร" in page
    assert "paragraphs[" not in page
    assert "maxlength" not in form


def test_a_text_too_long_to_be_read_is_not_called_faultless(drafted: Letter, sign_in: SignIn) -> None:
    data = {"subject": "แจ้งผล", "to": "ทุกคน", "paragraphs": "ก ๆ\r\n" * 20_000, "version": drafted.version}

    page = sign_in("planner").post(address("beside", drafted), data).text

    assert "ยังไม่ได้ตรวจพิสูจน์อักษร" in page
    assert "ไม่พบสิ่งที่ควรแก้ไข" not in page


def test_a_pasted_line_of_a_word_processor_is_a_line(drafted: Letter, sign_in: SignIn) -> None:
    data = {"subject": "แจ้ง\r\nผล", "to": "ทุกคน", "paragraphs": "หนึ่ง\vสอง\u2028สาม", "version": drafted.version}

    sign_in("planner").post(address("revise", drafted), data)

    drafted.refresh_from_db()
    assert drafted.subject == "แจ้ง ผล"
    assert drafted.content["paragraphs"] == ["หนึ่ง", "สอง", "สาม"]


def test_a_paper_that_cannot_be_printed_is_a_sentence_for_everybody(to_sign: Letter, sign_in: SignIn) -> None:
    to_sign.content = {**to_sign.content, "paragraphs": ["ขอบคุณ 🎉"]}  # as it was kept before this was looked at
    to_sign.save()
    director = sign_in("director")

    answers = [director.get(address(name, to_sign)) for name in ("sign", "paper")]

    for answer in answers:
        assert answer.status_code == 403
        assert "ข้อความ: บรรทัดที่ ๑ มีอักขระที่แบบอักษรพิมพ์ไม่ได้: “🎉”" in answer.text
    assert director.get(address("send-back", to_sign)).status_code == 200


def test_the_paper_stands_beside_the_signature(to_sign: Letter, sign_in: SignIn) -> None:
    assert 'class="paper-page"' in sign_in("director").get(address("sign", to_sign)).text


def test_signing_with_the_password_gives_the_number(to_sign: Letter, sign_in: SignIn) -> None:
    data = {"seen_sha256": sha256_of_draft(to_sign), "intent": "on", "password": PASSWORD}

    answer = sign_in("director").post(address("sign", to_sign), data, follow=True)

    assert "สธ ๐๗๒๐/ว ๑" in answer.text


def test_a_wrong_password_is_a_sentence_and_takes_no_number(to_sign: Letter, sign_in: SignIn) -> None:
    data = {"seen_sha256": sha256_of_draft(to_sign), "intent": "on", "password": "something else"}

    answer = sign_in("director").post(address("sign", to_sign), data)

    to_sign.refresh_from_db()
    assert answer.status_code == 422
    assert "รหัสผ่านไม่ถูกต้อง" in answer.text
    assert to_sign.state == State.SIGNING


def test_who_may_not_sign_reads_why(to_sign: Letter, sign_in: SignIn) -> None:
    page = sign_in("planner").get(address("letter", to_sign)).text

    assert "ผู้ลงนามคือหัวหน้าของ" in page
    assert sign_in("planner").get(address("sign", to_sign)).status_code == 403


def test_everybody_of_the_unit_is_ticked_and_one_is_taken_out(
    signed: Letter, sign_in: SignIn, cast: SampleAgency
) -> None:
    client = sign_in("planner")
    page = client.get(address("send", signed)).text
    chosen = [cast.people[name].public_id for name in ("staff", "director")]

    answer = client.post(address("send", signed), {"recipients": chosen})

    assert page.count("checked") >= 8
    assert answer.status_code == 302
    assert signed.recipients.count() == 2


def test_sending_to_nobody_is_a_fault(signed: Letter, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(address("send", signed), {})

    assert answer.status_code == 422
    assert "เลือกผู้รับอย่างน้อยหนึ่งคน" in answer.text


def test_looking_at_a_letter_does_not_mark_it_read(sent: Letter, sign_in: SignIn, cast: SampleAgency) -> None:
    sign_in("staff").get(address("letter", sent))

    assert sent.recipients.get(person=cast.people["staff"]).read_at is None


def test_opening_and_acknowledging_are_seen_by_the_sender(sent: Letter, sign_in: SignIn, cast: SampleAgency) -> None:
    reader = sign_in("staff")
    reader.post(address("open", sent))
    reader.post(address("acknowledge", sent))

    page = sign_in("planner").get(address("letter", sent)).text

    assert sent.recipients.get(person=cast.people["staff"]).acknowledged_at is not None
    assert "อ่านแล้ว ๑ จาก ๓ คน รับทราบแล้ว ๑ คน" in page
    assert cast.people["staff2"].name in page


def test_a_reader_does_not_see_who_else_has_read(sent: Letter, sign_in: SignIn, cast: SampleAgency) -> None:
    page = sign_in("staff").get(address("letter", sent)).text

    assert cast.people["staff2"].name not in page


def test_nobody_opens_a_letter_that_did_not_reach_them(sent: Letter, sign_in: SignIn) -> None:
    assert sign_in("director").post(address("open", sent)).status_code == 404


def test_the_sealed_paper_is_read_by_whom_it_reached(sent: Letter, sign_in: SignIn) -> None:
    answer = sign_in("head1").get(address("paper", sent))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["letter", "paper", "revise", "sign", "send"])
def test_an_outsider_finds_no_page(name: str, sent: Letter, sign_in: SignIn, other_cast: SampleAgency) -> None:
    assert sign_in("planner.pa").get(address(name, sent)).status_code == 404


def test_staff_do_not_find_a_draft(drafted: Letter, sign_in: SignIn) -> None:
    assert sign_in("staff").get(address("letter", drafted)).status_code == 404


def test_a_signed_letter_is_taken_back_and_stays_in_the_register(signed: Letter, sign_in: SignIn) -> None:
    director = sign_in("director")

    page = director.post(address("cancel", signed), {"because": "ชื่อเรื่องผิด", "version": signed.version}, follow=True)
    register = director.get(reverse("circulation:register")).text

    assert "ยกเลิกหนังสือแล้ว" in page.text
    assert "สธ ๐๗๒๐/ว ๑" in register
    assert "ชื่อเรื่องผิด" in register


def test_taking_back_without_a_reason_is_told_at_its_field(signed: Letter, sign_in: SignIn) -> None:
    answer = sign_in("director").post(address("cancel", signed), {"because": "", "version": signed.version})

    assert answer.status_code == 422
    assert Letter.objects.get().state == State.SIGNED


def test_another_department_sees_no_number(signed: Letter, sign_in: SignIn) -> None:
    register = sign_in("planner.pa").get(reverse("circulation:register")).text

    assert "สธ ๐๗๒๐" not in register
