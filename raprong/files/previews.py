"""Pictures of the files that people handed in, kept beside the content that they show."""

import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings

from raprong.files.models import StoredFile
from raprong.files.store import place_of
from raprong.lib import pictures
from raprong.lib.pictures import NotDrawn

log = logging.getLogger(__name__)

WIDTHS = {"small": 240, "large": 1200}  # pixels


def picture_of(file: StoredFile, *, page: int, size: str) -> Path | None:
    """Where a picture of a page lies, drawn on first need; None where none can be made."""
    kept = Path(settings.FILES_DIR) / "pictures" / file.sha256[:2] / f"{file.sha256}-{page}-{size}.webp"
    if not kept.exists():
        try:
            _keep(pictures.draw(place_of(file.sha256), file.media_type, page=page, width=WIDTHS[size]), kept)
        except NotDrawn as why:
            log.warning("No picture of file %s: %s", file.public_id, why)
            return None
    return kept


def _keep(picture: bytes, place: Path) -> None:
    """Whole or not at all: two readers may ask at once. A picture that is lost is drawn again."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=place.parent, prefix=".drawn-")
    with os.fdopen(handle, "wb") as file:
        file.write(picture)
    Path(waiting).replace(place)
