"""Thai words that must not break inside; the same list for papers and for pages."""

import json
import re
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "_common" / "words.json"


@cache
def unbroken_words() -> re.Pattern[str]:
    """Matches any word that stays whole, the longest first."""
    words: list[str] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
