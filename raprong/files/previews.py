"""Pictures of the files that people handed in, kept beside the content that they show."""

import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings

from raprong.core.full_disk import is_full_disk
from raprong.files.models import StoredFile
from raprong.files.store import place_of
from raprong.lib import pictures
from raprong.lib.pictures import NotDrawn

log = logging.getLogger(__name__)

WIDTHS = {"small": 240, "large": 1200}  # pixels


def picture_of(file: StoredFile, *, page: int, size: str) -> Path | None:
    """Where a picture of a page lies, drawn on first need; None where none can be made."""
    kept = _place(file, f"{page}-{size}.webp")
    if not kept.exists():
        try:
            _keep(pictures.draw(place_of(file.sha256), file.media_type, page=page, width=WIDTHS[size]), kept)
        except NotDrawn as why:
            log.warning("No picture of file %s: %s", file.public_id, why)
    return kept if kept.exists() else None


def pages_of(file: StoredFile) -> int:
    """How many pages of a file there are pictures of, counted on first need; 0 where none can be made."""
    if file.media_type not in pictures.DRAWN:
        return 0
    kept = _place(file, "pages")
    if kept.exists():
        return int(kept.read_text())
    try:
        count = pictures.count_pages(place_of(file.sha256), file.media_type)
    except NotDrawn as why:
        log.warning("No pages of file %s: %s", file.public_id, why)
        return 0
    _keep(str(count).encode(), kept)
    return count


def _place(file: StoredFile, ending: str) -> Path:
    return Path(settings.FILES_DIR) / "pictures" / file.sha256[:2] / f"{file.sha256}-{ending}"


def _keep(content: bytes, place: Path) -> None:
    """What is lost is made again, so a full disk stops no reader."""
    try:
        _put(content, place)
    except OSError as fault:
        if not is_full_disk(fault):
            raise
        log.error("A picture could not be kept: %s", fault)


def _put(content: bytes, place: Path) -> None:
    """Whole or not at all: two readers may ask at once."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=place.parent, prefix=".drawn-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(waiting).replace(place)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
