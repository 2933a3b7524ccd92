"""What stands before a value or over a column of a paper; the same words whatever the paper is printed as."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "_common" / "labels.json"


@cache
def labels() -> dict[str, Any]:
    """Labels by paper and key; a few, such as that of the year, by key alone."""
    found: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return found
