"""The detail sheet of a KPI (รายละเอียดตัวชี้วัด): what it holds, and what must be there before it is complete."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import all_at_once
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import MOST_LETTERS
from raprong.organisation.models import Position

NEEDED: dict[str, str | Promise] = {
    "definition": gettext_lazy("definition"),
    "formula": gettext_lazy("formula"),
    "data_source": gettext_lazy("source of the data"),
    "collection_method": gettext_lazy("how the data are collected"),
    "supervisor": gettext_lazy("supervisor of the KPI"),
    "collector": gettext_lazy("collector of the data"),
}


@dataclass(frozen=True)
class Details:
    """What a group writes on the detail sheet of a KPI. A sheet may be saved before it is complete."""

    definition: str = ""
    formula: str = ""
    data_source: str = ""
    collection_method: str = ""
    conditions: str = ""
    evidence_expected: str = ""
    notes: str = ""
    supervisor: Position | None = None
    collector: Position | None = None


def missing_details(kpi: KpiYear) -> list[str]:
    """The parts of the detail sheet that are still empty, by their names."""
    return [name for name in NEEDED if not getattr(kpi, f"{name}_id" if name in ("supervisor", "collector") else name)]


def check_details(kpi: KpiYear, details: Details) -> None:
    """Refuse posts of another unit and texts that do not fit, every fault at once."""
    with all_at_once() as found:
        for name in ("supervisor", "collector"):
            post: Position | None = getattr(details, name)
            if post is not None and post.unit.office.pk != kpi.group.office.pk:
                found.add(name, _("Choose a post of this unit."))
        if len(details.data_source) > (most := MOST_LETTERS["data_source"]):
            found.add("data_source", _("This is too long. Use at most %(most)s letters.") % {"most": most})
