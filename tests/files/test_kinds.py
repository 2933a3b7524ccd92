"""Files that nobody could open in five years, or that would do harm, are refused in words that name them."""

import zipfile
from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image

from raprong.access.rules import Refused
from raprong.files.kinds import HEIC, JPEG, PDF, PNG, WEBP, checked_media_type
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.writer import write_workbook

WHOLE_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"


def picture(kind: str) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, kind)
    return drawn.getvalue()


def office(*entries: tuple[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("word/document.xml", b"<w:document/>"), *entries):
            archive.writestr(name, content)
    return packed.getvalue()


def refusal_of(content: bytes, name: str = "หลักฐาน.pdf") -> str:
    with override("en"), pytest.raises(Refused) as refused:
        checked_media_type(BytesIO(content), name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (WHOLE_PDF, PDF),
        (picture("PNG"), PNG),
        (picture("JPEG"), JPEG),
        (picture("WEBP"), WEBP),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", HEIC),
        (office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_kinds_are_told_by_their_content(content: bytes, media_type: str) -> None:
    assert checked_media_type(BytesIO(content), "anything.exe") == media_type


def test_a_workbook_of_our_own_can_be_handed_in() -> None:
    content = write_workbook(sample_workbook(), fiscal_year=2570)

    assert checked_media_type(BytesIO(content), "kpis.xlsx").endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 60, "none of PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "none of PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (WHOLE_PDF.replace(b"endobj", b"endobj trailer << /Encrypt 5 0 R >>"), "locked with a password"),
        (WHOLE_PDF[:-8], "cut short"),
        (picture("PNG")[:40], "cannot be opened as a picture"),
        (office(("word/vbaProject.bin", b"Sub AutoOpen")), "holds macros"),
        (office(("word/media/zeros.bin", bytes(300 * 1024 * 1024))), "far larger inside"),
    ],
    ids=["empty", "program", "svg", "old", "locked office", "locked pdf", "cut short", "broken", "macros", "bomb"],
)
def test_what_cannot_be_kept_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in refusal_of(content)


def test_a_program_named_as_a_pdf_is_called_what_it_is() -> None:
    program = b"MZ" + b"\x90\x00" * 40

    assert "หลักฐาน.pdf" in refusal_of(program)


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    header = picture("PNG")
    width, height = (30_000).to_bytes(4, "big"), (30_000).to_bytes(4, "big")
    huge = header[:16] + width + height + header[24:]

    assert "pixels" in refusal_of(huge) or "cannot be opened" in refusal_of(huge)
