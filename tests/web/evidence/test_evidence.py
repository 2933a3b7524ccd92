"""The evidence of a year, one piece of it, and the picture of claims and proof."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts, Proves
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import report
from tests.factories.evidence import IN_FEBRUARY, hand_in
from tests.web.keyboard import SignIn

FORM = {"title": "แผนฉบับอนุมัติ", "kind": "plan", "starts_on": "", "ends_on": "", "collector": "", "note": ""}


def test_the_list_narrows_by_words_group_and_what_is_missing(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    plan = hand_in(kpis["1.1"], b"1", title="แผนงาน", by=cast.people["planner"]).evidence
    hand_in(kpis["1.2"], b"2", title="ภาพกิจกรรม", step=1, by=cast.people["staff"], at=IN_FEBRUARY)
    evidence.change(plan, Facts("แผนงาน", "plan"), seen=None, by=cast.people["planner"], at=IN_FEBRUARY)
    planner, address = sign_in("planner"), f"/evidence/of/{run.public_id}/"

    pages = {
        query: planner.get(f"{address}?{query}").content.decode()
        for query in ("", "q=แผน", f"group={kpis['1.2'].group.public_id}", "kind=plan", "lack=kind", "sort=added")
    }

    def shown(page: str) -> list[str]:
        found = {word: page.find(f"{word}</a>") for word in ("แผนงาน", "ภาพกิจกรรม")}
        return [word for word, place in found.items() if place > 0]

    assert "Document 1.2-1-1" in pages[""]
    assert shown(pages[""]) == ["แผนงาน", "ภาพกิจกรรม"]
    assert "<mark>แผน</mark>งาน" in pages["q=แผน"]
    assert shown(pages[f"group={kpis['1.2'].group.public_id}"]) == ["ภาพกิจกรรม"]
    assert shown(pages["kind=plan"]) == ["แผนงาน"]
    assert shown(pages["lack=kind"]) == ["ภาพกิจกรรม"]
    assert pages["sort=added"].find("แผนงาน</a>") < pages["sort=added"].find("ภาพกิจกรรม</a>")


def test_a_piece_is_changed_and_its_history_tells_before_and_after(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence
    planner, address = sign_in("planner"), f"/evidence/{piece.public_id}/"

    page = planner.post(address, FORM | {"version": piece.version}, follow=True).content.decode()

    assert "changed what is said of evidence" in page
    assert "Plan or project" in page
    assert page.find(">แผนปฏิบัติการ</td>") < page.find(">แผนฉบับอนุมัติ</td>")


def test_the_later_of_two_keeps_what_was_typed(kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence
    seen = piece.version
    evidence.change(piece, Facts("ของคนแรก"), seen=None, by=cast.people["planner"], at=IN_FEBRUARY)

    answer = sign_in("planner").post(f"/evidence/{piece.public_id}/", FORM | {"version": seen})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ของคนแรก" in page
    assert "แผนฉบับอนุมัติ" in page
    assert f'name="version" value="{seen + 1}"' in page


def test_a_title_that_is_missing_is_told_at_its_field(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence

    answer = sign_in("planner").post(f"/evidence/{piece.public_id}/", FORM | {"title": " "})

    assert answer.status_code == 422
    assert "Give the evidence a title." in answer.content.decode()


def pages(count: int) -> BytesIO:
    """A PDF of empty pages."""
    document, content = PdfDocument.new(), BytesIO()
    for _number in range(count):
        document.new_page(100, 140)
    document.save(content)
    content.seek(0)
    return content


@pytest.mark.parametrize(("count", "shown", "told"), [(3, 3, False), (22, 20, True)])
def test_every_page_of_a_pdf_is_shown_up_to_a_number_that_is_told(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn, count: int, shown: int, told: bool
) -> None:
    given: Any = {"proves": Proves(kpis["1.1"], 6), "by": cast.people["planner"], "at": IN_FEBRUARY}
    piece = evidence.hand_in(pages(count), "minutes.pdf", **given).evidence
    planner = sign_in("planner")

    page = planner.get(f"/evidence/{piece.public_id}/").content.decode()
    last = planner.get(f"/files/{piece.file.public_id}/picture/large/{shown}/").getvalue()

    assert page.count('class="proof-page"') == shown
    assert page.count('loading="lazy"') == shown - 1
    assert f"Page {shown} of minutes.pdf" in page
    assert ("These are the first 20 of 22 pages." in page) is told
    assert last.startswith(b"RIFF")


def test_a_file_that_cannot_be_drawn_is_told_and_shown_by_no_broken_picture(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence

    page = sign_in("planner").get(f"/evidence/{piece.public_id}/").content.decode()

    assert "proof-page" not in page
    assert "Open it to look at it." in page


def test_one_piece_is_credited_to_several_kpis_at_once(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence
    asked = {"kpi": [kpis["1.2"].public_id, kpis["2.1"].public_id], "months": "6"}

    page = sign_in("planner").post(f"/evidence/{piece.public_id}/credit/", asked, follow=True).content.decode()

    assert "Credited:" in page
    assert piece.credits.standing().count() == 3


def test_each_kpi_takes_it_at_the_step_chosen_beside_it(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence
    stepped, whole = kpis["1.2"], kpis["2.1"]
    planner, address = sign_in("planner"), f"/evidence/{piece.public_id}/"
    asked = {"kpi": [stepped.public_id, whole.public_id], "months": "6", f"step-{stepped.public_id}": "2"}

    page = planner.get(address).content.decode()
    planner.post(f"{address}credit/", asked)

    assert f'name="step-{stepped.public_id}"' in page
    assert dict(piece.credits.standing().values_list("kpi__code", "step")) == {"1.1": 0, "1.2": 2, "2.1": 0}


def test_a_step_that_a_kpi_does_not_have_credits_nothing_at_all(
    kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    piece = hand_in(kpis["1.1"], by=cast.people["planner"]).evidence
    stepped, whole = kpis["1.2"], kpis["2.1"]
    asked = {"kpi": [stepped.public_id, whole.public_id], "months": "6", f"step-{stepped.public_id}": "9"}

    answer = sign_in("planner").post(f"/evidence/{piece.public_id}/credit/", asked, follow=True)

    assert "Choose a step and a round." in answer.content.decode()
    assert piece.credits.standing().count() == 1


def test_the_picture_and_the_table_tell_the_same_holes(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], date(2026, 10, 1), "2", by=staff)
    hand_in(kpis["1.2"], step=1, by=staff)

    page = sign_in("director").get(f"/evidence/of/{run.public_id}/proof/?round=6").content.decode()
    other = sign_in("director").get(f"/evidence/of/{run.public_id}/proof/?group={kpis['2.1'].group.public_id}")

    assert page.count('class="dot-hole"') == 2  # the legend and the second step
    assert page.count('class="graph-line"') == 1
    assert "Step 2 ดำเนินการ asks for" in page
    assert "graph-line" not in other.content.decode()
