"""The look of official papers, measured on the page: sizes, margins, emblem, page numbers.

Sizes are those of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ in points of TH Sarabun, times the scale of the typeface in use.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2
import pytest
from pypdfium2 import raw

from raprong.documents import Paper, render, sample
from raprong.lib.rendering import SARABUN
from tests.documents.worst_cases import worst_cases

CENTIMETRE = 72 / 2.54
DOTS = 200  # to the inch, where pages are looked at as pictures
BLACK_EMBLEM = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>"""
UPRIGHT = ["agreement", "signing_form", "result_letter", "circular", "committee_order", "manual", "self_assessment"]


class Letter(NamedTuple):
    """A letter on a page with its size in points and its edges from the page's left and bottom, in centimetres."""

    text: str
    size: float
    left: float
    right: float
    bottom: float


def letters_on(page: Any) -> Iterator[Letter]:
    text = page.get_textpage()
    for at in range(text.count_chars()):
        left, bottom, right, _top = (edge / CENTIMETRE for edge in text.get_charbox(at, loose=True))
        letter = text.get_text_range(at, 1)
        if letter.strip():
            yield Letter(letter, raw.FPDFText_GetFontSize(text.raw, at), left, right, bottom)


def pages_of(paper: Paper) -> Any:
    return pypdfium2.PdfDocument(render(paper))


def in_points(size: float) -> float:
    return round(size * SARABUN.scale, 2)


def words_of(paper: Paper) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pages_of(paper))


@pytest.fixture
def memo() -> Paper:
    return replace(sample("result_letter"), form="memo")  # type: ignore[type-var, call-arg]


def test_a_memorandum_has_the_three_ruled_sizes(memo: Paper) -> None:
    words: dict[float, str] = defaultdict(str)
    for letter in letters_on(pages_of(memo)[0]):
        words[round(letter.size, 2)] += letter.text

    assert words[in_points(29)] == "บันทึกข้อความ"
    assert words[in_points(20)].startswith("ส่วนราชการ")
    assert len(words[in_points(16)]) > 500


@pytest.mark.parametrize("kind", UPRIGHT)
def test_words_stay_within_the_ruled_margins(kind: str) -> None:
    for page in pages_of(sample(kind)):
        if page.get_width() > page.get_height():
            continue  # tables that lie on their side have margins of their own
        letters = list(letters_on(page))

        assert min(letter.left for letter in letters) > 3 - 0.05
        assert max(letter.right for letter in letters) < 21 - 2 + 0.05
        assert min(letter.bottom for letter in letters) > 2 - 0.15


@pytest.mark.parametrize(
    "case", [case for case in worst_cases() if case.name.startswith(("agreement", "result", "comm"))]
)
def test_long_names_and_texts_never_leave_the_page(case: Any) -> None:
    for page in pypdfium2.PdfDocument(render(case.paper, style=case.style)):
        width = page.get_width() / CENTIMETRE

        assert max(letter.right for letter in letters_on(page)) < width - 1.45


@pytest.mark.parametrize(("form", "height"), [("external", 3.0), ("memo", 1.5)])
def test_the_emblem_has_its_ruled_height(form: str, height: float) -> None:
    paper: Any = replace(sample("result_letter"), form=form)  # type: ignore[type-var, call-arg]
    emblem = replace(SARABUN, garuda_svg=BLACK_EMBLEM)

    page = pypdfium2.PdfDocument(render(paper, style=emblem))[0].render(scale=DOTS / 72, grayscale=True).to_pil()
    through = 110 if form == "external" else 36  # millimetres from the left: a strip of two millimetres in the emblem
    left, right = (round(edge / 25.4 * DOTS) for edge in (through, through + 2))
    rows = (page.crop((left, at, right, at + 1)).getextrema() for at in range(page.height))
    runs = groupby(lightest < 40 for _darkest, lightest in rows)
    black = max(len(list(run)) for dark, run in runs if dark)

    assert abs(black / DOTS * 2.54 - height) < 0.03


