"""Scans of papers that were signed by hand: their pages as pictures, and the codes that stand on them.

Pages are drawn and read in a process of their own, `python -m raprong.lib.scans FILE TYPE MOST OUT`: whatever a scan
does to the libraries that open it, it does to a process with little memory, little time and nothing to lose.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
    """One page of a scan as a JPEG picture, upright where its code says so, with the page codes read on it."""

    picture: bytes
    codes: tuple[PageCode, ...]


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
            done = subprocess.run(
                [sys.executable, "-I", "-m", "raprong.lib.scans", *asked],
                capture_output=True,
                timeout=MOST_SECONDS,
                check=False,
                text=True,
            )
        except subprocess.TimeoutExpired as late:
            raise NotRead(f"not read within {MOST_SECONDS} seconds") from late
        if done.returncode != 0:
            raise NotRead(done.stderr.strip().rsplit("\n", 1)[-1] or f"ended with {done.returncode}")
        said: list[list[str]] = json.loads(done.stdout)
        return [
            ScannedPage((Path(folder) / f"{number}.jpg").read_bytes(), tuple(_codes_of(texts)))
            for number, texts in enumerate(said, start=1)
        ]


def _codes_of(texts: Iterable[str]) -> Iterable[PageCode]:
    found = (page_code_in(text) for text in texts)
    return dict.fromkeys(code for code in found if code is not None)


def main(path: str, media_type: str, most: str, out: str) -> None:
    """Draw and read within the limits of this process; answers on standard output the texts read on each page."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
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
