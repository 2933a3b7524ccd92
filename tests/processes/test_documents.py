"""An SOP as a controlled document says what its definition says, for any agency."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

import raprong
from raprong.documents import render
from raprong.lib.sop.library import read_library, read_sop
from raprong.lib.sop.shape import SopDefinition
from raprong.lib.thai.digits import to_arabic_digits
from raprong.processes.documents import TEN_SECTIONS, sop_document

DEFINITIONS = Path(raprong.__file__).parent / "definitions"
THIRD_AGENCY = Path(__file__).parents[1] / "definitions" / "third_agency.yaml"
SOPS = {sop.code: sop for sop in [*read_library([DEFINITIONS]), read_sop(THIRD_AGENCY)]}
TODAY = date(2026, 11, 21)


@pytest.fixture(params=SOPS.values(), ids=SOPS.keys())
def definition(request: pytest.FixtureRequest) -> SopDefinition:
    sop: SopDefinition = request.param
    return sop


def test_every_sop_has_the_ten_sections_in_order(definition: SopDefinition) -> None:
    roles = [section.role for section in sop_document(definition, on=TODAY).sections]

    assert [role for role in roles if role != "own"] == list(TEN_SECTIONS)


def test_every_step_is_there_with_its_time_and_its_control_points(definition: SopDefinition) -> None:
    steps = sop_document(definition, on=TODAY).steps

    assert [step.number for step in steps] == [step.number for step in definition.steps]
    assert all(step.time for step in steps)
    assert [len(step.control_points) for step in steps] == [len(step.control_points) for step in definition.steps]


def test_every_note_on_the_source_stands_in_the_appendix(definition: SopDefinition) -> None:
    noted = {note.text for note in sop_document(definition, on=TODAY).notes}

    assert {to_arabic_digits(text) for text in definition.notes} <= noted
    assert {to_arabic_digits(text) for step in definition.steps for text in step.notes} <= noted


def test_every_page_says_which_of_how_many_it_is(definition: SopDefinition) -> None:
    pages = PdfReader(BytesIO(render(sop_document(definition, on=TODAY)))).pages

    for number, page in enumerate(pages, start=1):
        printed = to_arabic_digits("".join(page.extract_text().split()))
        assert f"{number}ของ{len(pages)}" in printed


def test_the_header_has_what_the_source_has_and_no_more() -> None:
    controlled, bare = sop_document(SOPS["SOP-MIP-PLAN-02"], on=TODAY), sop_document(SOPS["DOH-PA"], on=TODAY)

    assert (controlled.number, controlled.edition, controlled.revision) == ("SOP-MIP-PLAN-02", 1, "00")
    assert (controlled.dated_on, controlled.status) == (date(2024, 2, 22), "ควบคุม")
    assert (bare.number, bare.edition, bare.in_force_on, bare.dated_on) == ("", None, None, TODAY)
    assert any(note.about == "ส่วนหัวเอกสาร" for note in bare.notes)


def test_minutes_that_the_source_prints_otherwise_are_told_beside_the_step() -> None:
    details = sop_document(SOPS["SOP-MIP-PLAN-02"], on=TODAY).steps[5]

    assert details.time == "1,540 นาที"
    assert "1,550" in details.remark


def test_a_control_point_of_ours_is_told_from_those_of_the_paper() -> None:
    points = sop_document(SOPS["SOP-MIP-PLAN-02"], on=TODAY).steps[1].control_points

    assert [point.endswith("(ระบบเพิ่ม)") for point in points] == [False, True]


def test_it_says_through_whose_hands_a_report_goes(definition: SopDefinition) -> None:
    paper, parts = sop_document(definition, on=TODAY), definition.reporting.parts

    said = {hand.task: hand.said for hand in paper.hands}

    assert "กำหนดส่งรายงาน" in said
    assert ("รวบรวม" in said) == (parts is not None)
    if parts and parts.checked_by:
        assert said["ตรวจส่วนของกลุ่ม"].startswith(definition.party(parts.checked_by).title)
        assert said["ส่งรายงาน"] == ", ".join(definition.party(code).title for code in parts.submitted_by)


def test_the_digest_is_that_of_the_definition_which_runs(definition: SopDefinition) -> None:
    assert sop_document(definition, on=TODAY).digest == definition.digest


def test_a_section_is_known_by_its_title_and_not_by_its_number() -> None:
    sections = {section.role: section for section in sop_document(SOPS["THIRD-01"], on=TODAY).sections}

    assert sections["scope"].paragraphs == ("ใช้กับสำนักงานจังหวัด",)
    assert sections["purpose"].paragraphs == ()
