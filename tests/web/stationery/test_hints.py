"""The proof-reader beside forms that are not its own."""

import json

import pytest
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Unit
from tests.web.keyboard import SignIn


@pytest.fixture
def offices(agencies: dict[str, SampleAgency]) -> dict[str, SampleAgency]:
    return agencies


def asked(unit: Unit, **texts: str) -> dict[str, str]:
    labels = {place: f"ช่อง {place}" for place in texts}
    return {"proof_unit": unit.public_id, "proof_places": json.dumps(labels), **texts}


def test_marks_lead_to_their_field_with_the_correction(cast: SampleAgency, sign_in: SignIn) -> None:
    answer = sign_in("staff").post(reverse("stationery:proof"), asked(cast.office, narrative="กลุ่มต่างๆ ได้ร่วมกัน"))

    assert 'href="#id_narrative"' in answer.text
    assert "ช่อง narrative" in answer.text
    assert 'data-words="กลุ่มต่าง ๆ ได้ร่วมกัน"' in answer.text


def test_the_name_of_the_unit_is_known(cast: SampleAgency, sign_in: SignIn) -> None:
    wrong = cast.office.name.replace("ทาง", "", 1)

    answer = sign_in("staff").post(reverse("stationery:proof"), asked(cast.office, narrative=f"ผลของ{wrong}"))

    assert f"ชื่อที่ถูกต้องคือ {cast.office.name}" in answer.text


def test_a_text_without_fault_gives_nothing(cast: SampleAgency, sign_in: SignIn) -> None:
    answer = sign_in("staff").post(reverse("stationery:proof"), asked(cast.office, narrative="ดำเนินการแล้ว"))

    assert answer.text.strip() == ""


def test_another_agencys_unit_and_broken_questions_are_not_answered(
    cast: SampleAgency, other_cast: SampleAgency, sign_in: SignIn
) -> None:
    client = sign_in("staff")

    assert client.post(reverse("stationery:proof"), asked(other_cast.office, narrative="ก")).status_code == 404
    broken = asked(cast.office) | {"proof_places": "["}
    assert client.post(reverse("stationery:proof"), broken).status_code == 404
