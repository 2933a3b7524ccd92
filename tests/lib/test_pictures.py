"""Pictures of files are drawn anew, in a process that may die without harm."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from raprong import documents
from raprong.lib.pictures import NotDrawn, count_pages, draw


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(documents.render(documents.sample("circular")))
    return path


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def test_a_page_of_a_pdf_is_drawn_at_the_width_asked_for(paper: Path) -> None:
    picture = opened(draw(paper, "application/pdf", page=1, width=300))

    assert (picture.format, picture.width) == ("WEBP", 300)
    assert len(picture.convert("L").getcolors() or []) > 2  # words, not an empty page


def test_a_photograph_stands_upright_and_says_nothing_of_where_it_was_taken(tmp_path: Path) -> None:
    taken = Image.new("RGB", (80, 40), "white")
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    exif[0x010F] = "a maker of telephones"
    path = tmp_path / "photo.jpg"
    taken.save(path, "JPEG", exif=exif)

    picture = opened(draw(path, "image/jpeg", page=1, width=300))

    assert (picture.width, picture.height) == (40, 80)
    assert not picture.getexif()


@pytest.mark.parametrize(
    ("media_type", "content", "page"),
    [
        ("application/pdf", b"%PDF-1.7\n%%EOF", 1),
        ("image/png", b"\x89PNG\r\n\x1a\n broken", 1),
        ("text/html", b"<script>", 1),
    ],
)
def test_what_cannot_be_drawn_is_told_and_nothing_dies(
    tmp_path: Path, media_type: str, content: bytes, page: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(NotDrawn):
        draw(path, media_type, page=page, width=300)


def test_a_page_that_there_is_not_is_refused(paper: Path) -> None:
    with pytest.raises(NotDrawn, match="pages"):
        draw(paper, "application/pdf", page=99, width=300)


def test_the_pages_of_a_pdf_are_counted_and_a_picture_is_one(paper: Path, tmp_path: Path) -> None:
    photograph = tmp_path / "photo.png"
    Image.new("RGB", (8, 8), "white").save(photograph)

    counted = [count_pages(paper, "application/pdf"), count_pages(photograph, "image/png")]

    assert counted == [len(PdfDocument(paper)), 1]


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html"])
def test_pages_that_cannot_be_counted_are_told(tmp_path: Path, media_type: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"%PDF-1.7\n%%EOF")

    with pytest.raises(NotDrawn):
        count_pages(path, media_type)
