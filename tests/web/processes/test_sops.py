import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.processes.library import all_sops


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
