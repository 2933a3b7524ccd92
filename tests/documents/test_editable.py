"""Papers in Word: the same words as the PDF, real styles, Thai letters set as Thai, and nobody's signature."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm

from raprong.documents import Paper, sample
from raprong.documents.editable import LAYOUTS, is_editable, to_docx
from raprong.documents.labels import labels
from raprong.documents.paper import to_json
from raprong.documents.registry import ROOT
from raprong.lib.rendering import PaperRefused, PrintStyle
from raprong.lib.rendering.docx.styles import RULED_FAMILY
from raprong.lib.rendering.docx.unbroken import unbroken

MEMO = replace(sample("result_letter"), form="memo")  # type: ignore[type-var]
LISTED = ("references", "storage")  # sections that lists and tables say, where an SOP has them
SOP: Any = sample("sop_document")
SECTIONS = tuple(replace(each, paragraphs=()) if each.role in LISTED else each for each in SOP.sections)
PAPERS = {
    **{kind: sample(kind) for kind in LAYOUTS},
    "sop_document": replace(SOP, sections=SECTIONS),
    "memo": MEMO,
}
# What no page shows, or not every one, or in other words.
FOR_MACHINES = {
    "kind",
    "role",
    "digest",
    "form",
    "thai_digits",
    "title",
    "author",
    "signed",
    "act",
    "digital",
    "inside",
    "sha256",
    "wording",
}
UNPRINTED = FOR_MACHINES | {"agency", "dimension", "dated_on", "address", "closing"}


@cache
def written(paper: Paper) -> bytes:
    """The Word file of a paper. Writing one takes its time, and it is the same file for every test."""
    return to_docx(paper)


def opened(paper: Paper) -> Any:
    return Document(BytesIO(written(paper)))


def words_in(paper: Paper) -> str:
    """Every text of the document without blanks, tables included."""
    texts = opened(paper).element.body.iter(qn("w:t"))
    return "".join("".join(text.text or "" for text in texts).split())


@pytest.mark.parametrize("name", PAPERS)
def test_a_word_file_has_every_word_of_the_papers_data(name: str) -> None:
    printed = words_in(PAPERS[name])

    for text in texts_of(to_json(PAPERS[name])):
        for line in text.split("\n"):
            assert "".join(line.split()) in printed, line


def test_an_external_letter_shows_its_sender_day_and_closing() -> None:
    printed = words_in(sample("result_letter"))

    for words in ("ถนนตัวอย่างกรุงเทพฯ๑๐๐๐๐", "๒๙ตุลาคม๒๕๗๐", "ขอแสดงความนับถือ"):
        assert words in printed


def test_an_order_names_the_year_of_its_day_as_orders_do() -> None:
    assert "สั่งณวันที่๑๕มกราคมพ.ศ.๒๕๗๐" in words_in(sample("committee_order"))


@pytest.mark.parametrize("name", ["result_letter", "memo", "circular", "committee_order"])
def test_a_draft_without_a_number_has_no_date(name: str) -> None:
    draft = replace(PAPERS[name], number="", dated_on=date(2027, 12, 31))  # type: ignore[type-var]

    assert "๓๑ธันวาคม" not in words_in(draft)
    assert "๓๑ธันวาคม" in words_in(replace(draft, number="1"))  # type: ignore[type-var]


@pytest.mark.parametrize("name", PAPERS)
def test_a_word_file_never_says_that_somebody_signed(name: str) -> None:
    assert "ลงนามทางอิเล็กทรอนิกส์" not in words_in(PAPERS[name])


@pytest.mark.parametrize("name", PAPERS)
def test_thai_letters_have_the_ruled_font_and_size_as_complex_script(name: str) -> None:
    styles = opened(PAPERS[name]).styles

    for style, half_points in (("Normal", "32"), ("Heading 1", "40"), ("Title", "58"), ("Label", "40")):
        letters = styles[style].element.rPr
        assert letters.find(qn("w:rFonts")).get(qn("w:cs")) == RULED_FAMILY
        assert letters.find(qn("w:szCs")).get(qn("w:val")) == half_points
    assert styles["Heading 1"].element.rPr.find(qn("w:bCs")).get(qn("w:val")) == "1"


def test_an_agencys_own_font_of_the_ruled_size_is_used() -> None:
    style = PrintStyle(family="TH Sarabun IT๙", folders=(), garuda_svg='<svg xmlns="http://www.w3.org/2000/svg"/>')

    file = Document(BytesIO(to_docx(sample("self_assessment"), style=style)))

    assert file.styles["Normal"].element.rPr.find(qn("w:rFonts")).get(qn("w:cs")) == "TH Sarabun IT๙"


@pytest.mark.parametrize("name", PAPERS)
def test_letters_are_set_by_styles_and_not_by_hand(name: str) -> None:
    body = opened(PAPERS[name]).element.body

    assert not [run for run in body.iter(qn("w:rPr")) for child in run if child.tag != qn("w:rStyle")]


@pytest.mark.parametrize("name, top", [("circular", 1.5), ("memo", 1.5), ("result_letter", 2.5), ("manual", 2.5)])
def test_the_page_is_a4_with_the_ruled_margins(name: str, top: float) -> None:
    [section] = opened(PAPERS[name]).sections

    sides = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
    assert [round(side.cm, 1) for side in sides] == [21.0, 29.7, 3.0, 2.0, top]


def test_pages_are_numbered_between_dashes_from_the_second_on() -> None:
    [section] = opened(sample("manual")).sections

    header = section.header.paragraphs[0]._p
    assert [text.text for text in header.iter(qn("w:t"))] == ["-", "-"]
    assert [code.text.strip() for code in header.iter(qn("w:instrText"))] == ["PAGE"]
    assert section.different_first_page_header_footer
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == "thaiNumbers"


@pytest.mark.parametrize("name", ["memo", "circular", "manual"])
def test_the_number_of_a_page_stands_where_printers_reach_and_does_not_push_the_first_page_down(name: str) -> None:
    [section] = opened(PAPERS[name]).sections

    assert round(section.header_distance.cm, 1) == 1.3
    assert section.first_page_header.paragraphs[0].paragraph_format.line_spacing.pt == 1


@pytest.mark.parametrize(
    "text, kept",
    [
        ("ภายใน 30 กันยายน 2570", "ภายใน 30_กันยายน_2570"),
        ("ในรอบ 12 เดือน", "ในรอบ 12_เดือน"),
        ("ผล รอบ 12 เดือน", "ผล รอบ_12_เดือน"),
        ("เป้าหมายร้อยละ ๘๐", "เป้าหมายร้อยละ ๘๐"),
        ("ณ ระดับ 4 ขึ้นไป", "ณ ระดับ_4 ขึ้นไป"),
    ],
)
def test_words_and_numbers_that_belong_together(text: str, kept: str) -> None:
    assert unbroken(text) == kept.replace("_", "\u00a0")


@pytest.mark.parametrize("thai, switch", [(True, " \\* THAIARABIC"), (False, "")])
def test_every_page_of_a_controlled_document_is_headed_and_counted_in_the_papers_digits(
    thai: bool, switch: str
) -> None:
    [section] = opened(replace(SOP, thai_digits=thai)).sections

    [head] = section.header.tables
    assert not section.different_first_page_header_footer
    assert [code.text.strip() for code in head._tbl.iter(qn("w:instrText"))] == [f"PAGE{switch}", f"NUMPAGES{switch}"]
    said = " ".join(dict.fromkeys(cell.text for row in head.rows for cell in row.cells))
    for words in (SOP.unit, SOP.agency, "เรื่อง", "เอกสารเลขที่", "ฉบับที่", "แก้ไขครั้งที่", "วันที่บังคับใช้", "หน้า", "สถานะ"):
        assert words in said


def test_the_cover_of_a_controlled_document_has_room_for_three_signatures() -> None:
    printed = words_in(SOP)

    assert printed.count("ลงชื่อ.") == 3
    assert f"ตำแหน่ง{''.join(SOP.approved_by.split())}" in printed


@pytest.mark.parametrize("name", ["manual", "sop_document"])
def test_contents_name_every_section_and_its_page(name: str) -> None:
    body = opened(PAPERS[name])
    headings = [each for each in body.paragraphs if each.style.name == "Heading 2"]
    entries = [each for each in body.paragraphs if each.style.name == "toc 1"][1:]

    assert [entry.text.rstrip("\t") for entry in entries] == [heading.text for heading in headings]
    for heading, entry in zip(headings, entries, strict=True):
        [place] = heading._p.iter(qn("w:bookmarkStart"))
        [code] = entry._p.iter(qn("w:instrText"))
        assert code.text.split()[:2] == ["PAGEREF", place.get(qn("w:name"))]


def test_a_number_stays_on_the_line_of_its_word() -> None:
    letter: Any = replace(sample("result_letter"), subject="แจ้งผล ปีงบประมาณ พ.ศ. 2570 รอบ 12 เดือน")  # type: ignore[type-var]

    [subject] = [each.text for each in opened(letter).paragraphs if each.text.startswith("เรื่อง")]

    assert subject == "เรื่อง\tแจ้งผล ปีงบประมาณ\u00a0พ.ศ.\u00a0๒๕๗๐ รอบ\u00a0๑๒\u00a0เดือน"


def test_a_round_report_lies_with_the_margins_of_its_page_in_print() -> None:
    file = opened(sample("round_report"))
    [section] = file.sections

    sides = (section.page_width, section.left_margin, section.right_margin, section.top_margin)
    assert [round(side.cm, 1) for side in sides] == [29.7, 1.5, 1.5, 2.0]
    assert file.tables[0].rows[1].cells[0].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT


@pytest.mark.parametrize("name", PAPERS)
def test_properties_of_tables_stand_in_the_order_of_the_schema(name: str) -> None:
    order = ["tblStyle", "tblW", "jc", "tblInd", "tblLayout", "tblCellMar", "tblLook"]

    for table in opened(PAPERS[name]).element.body.iter(qn("w:tblPr")):
        names = [child.tag.split("}")[1] for child in table]
        assert names == [each for each in order if each in names]


def test_headings_of_tables_are_repeated_over_pages() -> None:
    [_facts, _framework, steps, *_rest] = opened(sample("manual")).tables

    assert steps.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert steps.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in steps.rows)


def test_a_signature_stays_together_and_with_the_words_before_it() -> None:
    paragraphs = opened(replace(sample("circular"), figures=())).paragraphs  # type: ignore[type-var]
    [first] = [at for at, each in enumerate(paragraphs) if each.style.name == "Signature" and "(" in each.text]

    before, name, post = paragraphs[first - 1 : first + 2]

    assert before.paragraph_format.keep_with_next
    assert name.style.paragraph_format.keep_with_next
    assert post.paragraph_format.keep_with_next is False


def test_labels_of_a_memorandum_run_out_in_dots() -> None:
    owner, number, subject = opened(MEMO).paragraphs[1:4]

    for line in (owner, number, subject):
        assert line.runs[0].style.name == "Label"
        assert line.text.endswith("\t")
        stops = line.paragraph_format.tab_stops
        assert round(stops[len(stops) - 1].position.cm, 2) == 16
        assert {stop.leader.name for stop in stops} == {"DOTS"}


@pytest.mark.parametrize("name, height", [("circular", 1.5), ("result_letter", 3.0), ("committee_order", 3.0)])
def test_the_emblem_stands_at_its_ruled_height(name: str, height: float) -> None:
    [extent] = opened(PAPERS[name]).element.body.iter(qn("wp:extent"))

    assert round(int(extent.get("cy")) / Cm(1), 2) == height


@pytest.mark.parametrize("name", PAPERS)
def test_figures_follow_the_switch_of_digits_in_word(name: str) -> None:
    arabic = words_in(replace(PAPERS[name], thai_digits=False))  # type: ignore[type-var]

    assert re.search("[๐-๙]", words_in(PAPERS[name]))
    assert not re.search("[๐-๙]", arabic)


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_gives_the_same_file(name: str) -> None:
    assert to_docx(PAPERS[name]) == to_docx(PAPERS[name])


def test_words_come_from_the_labels_and_not_from_the_layouts() -> None:
    layouts = [ROOT / "letter_docx.py", ROOT / "kpi_sheet_docx.py", *(ROOT / kind / "docx.py" for kind in LAYOUTS)]

    thai = {word for path in layouts for word in re.findall("[ก-๙]+", path.read_text(encoding="utf-8"))}

    assert thai <= {"พ", "ศ", "จึง"}  # พ.ศ. in a docstring, and the word that a closing paragraph begins with
    assert labels()["letter"]["memo"] == "บันทึกข้อความ"


def test_what_no_paper_can_carry_is_refused_in_word_as_well() -> None:
    with pytest.raises(PaperRefused, match="at most"):
        to_docx(replace(sample("circular"), subject="ก" * 2_000))  # type: ignore[type-var]


def test_papers_that_are_final_have_no_word_file() -> None:
    assert not is_editable("agreement")


def test_no_macro_and_no_address_is_in_a_word_file() -> None:
    with ZipFile(BytesIO(to_docx(sample("manual")))) as file:
        relations = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".rels"))
        names = file.namelist()

    assert not [name for name in names if "vba" in name.lower()]
    assert 'TargetMode="External"' not in relations


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_libreoffice_opens_every_word_file(tmp_path: Path) -> None:
    for name, paper in PAPERS.items():
        (tmp_path / f"{name}.docx").write_bytes(written(paper))

    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert {path.stem for path in tmp_path.glob("*.pdf")} == set(PAPERS)


def texts_of(value: Any, name: str = "") -> Iterator[str]:
    """Every text of a paper's data that its pages show."""
    if name in UNPRINTED or not value:
        return
    if isinstance(value, dict):
        for key, each in value.items():
            yield from texts_of(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, name)
    elif isinstance(value, str):
        yield value
