"""Receiving an upload within the limit: what comes after it is counted and thrown away, so that no disk fills."""

import logging
import os
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from raprong.core.full_disk import is_full_disk

LEAST_ROOM_BYTES = 20 * 1024 * 1024  # workbooks have limits of their own below this, and sentences of their own

log = logging.getLogger(__name__)


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps one byte more than an upload may have, and as its size that of all that was sent: a file that is too large
    is refused later, in words, at its field. So is one for which the disk has no room: the words that came with it in
    the form are not lost over it.
    """

    file: Any  # with a mark of ours

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file.had_no_room = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = max(settings.LARGEST_UPLOAD_BYTES, LEAST_ROOM_BYTES) + 1 - start
        if room > 0 and not self.file.had_no_room:
            self._write(raw_data[:room])

    def _write(self, data: bytes) -> None:
        try:
            self.file.write(data)
            self.file.flush()
        except OSError as fault:
            if not is_full_disk(fault):
                raise
            log.error("An uploaded file could not be received: %s", fault)
            self.file.had_no_room = True
            os.ftruncate(self.file.fileno(), 0)  # which makes room for what is left in memory
