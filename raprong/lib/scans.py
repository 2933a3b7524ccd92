"""Scans of papers that were signed by hand: their pages as pictures, and the codes that stand on them.

Pages are drawn and read in a process of their own, `python -m raprong.lib.scans FILE TYPE MOST OUT`; `limited` says
why.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from raprong.lib import limited

if TYPE_CHECKING:  # opened in the process that reads, and nowhere else
    from PIL.Image import Image as Picture

PDF = "application/pdf"
READ = frozenset({PDF, "image/png", "image/jpeg", "image/webp"})
PICTURE = "image/jpeg"
MOST_SECONDS = 60
MOST_MEMORY_BYTES = 2 * 1024**3
MOST_PIXELS = 120_000_000
LONG_SIDE = 2340  # pixels: 200 to the inch on A4
QUALITY = 80
SEALED = re.compile(r"/verify/[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$", re.ASCII)  # where a sealed paper is checked
PAGE_CODE = re.compile(r"/p/(?P<code>[2-9a-z]{16})/(?P<page>[1-9]\d{0,2})$", re.ASCII)


class NotRead(Exception):
    """A scan could not be opened in the time and the memory that it has; the message says why, for the log."""


@dataclass(frozen=True)
class PageCode:
    """Which print of which paper a page belongs to, and its number there from 1."""

    code: str
    page: int


@dataclass(frozen=True)
class ScannedPage:
    """One page of a scan as a JPEG picture, upright where its code says so, with the page codes read on it.

    `sealed` is whether the code of a sealed paper stands on it, which nobody signs by hand any more.
    """

    picture: bytes
    codes: tuple[PageCode, ...]
    sealed: bool = False


def page_address(site: str, code: str, page: int) -> str:
    """What the squares on a page say: an address that leads to the paper, so that a telephone's camera may open it."""
    return f"{site.rstrip('/') or 'raprong:'}/p/{code}/{page}"


def page_code_in(text: str) -> PageCode | None:
    """The page code that an address on a page holds; None for any other text."""
    found = PAGE_CODE.search(text.strip())
    return PageCode(found["code"], int(found["page"])) if found else None


def scanned_pages(path: Path, media_type: str, *, most: int) -> list[ScannedPage]:
    """The pages of a PDF, or the one of a picture, in their order.

    Raises NotRead for a kind that is not read, more than `most` pages, and a file that cannot be opened in time.
    """
    if media_type not in READ:
        raise NotRead(f"{media_type} is not read")
    with tempfile.TemporaryDirectory(prefix="raprong-scan-") as folder:
        asked = [str(path), media_type, str(most), folder]
        try:
            told = limited.run("raprong.lib.scans", *asked, most_seconds=MOST_SECONDS)
        except limited.NotDone as why:
            raise NotRead(str(why)) from why
        said: list[list[str]] = json.loads(told)
        return [
            ScannedPage((Path(folder) / f"{number}.jpg").read_bytes(), tuple(_codes_of(texts)), _is_sealed(texts))
            for number, texts in enumerate(said, start=1)
        ]


def _codes_of(texts: Iterable[str]) -> Iterable[PageCode]:
    found = (page_code_in(text) for text in texts)
    return dict.fromkeys(code for code in found if code is not None)


def _is_sealed(texts: Iterable[str]) -> bool:
    return any(SEALED.search(text.strip()) for text in texts)


def main(path: str, media_type: str, most: str, out: str) -> None:
    """Draw and read within the limits of this process; answers on standard output the texts read on each page."""
    limited.keep_within(seconds=MOST_SECONDS, memory_bytes=MOST_MEMORY_BYTES)
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    said = []
    for number, picture in enumerate(_drawn(path, media_type, int(most)), start=1):
        texts, turned = _read(picture)
        turned.save(Path(out) / f"{number}.jpg", "JPEG", quality=QUALITY)
        said.append(texts)
    sys.stdout.write(json.dumps(said))


def _drawn(path: str, media_type: str, most: int) -> Iterator[Picture]:
    if media_type == PDF:
        yield from _drawn_pdf(path, most)
        return
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    picture.thumbnail((2 * LONG_SIDE, 2 * LONG_SIDE))
    yield picture


def _drawn_pdf(path: str, most: int) -> Iterator[Picture]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if len(document) > most:
        raise SystemExit(f"the file has {len(document)} pages, more than {most}")
    for sheet in document:
        yield sheet.render(scale=1.4 * LONG_SIDE / max(sheet.get_size())).to_pil().convert("RGB")


def _read(picture: Picture) -> tuple[list[str], Picture]:
    """The texts of the codes on a page, and the page made smaller; a page lying on its side or head is turned."""
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ours = next((code for code in found if page_code_in(code.text)), None)
    quarter = round(ours.orientation / 90) % 4 if ours else 0
    turned = picture.rotate(90 * quarter, expand=True) if quarter else picture
    turned.thumbnail((LONG_SIDE, LONG_SIDE))
    return [code.text for code in found], turned


if __name__ == "__main__":
    main(*sys.argv[1:])
