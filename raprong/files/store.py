"""Where content lies: one file per hash, written whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK_BYTES = 64 * 1024


def place_of(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def put(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep content and answer its SHA-256 and size in bytes.

    It is written beside its place, flushed to the disk and then renamed, so a crash leaves a stray temporary file at
    worst and never a half-written one under a hash.
    """
    root = Path(settings.FILES_DIR)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, waiting = tempfile.mkstemp(dir=root, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        _move_into_place(Path(waiting), place_of(digest.hexdigest()))
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def scratch() -> IO[bytes]:
    """A file without a name beside those that are kept; it is gone when it is closed, or when we are killed."""
    root = Path(settings.FILES_DIR)
    root.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=root)


def _move_into_place(waiting: Path, place: Path) -> None:
    if place.exists():
        waiting.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_content(sha256: str) -> IO[bytes]:
    return place_of(sha256).open("rb")
