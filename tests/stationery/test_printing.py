"""Papers in the words and the look of their unit; and what was made before keeps what it was made with."""

import re
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from raprong.agreements import actions as agreement_actions
from raprong.agreements import documents as agreements
from raprong.agreements.queries import parties_of
from raprong.circulation import actions as circulation
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.documents import sample
from raprong.documents.wording import default_wording, worded_kinds
from raprong.files.store import open_content
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.stationery import actions
from raprong.stationery.actions import Decision
from raprong.stationery.printing import draw, print_for, sample_paper, worded
from raprong.stationery.queries import PaperStyle
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, open_for_signing, proof_of, select_kpis, sign_all
from tests.factories.circulation import checked, draft_circular

LATER = NEW_YEAR + timedelta(days=3)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#f00" d="M0 0h9v9h-9z"/></svg>'


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def test_a_new_paper_carries_the_words_of_its_unit(cast: SampleAgency, planner: Person) -> None:
    decision = Decision("ตามแบบกรม", day_of(NEW_YEAR))
    actions.word(cast.office, "signing_form", {"receiver": ["ผู้รับ"]}, decision, by=planner, at=NEW_YEAR)
    paper = sample("signing_form")

    made = worded(paper, cast.office)

    assert made.wording["receiver"] == (("ผู้รับ",) if paper.dated_on >= day_of(NEW_YEAR) else ("ผู้รับคำรับรอง",))
    assert agreements.SigningForm is type(made)


def test_the_emblem_and_the_digits_are_printed(cast: SampleAgency, planner: Person) -> None:
    paper = sample("circular")
    plain = print_for(cast.office, paper)
    decision = Decision("ตามแบบกรม", day_of(NEW_YEAR))
    actions.set_letterhead(cast.office, decision, emblem=SVG, thai_digits=False, by=planner, at=NEW_YEAR)

    printed = print_for(cast.office, paper)

    assert "ตราครุฑ" in text_of(plain)
    assert "ตราครุฑ" not in text_of(printed)
    assert "๒๕๗๐" in text_of(plain)
    assert "2570" in text_of(printed)
    assert not re.search("[๐-๙]", text_of(print_for(cast.office, replace(paper, number="ตย ๐๗๑๐/ว ๑๒"))))


def test_a_signed_letter_keeps_the_look_it_was_signed_with(cast: SampleAgency, planner: Person) -> None:
    director = cast.people["director"]
    letter: Letter = checked(draft_circular(cast))
    signed = circulation.sign(letter, identity=proof_of(director, at=NEW_YEAR), by=director, at=NEW_YEAR)
    assert signed.sealed is not None
    before = signed.sealed.sha256

    actions.set_letterhead(cast.office, Decision("ใหม่", day_of(LATER)), emblem=SVG, by=planner, at=LATER)

    signed.refresh_from_db()
    with open_content(signed.sealed.sha256) as kept:
        assert "ตราครุฑ" in text_of(kept.read())
    assert signed.sealed.sha256 == before


def test_an_agreement_open_for_signing_keeps_the_words_it_was_shown_with(
    run: Run, cast: SampleAgency, planner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raprong.agreements.policies.check_work_is_open", lambda *args, **kwargs: None)
    select_kpis(run, {"1.1": "60", "2.1": "40"})
    opened = open_for_signing(agreement_actions.draft(run, by=planner, at=NEW_YEAR), planner)
    texts = {"receiver": ["ฝ่ายรับ"]}

    actions.word(cast.office, "agreement", texts, Decision("ใหม่", day_of(LATER)), by=planner, at=LATER)
    signed = sign_all(opened)

    assert signed.sealed is not None
    with open_content(signed.sealed.sha256) as kept:
        assert "ฝ่ายรับ" not in text_of(kept.read())
    anew = agreements.agreement_paper(signed, list(parties_of(signed)), dated_on=day_of(SIGNING))
    assert anew.wording["receiver"] == ("ฝ่ายรับ",)


def test_an_agreement_is_sealed_in_the_digits_it_was_shown_in(
    run: Run, cast: SampleAgency, planner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raprong.agreements.policies.check_work_is_open", lambda *args, **kwargs: None)
    select_kpis(run, {"1.1": "60", "2.1": "40"})
    opened = open_for_signing(agreement_actions.draft(run, by=planner, at=NEW_YEAR), planner)

    actions.set_letterhead(
        cast.office, Decision("เลขอารบิก", day_of(LATER)), emblem=SVG, thai_digits=False, by=planner, at=LATER
    )
    signed = sign_all(opened)

    assert signed.sealed is not None
    with open_content(signed.sealed.sha256) as kept:
        words = text_of(kept.read())
    assert "พ.ศ.๒๕๗๐" in words
    assert "ตราครุฑ" in words


def test_a_letter_is_sealed_with_the_look_it_was_shown_in(cast: SampleAgency, planner: Person) -> None:
    letter = checked(draft_circular(cast, subject="แจ้งผลปี 2570"))
    actions.set_letterhead(
        cast.office, Decision("ใหม่", day_of(LATER)), emblem=SVG, thai_digits=False, by=planner, at=LATER
    )
    director = cast.people["director"]

    signed = circulation.sign(letter, identity=proof_of(director, at=LATER), by=director, at=LATER)

    assert signed.sealed is not None
    with open_content(signed.sealed.sha256) as kept:
        assert "ตราครุฑ" in text_of(kept.read())


@pytest.mark.parametrize("kind", worded_kinds())
def test_every_paper_with_words_is_shown_as_a_sample(kind: str, cast: SampleAgency) -> None:
    pages = draw(sample_paper(cast.office, kind, default_wording(kind)), PaperStyle())

    assert pages
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_the_sample_shows_the_words_that_are_typed(cast: SampleAgency) -> None:
    typed = default_wording("circular") | {"to": ("ทุกคนใน{unit}",)}

    paper = sample_paper(cast.office, "circular", typed)

    assert paper.to == f"ทุกคนใน{cast.office.name}"
