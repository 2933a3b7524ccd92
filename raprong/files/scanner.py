"""Looking for viruses with ClamAV, where an installation has one.

The daemon is asked over its own protocol (clamd, `INSTREAM`): the content goes in pieces, each after its length in four
bytes, and an empty piece ends it.
"""

import logging
import socket
import struct
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused

log = logging.getLogger(__name__)

PIECE_BYTES = 256 * 1024
SECONDS_TO_ANSWER = 60
LONGEST_ANSWER = 4096


def check_clean(content: IO[bytes], name: str) -> None:
    """Refuse a file in which the scanner finds a virus, and any file while the scanner that is set up is silent."""
    if not settings.VIRUS_SCANNER:
        return
    try:
        answer = _ask(settings.VIRUS_SCANNER, content)
    except OSError as fault:
        log.error("The virus scanner at %s does not answer: %s", settings.VIRUS_SCANNER, fault)
        raise Refused(_silent(name)) from fault
    if answer.endswith("FOUND"):
        log.warning("A virus was refused in an uploaded file: %s", answer)
        raise Refused(_("%(name)s holds a virus. It was not kept.") % {"name": name})
    if not answer.endswith("OK"):
        log.error("The virus scanner could not look at a file: %s", answer)
        raise Refused(_silent(name))


def _silent(name: str) -> str:
    words = _("%(name)s could not be looked at for viruses and was not kept. Try again later; tell the administrator.")
    return words % {"name": name}


def _ask(address: str, content: IO[bytes]) -> str:
    content.seek(0)
    with _connection(address) as daemon:
        daemon.sendall(b"zINSTREAM\0")
        while piece := content.read(PIECE_BYTES):
            daemon.sendall(struct.pack("!L", len(piece)) + piece)
        daemon.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            received = daemon.recv(LONGEST_ANSWER)
            if not received:
                break
            answer += received
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connection(address: str) -> socket.socket:
    """To `host:port`, or to a socket by its path."""
    if address.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(SECONDS_TO_ANSWER)
        try:
            daemon.connect(address)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS_TO_ANSWER)
