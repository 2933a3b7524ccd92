from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from raprong.cli.sample.organisation import SampleAgency
from raprong.processes.library import all_sops
from raprong.web.processes.sop_views import hands_of


@pytest.fixture
def reader(cast: SampleAgency) -> Client:
    client = Client()
    client.force_login(cast.people["staff"].user)
    return client


def test_every_sop_is_listed_and_shown_whole(reader: Client) -> None:
    listed = reader.get(reverse("processes:sops")).text

    for code, definition in all_sops().items():
        page = reader.get(reverse("processes:sop", args=[code])).text
        assert reverse("processes:sop", args=[code]) in listed
        for words in [step.title for step in definition.steps] + list(definition.notes):
            assert words.split('"')[0] in page


def test_a_document_that_disagrees_with_itself_is_marked(reader: Client) -> None:
    page = reader.get(reverse("processes:sop", args=["SOP-MIP-PLAN-02"])).text

    assert "๒๔,๐๗๐" in page


def test_an_sop_says_from_hand_to_hand_how_its_reports_come_together(reader: Client) -> None:
    reader.cookies["django_language"] = "en"
    definition = all_sops()["SOP-MIP-PLAN-02"]
    parts = definition.reporting.parts
    assert parts is not None

    page = unescape(reader.get(reverse("processes:sop", args=[definition.code])).text)

    for words in ("Parts checked by", "Nobody checks a part that they wrote themselves.", "Parts gathered by"):
        assert words in page
    for code in (parts.checked_by, parts.gathered_by, *parts.submitted_by):
        assert definition.party(code or "").title_en in page
    assert f"{parts.working_days_before_due} working days before the report is due" in page
    assert f"{definition.reporting.due_working_days_after_end} working days after its round ends" in page


def test_an_sop_without_parts_says_that_its_report_is_one() -> None:
    definition = all_sops()["SOP-MIP-PLAN-02"]
    whole = definition.reporting.model_copy(update={"parts": None, "due_working_days_after_end": 0})

    with override("en"):
        hands = hands_of(definition.model_copy(update={"reporting": whole}))

    assert hands == [
        ("The groups' parts", "None: the report is written and submitted as one."),
        ("Report due", "On the last day of its round"),
    ]


def test_every_sop_prints_as_a_controlled_document_from_its_page(reader: Client) -> None:
    for code in all_sops():
        address = reverse("processes:sop-document", args=[code])

        answer = reader.get(address)

        assert address in reader.get(reverse("processes:sop", args=[code])).text
        assert answer["Content-Type"] == "application/pdf"
        assert answer.getvalue().startswith(b"%PDF")  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["processes:sop", "processes:sop-document"])
def test_an_unknown_sop_is_not_there(reader: Client, page: str) -> None:
    assert reader.get(reverse(page, args=["made-up"])).status_code == 404
