"""What a scan of signed pages says: every page's code, however it lies; what it cannot open it leaves alone."""

from io import BytesIO
from pathlib import Path
from zlib import compress

import pytest
from PIL import Image, ImageFilter

from raprong.documents import CheckMark, render, sample
from raprong.lib.rendering.pictures import bound, page_count, page_pictures
from raprong.lib.scans import NotRead, PageCode, page_address, page_code_in, scanned_pages

CODE = "23456789bcdfghjk"
SITE = "https://raprong.example.go.th"


@pytest.fixture(scope="module")
def paper() -> bytes:
    pages = page_count(render(sample("agreement")))
    address = page_address(SITE, CODE, 1).removesuffix("/1")
    return render(sample("agreement"), check=CheckMark(address, CODE, pages=pages))


@pytest.fixture(scope="module")
def pictures(paper: bytes) -> list[Image.Image]:
    return [Image.open(BytesIO(page)).convert("RGB") for page in page_pictures(paper, most=99, dots_per_inch=150)]


def saved(picture: Image.Image, path: Path, form: str = "JPEG") -> Path:
    picture.save(path, form)
    return path


def test_every_page_of_a_print_says_which_it_is(paper: bytes, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(paper)

    pages = scanned_pages(scan, "application/pdf", most=20)

    assert len(pages) > 2
    assert [page.codes for page in pages] == [(PageCode(CODE, number),) for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize("turn", [0, 3, 90, 180, 270])
def test_a_page_is_read_however_it_was_laid_and_stands_upright(
    pictures: list[Image.Image], tmp_path: Path, turn: int
) -> None:
    laid = pictures[0].rotate(turn, expand=True, fillcolor="white").filter(ImageFilter.GaussianBlur(0.6))

    [page] = scanned_pages(saved(laid, tmp_path / "page.jpg"), "image/jpeg", most=1)

    upright = Image.open(BytesIO(page.picture))
    assert page.codes == (PageCode(CODE, 1),)
    assert upright.height > upright.width


def test_a_page_without_a_code_says_nothing(tmp_path: Path) -> None:
    [page] = scanned_pages(
        saved(Image.new("RGB", (800, 1100), "white"), tmp_path / "a.png", "PNG"), "image/png", most=1
    )

    assert page.codes == ()


def test_a_page_of_a_sealed_paper_is_told(tmp_path: Path) -> None:
    scan = tmp_path / "sealed.pdf"
    scan.write_bytes(render(sample("agreement"), check=CheckMark(f"{SITE}/verify/7K2M-9QXT-0B4C", "7K2M-9QXT-0B4C")))

    pages = scanned_pages(scan, "application/pdf", most=20)

    assert pages[0].sealed
    assert pages[0].codes == ()


def test_codes_of_others_are_no_page_codes() -> None:
    assert page_code_in("https://elsewhere.example/p/short/1") is None
    assert page_code_in(f"{SITE}/p/{CODE}/0") is None
    assert page_code_in(page_address("", CODE, 12)) == PageCode(CODE, 12)


def broken_pdf() -> bytes:
    return b"%PDF-1.7\nnothing of a PDF\n%%EOF"


def huge_picture() -> bytes:
    """A picture of 1.6 thousand million pixels that packs to almost nothing."""
    header = b"\x00\x00\x00\x0dIHDR" + (40_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + header + b"\x00" * 4 + compress(b"\x00" * 1000)


@pytest.mark.parametrize(
    "content, media_type",
    [(broken_pdf(), "application/pdf"), (huge_picture(), "image/png"), (b"x", "text/plain")],
    ids=["broken", "huge", "unknown"],
)
def test_what_cannot_be_opened_is_said(content: bytes, media_type: str, tmp_path: Path) -> None:
    scan = tmp_path / "scan"
    scan.write_bytes(content)

    with pytest.raises(NotRead):
        scanned_pages(scan, media_type, most=5)


def test_more_pages_than_asked_for_are_not_read(paper: bytes, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(paper)

    with pytest.raises(NotRead):
        scanned_pages(scan, "application/pdf", most=1)


def test_pictures_are_bound_in_their_order(pictures: list[Image.Image]) -> None:
    content = []
    for picture in pictures:
        page = BytesIO()
        picture.save(page, "JPEG")
        content.append(page.getvalue())

    assert page_count(bound(content)) == len(pictures)
