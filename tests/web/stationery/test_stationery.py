"""The pages on which an agency words its papers and sets how they look."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.documents.wording import worded_kinds
from raprong.lib.thai.dates import short_date
from raprong.stationery.models import Letterhead, Wording
from raprong.stationery.queries import style_for, wording_for
from raprong.web.stationery.presenters import TITLES
from tests.web.keyboard import SignIn

PICTURE = "data:image/png;base64,"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z"/></svg>'


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    return agencies


def page(name: str, holder: Any, **also: Any) -> str:
    return reverse(f"stationery:{name}", kwargs={"holder": holder.public_id, **also})


def circular(**typed: str) -> dict[str, str]:
    own = {
        "subject": "แจ้งเวียนผล {round}",
        "to": "ทุกคนใน{unit}",
        "paragraphs": "ผลคือ {result}\r\nจึงเรียนมาเพื่อทราบ",
        "because": "ตามที่ประชุม",
        "in_force_from": short_date(clock.today()),
        "seen": "0",
    }
    return own | typed


def test_a_planning_officer_words_a_paper_of_the_unit(cast: SampleAgency, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(page("wording", cast.office, kind="circular"), circular(), follow=True)

    assert "บันทึกรุ่นที่ ๑ แล้ว" in answer.text
    assert "<ins>" in answer.text
    assert wording_for(cast.office, "circular", on=clock.today())["to"] == ("ทุกคนใน{unit}",)


def test_a_fault_stands_at_its_field_and_nothing_is_lost(cast: SampleAgency, sign_in: SignIn) -> None:
    typed = circular(to="เรียน {nobody}", because="")

    answer = sign_in("planner").post(page("wording", cast.office, kind="circular"), typed)

    assert answer.status_code == 422
    assert "เรียน {nobody}" in answer.text
    assert 'id="id_because_fault"' in answer.text
    assert not Wording.objects.exists()


@pytest.mark.parametrize("words, told", [("เรียน {nobody}", "บรรทัดที่ ๑ ใช้ {nobody}"), ("เรียน {unit", "วงเล็บปีกกา")])
def test_faults_are_told_while_typing(words: str, told: str, cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in("planner")
    address = page("beside", cast.office, kind="circular")

    assert PICTURE in client.post(address, circular()).text
    answer = client.post(address, circular(to=words)).text

    assert told in answer
    assert "#id_to" in answer
    assert PICTURE not in answer


def test_a_fault_names_the_line_that_was_typed_past_empty_ones(cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in("planner")
    words = circular(paragraphs="หนึ่ง\r\n\r\n  \r\nถึง {nobody}\r\nสี่ 😀")

    typing = client.post(page("beside", cast.office, kind="circular"), words).text
    saving = client.post(page("wording", cast.office, kind="circular"), words).text

    assert "บรรทัดที่ ๔ ใช้ {nobody}" in typing
    assert "บรรทัดที่ ๔ ใช้ {nobody}" in saving


def test_the_preview_works_without_scripts(cast: SampleAgency, sign_in: SignIn) -> None:
    answer = sign_in("planner").post(page("wording", cast.office, kind="circular"), circular(show="paper"))

    assert answer.status_code == 200
    assert PICTURE in answer.text
    assert not Wording.objects.exists()


def test_an_old_page_is_told_and_keeps_its_words(cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in("planner")
    client.post(page("wording", cast.office, kind="circular"), circular())

    answer = client.post(page("wording", cast.office, kind="circular"), circular(to="คำที่พิมพ์ไว้"))

    assert answer.status_code == 422
    assert "มีผู้บันทึกรุ่นที่ ๑" in answer.text
    assert "คำที่พิมพ์ไว้" in answer.text


def test_words_of_an_earlier_version_and_of_the_default_are_taken_up_again(cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in("planner")
    client.post(page("wording", cast.office, kind="circular"), circular())
    client.post(page("wording", cast.office, kind="circular"), circular(to="ทุกกลุ่ม", seen="1"))

    address = page("wording", cast.office, kind="circular")

    assert "ทุกกลุ่ม" in client.get(address).text
    assert "ทุกคนใน{unit}" in client.get(f"{address}?from=1").text
    assert "หัวหน้ากลุ่ม ข้าราชการ และเจ้าหน้าที่{unit}ทุกคน" in client.get(f"{address}?from=0").text


def test_two_versions_are_compared(cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in("planner")
    client.post(page("wording", cast.office, kind="circular"), circular())
    client.post(page("wording", cast.office, kind="circular"), circular(to="ทุกกลุ่มใน{unit}", seen="1"))

    text = client.get(page("version", cast.office, kind="circular", number=2)).text

    assert "ข้อความที่ต่างกัน: เรียน" in text
    assert "กลุ่ม</ins>" in text


def test_a_letterhead_with_an_emblem_holds_for_the_agency(cast: SampleAgency, sign_in: SignIn) -> None:
    data = {
        "emblem": SimpleUploadedFile("garuda.svg", SVG),
        "address": "ถนนหนึ่ง",
        "thai_digits": "yes",
        "because": "ตราของกรม",
        "in_force_from": short_date(clock.today()),
        "seen": "0",
    }

    answer = sign_in("admin").post(page("letterhead", cast.agency), data, follow=True)

    look = style_for(cast.office, on=clock.today())
    assert "บันทึกรุ่นที่ ๑ แล้ว" in answer.text
    assert "M1 1h7v7h-7z" in look.style.garuda_svg
    assert look.address == "ถนนหนึ่ง"


def test_a_drawing_with_a_script_is_told_at_its_field(cast: SampleAgency, sign_in: SignIn) -> None:
    data = {
        "emblem": SimpleUploadedFile("a.svg", SVG.replace(b"<path", b"<script/><path")),
        "thai_digits": "yes",
        "because": "ตรา",
        "in_force_from": short_date(clock.today()),
        "seen": "0",
    }

    answer = sign_in("planner").post(page("letterhead", cast.office), data)

    assert answer.status_code == 422
    assert "&lt;script&gt;" in answer.text
    assert not Letterhead.objects.exists()


def test_who_only_reads_sees_why_nothing_can_be_changed(cast: SampleAgency, sign_in: SignIn) -> None:
    text = sign_in("director").get(page("wording", cast.office, kind="circular")).text

    assert "เจ้าหน้าที่แผนงาน" in text
    assert PICTURE in text


def test_the_agencys_words_are_read_and_not_changed_by_a_unit(cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in("planner")

    assert client.get(page("wording", cast.agency, kind="circular")).status_code == 200
    assert client.post(page("wording", cast.agency, kind="circular"), circular()).status_code == 403


@pytest.mark.parametrize("who", ["staff", "head1", "planner.pa"])
def test_who_has_no_part_in_it_finds_no_page(who: str, cast: SampleAgency, sign_in: SignIn) -> None:
    client = sign_in(who)

    assert client.get(page("wording", cast.office, kind="circular")).status_code == 404
    assert client.get(page("letterhead", cast.agency)).status_code == 404


def test_every_paper_with_words_has_a_page() -> None:
    assert set(TITLES) == set(worded_kinds())


def test_a_paper_without_words_of_its_own_has_no_page(cast: SampleAgency, sign_in: SignIn) -> None:
    assert sign_in("planner").get(page("wording", cast.office, kind="score_table")).status_code == 404
