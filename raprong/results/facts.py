"""A figure as plain values: for the trail, for a closing, and for comparing two closings."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from raprong.results.models import MonthlyResult


def facts_of(result: MonthlyResult) -> dict[str, Any]:
    """What a figure says, numbers as strings; its inputs where it was reckoned from some."""
    value = None if result.value is None else f"{result.value:.4f}"
    facts = {"value": value, "status": str(result.status), "note": result.note}
    return facts | ({"inputs": result.inputs} if result.inputs else {})


def digest_of(snapshot: Mapping[str, Any]) -> str:
    """The SHA-256 of plain values, in hexadecimal: the same values have the same digest on every machine."""
    written = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
