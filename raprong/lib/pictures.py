"""A picture of a file's page, drawn in a process of its own: `python -m raprong.lib.pictures FILE TYPE PAGE WIDTH OUT`.

With a FILE alone, a PDF, the process tells how many pages it has.

The picture is drawn anew, so nothing of the file's own bytes reaches a browser. Why in a process of its own, see
`limited`.
"""

import sys
import tempfile
from pathlib import Path

from raprong.lib import limited

PDF = "application/pdf"
DRAWN = frozenset({PDF, "image/png", "image/jpeg", "image/webp"})
MEDIA_TYPE = "image/webp"
MOST_SECONDS = 20
MOST_MEMORY_BYTES = 1536 * 1024**2
LARGEST_PICTURE_PIXELS = 250_000_000
QUALITY = 82


class NotDrawn(Exception):
    """No picture could be made of a file; the message says why, for the log."""


def draw(path: Path, media_type: str, *, page: int, width: int) -> bytes:
    """A WebP picture of a page (from 1) of a PDF, or of a picture, at most `width` pixels wide.

    Raises NotDrawn for a kind that is not drawn, a page that there is not, and a file that cannot be opened in time.
    """
    if media_type not in DRAWN:
        raise NotDrawn(f"{media_type} is not drawn")
    with tempfile.TemporaryDirectory(prefix="raprong-picture-") as folder:
        drawn = Path(folder) / "picture"
        asked = [str(path), media_type, str(page), str(width), str(drawn)]
        try:
            limited.run("raprong.lib.pictures", *asked, most_seconds=MOST_SECONDS)
        except limited.NotDone as why:
            raise NotDrawn(str(why)) from why
        return drawn.read_bytes()


def count_pages(path: Path, media_type: str) -> int:
    """How many pages of a file can be drawn: of a PDF all of them, of a picture one.

    Raises NotDrawn for a kind that is not drawn and a PDF that cannot be opened in time.
    """
    if media_type not in DRAWN:
        raise NotDrawn(f"{media_type} is not drawn")
    if media_type != PDF:
        return 1
    try:
        return int(limited.run("raprong.lib.pictures", str(path), most_seconds=MOST_SECONDS))
    except limited.NotDone as why:
        raise NotDrawn(str(why)) from why


def main(path: str, *asked: str) -> None:
    """Draw, or count, within the limits of this process."""
    limited.keep_within(seconds=MOST_SECONDS, memory_bytes=MOST_MEMORY_BYTES)
    if asked:
        _draw(path, *asked)
    else:
        _tell_pages(path)


def _tell_pages(path: str) -> None:
    import pypdfium2

    sys.stdout.write(str(len(pypdfium2.PdfDocument(path))))


def _draw(path: str, media_type: str, page: str, width: str, out: str) -> None:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = LARGEST_PICTURE_PIXELS
    if media_type == PDF:
        picture = _page_of(path, int(page), int(width))
    else:
        opened = Image.open(path)
        opened.draft("RGB", (2 * int(width), 2 * int(width)))  # a JPEG need not be decoded larger than it is shown
        picture = ImageOps.exif_transpose(opened)
    picture = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P") else "RGB")
    picture.thumbnail((int(width), 4 * int(width)))
    picture.save(out, "WEBP", quality=QUALITY)


def _page_of(path: str, page: int, width: int):  # type: ignore[no-untyped-def]  # a picture of Pillow's
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if not 1 <= page <= len(document):
        raise SystemExit(f"the file has {len(document)} pages")
    sheet = document[page - 1]
    return sheet.render(scale=width / sheet.get_width()).to_pil()


if __name__ == "__main__":
    main(*sys.argv[1:])