def test_further_pages_are_numbered_between_strokes_at_the_top() -> None:
    pages = pages_of(sample("agreement"))

    first, second = ("".join(letter.text for letter in letters_on(page)) for page in (pages[0], pages[1]))

    assert "-๑-" not in first
    assert second.startswith("-๒-")


def test_a_memorandum_begins_higher_than_its_further_pages(memo: Paper) -> None:
    long: Any = replace(memo, paragraphs=memo.paragraphs * 12)  # type: ignore[type-var, attr-defined, call-arg]

    first, second = list(pages_of(long))[:2]
    highest = max(letter.bottom for letter in letters_on(first))
    further = max(letter.bottom for letter in letters_on(second) if letter.text not in "-๒")

    assert highest > further + 0.5


def test_the_total_of_all_never_begins_a_page_alone() -> None:
    pages = pages_of(sample("selection_minutes"))

    first, second = ("".join(letter.text for letter in letters_on(page)) for page in pages)

    assert "กรอบกำหนด๔๐.๐๐" not in first
    assert second.index("กรอบกำหนด๔๐.๐๐") < second.index("ทั้งหมด๑๐๐.๐๐")


def test_a_line_does_not_end_inside_a_date_that_was_typed() -> None:
    assert "๑๒ มกราคม ๒๕๗๐" in words_of(sample("letter_register"))


def test_a_line_does_not_end_behind_the_particle_of_a_name() -> None:
    (one, *others) = sample("agreement").makers  # type: ignore[attr-defined]
    long = replace(one, name="นายกิตติศักดิ์ศรีพิพัฒน์วงศ์ วัฒนานุกูลกิจ ณ ตัวอย่าง")

    words = words_of(replace(sample("agreement"), makers=(long, *others)))  # type: ignore[type-var, call-arg]

    assert set(re.findall(r" ณ(\s+)ตัวอย่าง", words)) == {" "}


def test_the_second_attachment_tells_the_weight_of_each_dimension() -> None:
    attachment = words_of(sample("agreement")).split("เอกสารแนบ ๒")[-1]

    assert [line.split()[-1] for line in attachment.splitlines() if line.startswith("มิติ")] == ["๖๐.๐๐", "๔๐.๐๐"]


def test_the_last_words_of_minutes_stay_with_the_signatures() -> None:
    (minutes,) = [case for case in worst_cases() if case.name == "selection_minutes-many"]

    *_others, last = pages_of(minutes.paper)

    words = last.get_textpage().get_text_range()
    assert words.index("เรื่องอื่น") < words.index("ผู้จดรายงานการประชุม")


def test_a_long_name_of_a_file_stays_in_its_column() -> None:
    report: Any = sample("self_assessment")
    kpi = report.kpis[0]
    proof = replace(kpi.evidence[0], file_name="IMG_20270930_report_final_version2_signed_by_director.pdf", sha256="")

    pages = pages_of(replace(report, kpis=(replace(kpi, evidence=(proof,)), *report.kpis[1:])))

    (row,) = [line for page in pages for line in page.get_textpage().get_text_range().split("\r\n") if "IMG_" in line]
    assert not row.endswith("pdf"), "the name goes on in the next line"
    assert max(letter.right for page in pages for letter in letters_on(page)) < 21 - 2 + 0.05


@pytest.mark.parametrize("words", ["ตามคำสั่ง", "ลงวันที่ ๑ ตุลาคม ๒๕๖๙", "รองอธิบดี"])
def test_a_line_does_not_end_inside_what_belongs_together(words: str) -> None:
    letter: Any = sample("result_letter")
    written = replace(letter, paragraphs=tuple("ก" * size + " " + words for size in range(30, 60)))

    told = words_of(written)

    assert told.count(words) >= len(written.paragraphs)
