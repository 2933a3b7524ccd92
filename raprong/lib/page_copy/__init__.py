"""A page of the web kept as a PDF of its words.

What a page runs, loads and asks for is not kept: of all its code nothing reaches a reader, and the copy looks the same
in ten years. It is read and printed in a process of its own, `python -m raprong.lib.page_copy FOLDER`;
`limited` says why.
"""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from raprong.lib import limited

MOST_SECONDS = 30
MOST_PAGE_BYTES = 4 * 1024 * 1024


class NotCopied(Exception):
    """A page could not be read or printed within the limits; the message says why, for the log."""


@dataclass(frozen=True)
class PageCopy:
    """`sha256` is that of the page's words: a page whose code changes and whose words do not is the same page."""

    pdf: bytes
    title: str
    sha256: str
    letters: int
    asks_for_password: bool


def copy_page(page: bytes, charset: str, *, address: str, kept: str) -> PageCopy:
    """Copy a page. `kept` says in the reader's words when it was fetched; it stands at the head, with the address."""
    if len(page) > MOST_PAGE_BYTES:
        raise NotCopied(f"the page has {len(page)} bytes")
    with tempfile.TemporaryDirectory(prefix="raprong-page-") as folder:
        place = Path(folder)
        (place / "page").write_bytes(page)
        (place / "about.json").write_text(json.dumps({"charset": charset, "address": address, "kept": kept}))
        try:
            said = json.loads(limited.run("raprong.lib.page_copy", folder, most_seconds=MOST_SECONDS))
        except limited.NotDone as why:
            raise NotCopied(str(why)) from why
        return PageCopy(pdf=(place / "page.pdf").read_bytes(), **said)
