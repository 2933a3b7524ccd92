"""Receiving an upload within the limit: what comes after it is counted and thrown away, so that no disk fills."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

LEAST_ROOM_BYTES = 20 * 1024 * 1024  # workbooks have limits of their own below this, and sentences of their own


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps one byte more than an upload may have, and as its size that of all that was sent: a file that is too large
    is refused later, in words, at its field.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = max(settings.LARGEST_UPLOAD_BYTES, LEAST_ROOM_BYTES) + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])
