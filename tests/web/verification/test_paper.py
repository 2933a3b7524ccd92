"""The page of a paper by its code: for everybody, without signing in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from raprong.agreements import actions, by_hand
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.files.store import open_content
from raprong.organisation.models import Person
from raprong.seals import papers
from raprong.seals.codes import new_code, spoken
from raprong.seals.models import SealedPaper
from raprong.signatures.enums import Way
from raprong.signatures.scans import HandedIn
from raprong.web.verification import limits
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, open_for_signing, proof_of, sign_all

AT = datetime(2026, 12, 16, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    cache.clear()


@pytest.fixture
def visitor(agencies: dict[str, SampleAgency]) -> Client:
    """Somebody who has no account, and reads English."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def paper(in_force: Agreement) -> SealedPaper:
    assert in_force.sealed is not None
    return SealedPaper.objects.get(sha256=in_force.sealed.sha256)


def page_of(code: str) -> str:
    return reverse("verification:paper", args=[code])


def compared(visitor: Client, paper: SealedPaper, content: bytes) -> Any:
    return visitor.post(page_of(paper.code), {"paper": SimpleUploadedFile("copy.pdf", content)})


def test_code_tells_what_the_paper_is_and_who_signed(visitor: Client, paper: SealedPaper, in_force: Agreement) -> None:
    page = visitor.get(page_of(spoken(paper.code))).text

    assert "Performance agreement" in page
    assert in_force.run.unit.name in page
    assert "is unchanged since it was sealed by" in page
    assert "for evaluation and training" in page
    for party in in_force.parties.all():
        assert party.name in page


def test_who_signed_by_hand_is_said_to_have_done_so(
    visitor: Client, approved_first: Agreement, planner: Person, cast: SampleAgency
) -> None:
    chosen = actions.choose_way(approved_first, Way.WET_INK, seen=None, by=planner, at=NEW_YEAR)
    opened, director = open_for_signing(chosen, planner), cast.people["director"]
    approver = cast.people["planning-head"]
    approved = actions.sign(opened, identity=proof_of(approver), by=approver, at=SIGNING)
    assert approved.paper is not None
    with open_content(approved.paper.sha256) as file:
        scan = by_hand.hand_in(
            approved, [HandedIn(file, "scan.pdf")], signed_on=day_of(SIGNING), by=planner, at=SIGNING
        )
    signed = by_hand.approve_scan(approved, scan, by=director, at=SIGNING)
    assert signed.sealed is not None

    page = visitor.get(page_of(spoken(SealedPaper.objects.get(sha256=signed.sealed.sha256).code))).text

    assert page.count("by hand on the paper, on 4 December 2026") == 2
    assert page.count("approved before it was signed") == 1
    assert page.count("on screen, identity proven again") == 1


def test_a_signature_that_binds_nobody_any_more_is_not_told(
    visitor: Client, opened: Agreement, planner: Person, cast: SampleAgency
) -> None:
    head = cast.people["head1"]
    actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)
    returned = actions.send_back(opened, because="แก้คำผิด", by=planner, at=SIGNING)

    signed = sign_all(actions.open_signing(returned, seen=None, by=planner, at=SIGNING))

    assert signed.sealed is not None
    page = visitor.get(page_of(spoken(SealedPaper.objects.get(sha256=signed.sealed.sha256).code))).text
    assert page.count("on screen, identity proven again") == signed.parties.count()


def test_code_is_read_as_people_type_it(visitor: Client, paper: SealedPaper) -> None:
    typed = spoken(paper.code).lower().replace("-", " ")

    answer = visitor.get(reverse("verification:check"), {"code": typed}, follow=True)

    assert answer.status_code == 200
    assert spoken(paper.code) in answer.text


@pytest.mark.parametrize("code", ["7K2M-9QXT-0B4C", "not-a-code", "<b>"])
def test_unknown_code_says_so(visitor: Client, code: str) -> None:
    answer = visitor.get(page_of(code))

    assert answer.status_code == 404
    assert "No paper of this installation has the code" in answer.text
    assert "<b>" not in answer.text


def test_same_copy_is_told_from_another(visitor: Client, paper: SealedPaper) -> None:
    with open_content(paper.sha256) as file:
        content = file.read()

    same, other = compared(visitor, paper, content), compared(visitor, paper, content + b"\n")

    assert "Your copy is, to the last byte, the paper in our cabinet." in same.text
    assert "Your copy is not the paper in our cabinet." in other.text


def test_cancelled_paper_says_when_and_why(visitor: Client, paper: SealedPaper, cast: SampleAgency) -> None:
    papers.cancel(paper, because="the wrong year was printed", by=cast.people["planner"], at=AT)

    page = visitor.get(page_of(paper.code)).text

    assert "This paper was cancelled on 16 December 2026: the wrong year was printed" in page


def test_replaced_paper_leads_to_the_newer(visitor: Client, paper: SealedPaper, cast: SampleAgency) -> None:
    newer = SealedPaper.objects.exclude(pk=paper.pk).first()
    assert newer is not None
    papers.supersede(paper, newer, by=cast.people["planner"], at=AT)

    page = visitor.get(page_of(paper.code)).text

    assert "Another paper has taken the place of this one." in page
    assert page_of(spoken(newer.code)) in page


def test_paper_printed_to_be_signed_is_not_sealed_yet(visitor: Client, in_force: Agreement) -> None:
    printed = papers.give_code(
        kind="agreement", title="To be signed", about=in_force, unit=in_force.run.unit, fiscal_year=2570, at=AT
    )

    page = visitor.get(page_of(printed.code)).text

    assert "It is not sealed yet." in page
    assert "Compare your copy" not in page


def test_uploaded_paper_leads_to_its_own_page(visitor: Client, paper: SealedPaper) -> None:
    with open_content(paper.sha256) as file:
        given = SimpleUploadedFile("paper.pdf", file.read())

    page = visitor.post(reverse("verification:check"), {"paper": given}).text

    assert page_of(spoken(paper.code)) in page


def test_whoever_asks_too_often_waits(visitor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES_A_MINUTE", 3)
    monkeypatch.setattr(clock, "now", lambda: AT)  # all within one minute

    answers = [visitor.get(page_of(new_code())).status_code for _each in range(5)]

    assert answers == [404, 404, 404, 429, 429]


def test_authorities_are_there_for_everybody(visitor: Client, paper: SealedPaper) -> None:
    answer = visitor.get(reverse("verification:authorities"))

    assert answer.content.startswith(b"-----BEGIN CERTIFICATE-----")
