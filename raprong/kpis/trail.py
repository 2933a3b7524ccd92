"""What the trail keeps of a KPI: its fields as plain values, before and after."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from raprong.audit.actions import record
from raprong.core.faults import Fault, Faults
from raprong.core.models import PublicIdModel
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.criteria import CRITERIA, criteria_as_data
from raprong.organisation.models import Person
from raprong.processes.models import Run

PROPOSED_FIELDS = (
    "code",
    "title",
    "dimension",
    "issue",
    "level",
    "origin",
    "nature",
    "group",
    "parent",
    "weight_inside",
    "measure",
    "criteria",
    "round_criteria",
    "target",
    "weight",
    "baseline",
    "sources",
    "strategy",
    "starts_in",
)
DETAIL_FIELDS = (
    "definition",
    "scope",
    "formula",
    "counting",
    "inputs",
    "expression",
    "data_source",
    "collection_method",
    "supervisor",
    "supervisor_phone",
    "collector",
    "collector_phone",
    "conditions",
    "evidence_expected",
    "steps",
    "notes",
)
ALL_FIELDS = PROPOSED_FIELDS + DETAIL_FIELDS
EMPTY: tuple[Any, ...] = (None, "", [], {})


def told(kpi: KpiYear, fields: Iterable[str] = ALL_FIELDS) -> dict[str, Any]:
    """What a KPI says in these fields, as plain values that any JSON holds."""
    return {name: _field(kpi, name) for name in fields}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that say something else afterwards, with both; empty is empty, however it is written."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value and not (before.get(name) in EMPTY and value in EMPTY)
    }


def check_reason(kpi: KpiYear, changed: Mapping[str, list[Any]], because: str) -> None:
    """Refuse to change what was agreed on in the selection without a reason."""
    if kpi.state == KpiState.SELECTED and changed and not because.strip():
        raise Faults(
            [Fault("because", _("Say why the KPI is changed: it is selected already, and the reason stays with it."))]
        )


def tell(kind: str, about: PublicIdModel, run: Run, by: Person, at: datetime, **facts: Any) -> None:
    """Write an entry on the chain of the run's unit and year; a reason that is empty is left out."""
    if not facts.get("because", True):
        del facts["because"]
    record(kind, about=about, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, **facts)


def facts_with(because: str, **facts: Any) -> dict[str, Any]:
    """Facts of an entry with the reason, where there is one."""
    return facts | ({"because": because} if because else {})


def plain(value: Any) -> Any:
    """A value as the trail keeps it: numbers without the noughts of their column, things by their names."""
    if isinstance(value, CRITERIA):
        return criteria_as_data(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _field(kpi: KpiYear, name: str) -> Any:
    if name == "sources":
        return [source.title for source in kpi.sources.all()]
    return plain(getattr(kpi, name))
