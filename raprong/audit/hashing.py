"""How entries are chained: SHA-256 over a canonical JSON of the entry and the hash before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def entry_hash(
    *,
    place: str,
    fiscal_year: int,
    number: int,
    kind: str,
    about: str,
    about_title: str,
    by: str,
    by_name: str,
    at: datetime,
    facts: dict[str, Any],
    previous: str,
) -> str:
    """The hash of one entry. Anyone can recompute it: keys sorted, no spaces, UTF-8, moments in UTC to microseconds."""
    content = {
        "place": place,
        "fiscal_year": fiscal_year,
        "number": number,
        "kind": kind,
        "about": about,
        "about_title": about_title,
        "by": by,
        "by_name": by_name,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": facts,
        "previous": previous,
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
