"""Read and print a page within the limits of this process; answers on standard output what is known of it."""

import json
import re
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from raprong.lib import limited
from raprong.lib.page_copy import MOST_SECONDS
from raprong.lib.page_copy.reading import PageWords, decoded, words_of
from raprong.lib.rendering import SARABUN, TypstCompiler

HERE = Path(__file__).resolve().parent
MOST_MEMORY_BYTES = 3 * 1024**3  # of addresses: the typesetter's threads reserve more than they use
# What the typeface draws: Latin with its accents, Thai, and the usual signs.
NOT_DRAWN = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u0e01-\u0e3a\u0e3f-\u0e5b\u2013\u2014\u2018-\u201e\u2022\u2026]"
)
UNBROKEN = re.compile(r"[!-~]{50}")


def main(folder: str) -> None:
    limited.keep_within(seconds=MOST_SECONDS, memory_bytes=MOST_MEMORY_BYTES)
    place = Path(folder)
    about = json.loads((place / "about.json").read_text())
    words = words_of(decoded((place / "page").read_bytes(), about["charset"]))
    (place / "page.pdf").write_bytes(_printed(words, about))
    text = "\n".join(one.text for one in words.paragraphs)
    known = {
        "title": words.title,
        "sha256": sha256(text.encode()).hexdigest(),
        "letters": len(text),
        "asks_for_password": words.asks_for_password,
    }
    sys.stdout.write(json.dumps(known))


def _printed(words: PageWords, about: dict[str, str]) -> bytes:
    data = {
        "title": _drawn(words.title) or _drawn(about["address"]),
        "address": _drawn(about["address"]),
        "kept": _drawn(about["kept"]),
        "cut": words.cut,
        "paragraphs": [{"text": _drawn(one.text), "heading": one.heading} for one in words.paragraphs],
    }
    compiler = TypstCompiler(HERE / "page.typ", HERE, SARABUN)
    return compiler.compile({"data": json.dumps(data)}, created_at=datetime.fromtimestamp(0, UTC))


def _drawn(text: str) -> str:
    """Letters that the typeface lacks become dots; what has no place to break gets one."""
    return UNBROKEN.sub("\\g<0>\u200b", NOT_DRAWN.sub("\u00b7", text))


if __name__ == "__main__":
    main(*sys.argv[1:])
