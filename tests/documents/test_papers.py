"""Every paper prints: archival, Thai, the same bytes each time; what cannot be printed is refused in words."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from raprong.documents import KINDS, render, sample
from raprong.documents.agreement.shape import Agreement
from raprong.documents.paper import LONGEST_LINE, LONGEST_TEXT, MOST_ROWS, to_json
from raprong.documents.registry import ROOT, read
from raprong.lib.rendering import PaperRefused, PrintStyle
from raprong.lib.thai.digits import to_thai_digits

A4_SHORT, A4_LONG = 595, 842


def agreement() -> Agreement:
    paper = sample("agreement")
    assert isinstance(paper, Agreement)
    return paper


@pytest.mark.parametrize("kind", KINDS)
def test_sample_prints_as_archival_a4(kind: str) -> None:
    reader = PdfReader(BytesIO(render(sample(kind))))

    assert reader.xmp_metadata is not None
    assert (reader.xmp_metadata.pdfaid_part, reader.xmp_metadata.pdfaid_conformance) == ("2", "A")
    for page in reader.pages:
        assert sorted(round(side) for side in page.mediabox[2:]) == [A4_SHORT, A4_LONG]


@pytest.mark.parametrize("kind", KINDS)
def test_sample_carries_its_title_and_its_own_date(kind: str) -> None:
    paper = sample(kind)

    metadata = PdfReader(BytesIO(render(paper))).metadata

    assert metadata is not None
    assert metadata.title == to_json(paper)["title"]
    assert metadata.creation_date is not None
    assert abs((metadata.creation_date.date() - paper.dated_on).days) <= 1  # the file keeps UTC


@pytest.mark.parametrize("kind", KINDS)
def test_sample_prints_the_same_bytes_twice(kind: str) -> None:
    paper = sample(kind)

    assert render(paper) == render(paper)


@pytest.mark.parametrize("kind", KINDS)
def test_sample_embeds_only_fonts_of_its_own(kind: str) -> None:
    pages = PdfReader(BytesIO(render(sample(kind)))).pages

    names = {name for page in pages for name in _font_names(page)}

    assert names
    assert all("Sarabun" in name for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_folder_holds_shape_template_and_sample(kind: str) -> None:
    names = {path.name for path in (ROOT / kind).iterdir()}

    assert {"__init__.py", "shape.py", f"{kind}.typ", "sample.json"} <= names


@pytest.mark.parametrize("kind", KINDS)
def test_figures_follow_the_switch_of_digits(kind: str) -> None:
    paper = sample(kind)

    thai = to_json(replace(paper, thai_digits=True))["dated_on"]  # type: ignore[type-var]
    arabic = to_json(replace(paper, thai_digits=False))["dated_on"]  # type: ignore[type-var]

    assert thai != arabic
    assert thai == to_thai_digits(arabic)


def test_an_address_in_a_letter_keeps_its_digits() -> None:
    letter = replace(sample("circular"), paragraphs=("ส่งที่ plan01@hss.go.th ภายใน 5 วัน",))  # type: ignore[type-var, call-arg]

    assert to_json(letter)["paragraphs"] == ["ส่งที่ plan01@hss.go.th ภายใน ๕ วัน"]


@pytest.mark.parametrize("kind", KINDS)
def test_sample_prints_with_arabic_digits_as_well(kind: str) -> None:
    assert render(replace(sample(kind), thai_digits=False)).startswith(b"%PDF")  # type: ignore[type-var]


def test_signed_and_unsigned_agreements_differ() -> None:
    signed = agreement()
    unsigned = replace(signed, receivers=tuple(replace(each, signed=None) for each in signed.receivers))

    assert render(signed) != render(unsigned)


def test_another_date_gives_another_file() -> None:
    paper = agreement()

    assert render(paper) != render(replace(paper, dated_on=date(2026, 12, 16)))


def test_agreement_prints_thai_words_and_digits() -> None:
    text = PdfReader(BytesIO(render(agreement()))).pages[0].extract_text()

    assert "๒๕๗๐" in text
    assert "2570" not in text


def test_threads_print_the_same_bytes() -> None:
    paper = agreement()

    with ThreadPoolExecutor(4) as pool:
        printed = set(pool.map(lambda _: render(paper), range(8)))

    assert printed == {render(paper)}


def test_a_million_letters_are_refused_in_words() -> None:
    paper = replace(agreement(), unit="ก" * 1_000_000)

    with pytest.raises(PaperRefused, match=f"unit: 1,000,000 characters; at most {LONGEST_LINE:,}") as refused:
        render(paper)

    assert "โปรดย่อข้อความ" in refused.value.faults[0].thai


def test_a_paper_too_long_as_a_whole_is_refused_in_words() -> None:
    paper = agreement()
    many = tuple(replace(paper.kpis[0], definition="ก" * 15_000) for _ in range(40))

    with pytest.raises(PaperRefused, match="The paper holds"):
        render(replace(paper, kpis=many))


def test_every_fault_is_told_at_once() -> None:
    paper = agreement()
    faulty = replace(paper, unit="ก" * 2_000, agency="a\x00b", kpis=paper.kpis * MOST_ROWS)

    with pytest.raises(PaperRefused) as refused:
        render(faulty)

    assert [fault.where for fault in refused.value.faults] == ["agency", "unit", "kpis"]


def test_faults_name_the_row_they_are_in() -> None:
    paper = agreement()
    rows = (paper.kpis[0], replace(paper.kpis[1], name="ก" * 2_000))

    with pytest.raises(PaperRefused, match=r"kpis\[2\]\.name: 2,000 characters"):
        render(replace(paper, kpis=rows))


def test_a_letter_without_a_drawing_is_refused_in_words() -> None:
    with pytest.raises(PaperRefused, match="cannot print"):
        render(replace(agreement(), unit="สำนัก \U0001f600"))


def test_markup_in_data_is_printed_and_not_run() -> None:
    paper = replace(agreement(), unit='#panic("x") *bold* $x$ #import "@preview/a:1.0.0"')

    assert render(paper).startswith(b"%PDF")


def test_longest_text_prints_over_several_pages() -> None:
    paper = agreement()
    prose = "ผลการดำเนินงานตามคำรับรองการปฏิบัติราชการบรรลุเป้าหมายร้อยละ 80 ภายในรอบ 12 เดือน " * 300
    longest = replace(paper, kpis=(replace(paper.kpis[0], definition=prose[:LONGEST_TEXT]),))

    pages = PdfReader(BytesIO(render(longest))).pages

    assert len(pages) > 5


def test_one_unbroken_word_of_the_longest_length_prints() -> None:
    paper = agreement()
    longest = replace(paper, kpis=(replace(paper.kpis[0], definition="ก" * LONGEST_TEXT),))

    assert render(longest).startswith(b"%PDF")


def test_data_that_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(PaperRefused) as refused:
        read("agreement", {"agency": "กรมตัวอย่าง", "fiscal_year": "next year"})

    places = {fault.where for fault in refused.value.faults}
    assert {"fiscal_year", "unit", "kpis"} <= places


def test_unknown_paper_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PaperRefused, match="Choose one of: agreement"):
        read("poster", {})


def _font_names(page: object) -> set[str]:
    fonts = page["/Resources"].get("/Font", {})  # type: ignore[index]
    return {str(font.get_object()["/BaseFont"]) for font in fonts.values()}


def test_typeface_that_is_not_there_is_named(tmp_path: Path) -> None:
    nowhere = PrintStyle(family="TH Nowhere", folders=(tmp_path,))

    with pytest.raises(PaperRefused, match="The typeface TH Nowhere was not found"):
        render(sample("agreement"), style=nowhere)
