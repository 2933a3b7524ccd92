"""The code at the foot of a sealed paper is read back from its page, and moves nothing on it."""

import pypdfium2
import pytest
import zxingcpp

from raprong.documents import KINDS, CheckMark, render, sample
from raprong.lib.rendering import PaperRefused

MARK = CheckMark("https://raprong.example.go.th/verify/7F3A-91C2-04DE", "7F3A-91C2-04DE")
AS_SCANNED = 200 / 72


@pytest.mark.parametrize("kind", KINDS)
def test_squares_on_every_page_hold_the_address(kind: str) -> None:
    pages = pypdfium2.PdfDocument(render(sample(kind), check=MARK))

    for page in pages:
        found = zxingcpp.read_barcodes(page.render(scale=AS_SCANNED, grayscale=True).to_pil())
        assert [code.text for code in found] == [MARK.address]


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_leaves_the_pages_as_they_were(kind: str) -> None:
    paper = sample(kind)

    assert len(pypdfium2.PdfDocument(render(paper, check=MARK))) == len(pypdfium2.PdfDocument(render(paper)))


def test_another_code_gives_another_file() -> None:
    paper = sample("circular")

    assert render(paper, check=MARK) == render(paper, check=MARK)
    assert render(paper, check=MARK) != render(paper, check=CheckMark(MARK.address, "0000-0000-0000"))


def test_an_address_too_long_for_squares_is_refused_in_words() -> None:
    with pytest.raises(PaperRefused, match="at most 150 fit"):
        render(sample("circular"), check=CheckMark("https://a.example/" + "b" * 200, "code"))
