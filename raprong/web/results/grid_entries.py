"""What came in from the monthly grid: a whole form, or from its script the few cells that were just left."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.grid import CellEntry
from raprong.web.results.whereabouts import month_or_404

SEEN = "-seen"
MOST_CELLS = 500  # in one request of the script


@dataclass(frozen=True)
class Sent:
    """One KPI and month as it was sent, before it is known which KPI that is."""

    kpi: str
    month: str
    seen: int
    texts: dict[str, str]


def sent_by_form(posted: QueryDict) -> list[Sent]:
    """The cells of a form in which another text stands than the page had when it was read."""
    return [sent for name in posted if name.endswith(SEEN) for sent in _changed(name.removesuffix(SEEN), posted)]


def sent_by_script(posted: QueryDict) -> list[Sent]:
    """The cells that the script sends, as JSON: `[{"kpi", "month", "seen", "texts": {"value": "94.5"}}]`."""
    rows = _json(str(posted.get("cells") or "[]"))
    if not isinstance(rows, list) or len(rows) > MOST_CELLS:
        raise BadRequest("The cells cannot be read.")
    try:
        return [Sent(str(row["kpi"]), str(row["month"]), int(row["seen"]), _texts(row["texts"])) for row in rows]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadRequest("The cells cannot be read.") from None


def entries_of(run: Run, sent: list[Sent]) -> list[CellEntry]:
    """What was sent as entries of a run's KPIs. Cells of KPIs that are not there, or not reported for, are left out."""
    asked = KpiYear.objects.of_run(run).selected().reported().filter(public_id__in={one.kpi for one in sent})
    kpis = {kpi.public_id: kpi for kpi in asked.select_related("group__parent", "framework__run")}
    return [
        CellEntry(kpis[one.kpi], month_or_404(run, one.month), one.texts, one.seen) for one in sent if one.kpi in kpis
    ]


def _changed(kpi: str, posted: QueryDict) -> Iterator[Sent]:
    for month, version, before in _months_seen(_json(str(posted[f"{kpi}{SEEN}"]))):
        texts = {field: posted.get(f"{kpi}-{month}-{field}", text).strip() for field, text in before.items()}
        if texts != before:
            yield Sent(kpi, month, version, texts)


def _months_seen(seen: Any) -> list[tuple[str, int, dict[str, str]]]:
    """Month, version and texts of what the page had when it was read."""
    try:
        return [(str(month), int(version), _texts(before)) for month, (version, before) in seen.items()]
    except (TypeError, ValueError, AttributeError):
        raise BadRequest("The form cannot be read.") from None


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    return {str(field): str(text)[:200] for field, text in given.items()}


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise BadRequest("The form cannot be read.") from None
