"""The fixed wording of papers is data: an agency's own prints, and a faulty one is told at its line."""

from dataclasses import replace

import pytest

from raprong.documents import KINDS, render, sample
from raprong.documents.agreement.shape import Agreement
from raprong.documents.paper import to_json
from raprong.documents.registry import read
from raprong.documents.wording import default_wording, faults_in_wording, filled, worded_kinds, wording_of
from raprong.lib.rendering import PaperRefused


def agreement() -> Agreement:
    paper = sample("agreement")
    assert isinstance(paper, Agreement)
    return paper


@pytest.mark.parametrize("kind", worded_kinds())
def test_wording_of_a_definition_has_no_fault(kind: str) -> None:
    assert list(faults_in_wording(kind, default_wording(kind))) == []


@pytest.mark.parametrize("kind", worded_kinds())
def test_wording_names_its_paper_and_explains_its_places(kind: str) -> None:
    definition = wording_of(kind)
    explained = {place.code for place in definition.places}

    assert definition.kind == kind
    assert kind in KINDS
    assert {code for text in definition.texts for code in text.places} == explained
    assert all(set(text.must) <= set(text.places) for text in definition.texts)


def test_the_agreement_has_six_clauses() -> None:
    assert len(default_wording("agreement")["clauses"]) == 6


def test_a_paper_carries_the_wording_it_was_made_with() -> None:
    assert dict(agreement().wording) == default_wording("agreement")


def test_own_words_take_the_place_of_the_definition_and_the_rest_stays() -> None:
    paper = replace(agreement(), wording={"heading": ("บันทึกข้อตกลงผลงาน",)})

    printed = to_json(paper)["wording"]

    assert printed["heading"] == ["บันทึกข้อตกลงผลงาน"]
    assert len(printed["clauses"]) == 6
    assert render(paper) != render(agreement())


def test_figures_in_a_wording_follow_the_switch_of_digits() -> None:
    thai = to_json(agreement())["wording"]["clauses"][1]
    arabic = to_json(replace(agreement(), thai_digits=False))["wording"]["clauses"][1]

    assert "๑ ปี" in thai
    assert "1 ปี" in arabic


def test_a_seventh_clause_prints() -> None:
    clauses = (*default_wording("agreement")["clauses"], "คู่ฉบับเก็บไว้ที่{unit} *หนึ่งฉบับ*")

    assert render(replace(agreement(), wording={"clauses": clauses})).startswith(b"%PDF")


def test_markup_in_a_wording_is_printed_and_not_run() -> None:
    paper = replace(agreement(), wording={"heading": ('#panic("x") $x$ _y_',)})

    assert render(paper).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wording", "where", "sentence"),
    [
        ({"haeding": ("x",)}, "haeding", "There is no text 'haeding'"),
        ({"heading": ("{unit}",)}, "heading[1]", "Line 1 names {unit}, which is not known here. Take it out."),
        ({"year": ("ปี {fiscal_yaer}",)}, "year[1]", "Use one of: {fiscal_year}."),
        ({"year": ("ปีงบประมาณ",)}, "year", "must name {fiscal_year}"),
        ({"heading": ("คำ{รับรอง",)}, "heading[1]", "brace that encloses no known word"),
        ({"heading": ("*คำรับรอง",)}, "heading[1]", "begins bold letters and does not end them"),
        ({"heading": ()}, "heading", "Nothing is written here"),
        ({"heading": ("ก", "ข")}, "heading", "2 paragraphs; at most 1 fit here"),
        ({"heading": ("ก" * 4_001,)}, "heading[1]", "at most 4,000 fit"),
    ],
)
def test_a_faulty_wording_is_told_at_its_line(wording: dict[str, tuple[str, ...]], where: str, sentence: str) -> None:
    found = [fault for fault in faults_in_wording("agreement", wording) if fault.where == where]

    assert any(sentence in fault.english for fault in found)
    assert all(fault.thai for fault in found)


def test_a_paper_with_a_faulty_wording_is_refused_and_not_broken() -> None:
    paper = replace(agreement(), wording={"clauses": ("คำรับรองระหว่าง {receivers} และ {makres}",)})

    with pytest.raises(PaperRefused, match=r"wording\.clauses\[1\]: Line 1 names {makres}"):
        render(paper)


def test_a_paper_stored_before_wordings_reads_with_those_of_today() -> None:
    stored = {"agency": "กรม", "unit": "สำนัก", "fiscal_year": 2570, "dated_on": "2027-01-05"}
    rest = {"receivers": [], "makers": [], "kpis": [], "total_weight": "100"}

    assert to_json(read("signing_form", {**stored, **rest}))["wording"]["maker"] == ["ผู้ทำคำรับรอง"]


def test_places_are_filled_and_a_missing_one_is_an_error() -> None:
    assert filled(["ด้วย{unit} {result}"], unit="สำนักตัวอย่าง", result="ได้คะแนน 4") == ["ด้วยสำนักตัวอย่าง ได้คะแนน 4"]

    with pytest.raises(KeyError):
        filled(["{unit}"])
