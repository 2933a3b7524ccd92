"""The register of numbers on paper."""

from io import BytesIO

import pypdfium2
from django.urls import reverse

from raprong.circulation import actions
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.lib.thai.dates import be_year
from tests.web.keyboard import SignIn


def register_of(cast: SampleAgency, year: int) -> str:
    return reverse("circulation:register-paper", kwargs={"unit": cast.office.public_id, "year": year})


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(BytesIO(pdf))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_every_number_of_a_year_prints_with_its_reason(signed: Letter, cast: SampleAgency, sign_in: SignIn) -> None:
    director = cast.people["director"]
    actions.cancel(signed, because="ชื่อเรื่องไม่ตรง", seen=None, by=director, at=clock.now())

    answer = sign_in("planner").get(register_of(cast, be_year(clock.today().year)))

    text = text_of(b"".join(answer.streaming_content))
    assert "ทะเบียนหนังสือส่ง" in text
    assert "สธ๐๗๒๐/ว๑" in text
    assert "ยกเลิก" in text


def test_a_year_without_numbers_has_no_paper(signed: Letter, cast: SampleAgency, sign_in: SignIn) -> None:
    assert sign_in("planner").get(register_of(cast, 2500)).status_code == 404


def test_another_department_prints_nothing(signed: Letter, cast: SampleAgency, sign_in: SignIn) -> None:
    assert sign_in("planner.pa").get(register_of(cast, be_year(clock.today().year))).status_code == 404
