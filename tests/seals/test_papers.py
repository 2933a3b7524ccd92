"""Every sealed paper has a code; its page tells what became of it."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.references import reference
from raprong.files import store
from raprong.processes.models import Run
from raprong.seals import papers
from raprong.seals.codes import code_in, mark_for, new_code, spoken
from raprong.seals.models import SealedPaper
from tests.factories.certificates import Issued
from tests.seals.conftest import AT, Deposit, Install


def test_deposited_paper_has_its_code_and_what_it_is(deposit: Deposit, run: Run) -> None:
    record = deposit()

    paper = SealedPaper.objects.get()
    assert (paper.record, paper.sha256) == (reference(record), record.sha256)
    assert (paper.kind, paper.unit, paper.about) == ("agreement", run.unit, reference(run))
    assert (paper.level, paper.awaits_proof, paper.certificate) == ("B-B", False, None)


def test_code_is_printed_at_the_foot_with_its_address(deposit: Deposit, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://raprong.example.go.th/"

    record = deposit()

    foot = PdfReader(BytesIO(store.place_of(record.sha256).read_bytes())).pages[0].extract_text()
    code = spoken(SealedPaper.objects.get().code)
    assert f"raprong.example.go.th/verify/{code}" in foot


def test_office_without_an_address_prints_no_code(settings: Settings) -> None:
    settings.SITE_ADDRESS = ""

    assert mark_for(new_code(), note="") is None


def test_paper_says_that_its_seal_is_for_training(deposit: Deposit, install: Install, office_seal: Issued) -> None:
    deposit()
    trained = papers.mark_of(SealedPaper.objects.get())
    install(office_seal)
    sealed = papers.mark_of(SealedPaper.objects.get())

    assert trained is not None
    assert "ฝึกอบรม" in trained.note
    assert sealed is None


def test_codes_cannot_be_guessed_and_forgive_typing() -> None:
    codes = {new_code() for _each in range(200)}

    assert len(codes) == 200
    assert code_in("7k2m-9qxt-ob4c") == "7K2M9QXT0B4C"
    assert code_in(" 7K2M 9QXT 0B4C ") == "7K2M9QXT0B4C"
    assert code_in("7K2M") == code_in("../../etc") == code_in("7K2M-9QXT-0B4U") == ""
    assert spoken("7K2M9QXT0B4C") == "7K2M-9QXT-0B4C"


def test_newer_paper_takes_the_place_of_the_older(deposit: Deposit, cast: SampleAgency) -> None:
    deposit()
    deposit()
    newer, older = SealedPaper.objects.order_by("-pk")

    papers.supersede(older, newer, by=cast.people["planner"], at=AT)

    older.refresh_from_db()
    assert older.superseded_by == newer
    assert Entry.objects.get(kind="paper.superseded").facts["newer"] == newer.code


def test_cancelled_paper_keeps_its_reason_and_is_cancelled_once(deposit: Deposit, cast: SampleAgency) -> None:
    deposit()
    paper = papers.cancel(SealedPaper.objects.get(), because="พิมพ์ผิด", by=cast.people["planner"], at=AT)

    with pytest.raises(Refused):
        papers.cancel(paper, because="อีกครั้ง", by=cast.people["planner"], at=AT)

    assert paper.cancelled_because == "พิมพ์ผิด"
    assert Entry.objects.filter(kind="paper.cancelled").count() == 1


def test_paper_is_sealed_under_its_code_once(deposit: Deposit, run: Run) -> None:
    record = deposit()
    sealed = papers.seal(store.place_of(record.sha256).read_bytes(), unit=run.unit, at=AT)

    with pytest.raises(Refused):
        papers.enter(SealedPaper.objects.get(), sealed, deposited=record, sha256=record.sha256, at=AT)
