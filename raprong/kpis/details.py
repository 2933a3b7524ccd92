"""The detail sheet of a KPI (รายละเอียดตัวชี้วัด): what it holds, and what must be there before it is complete."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import all_at_once
from raprong.kpis.enums import Counting
from raprong.kpis.formulas import FormulaInput, check_formula, inputs_of
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import MOST_LETTERS
from raprong.kpis.steps import KpiStep, check_steps
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
    """What a group writes on the detail sheet of a KPI. A sheet may be saved before it is complete.

    What is None stays as it is.
    """

    definition: str = ""
    formula: str = ""
    data_source: str = ""
    collection_method: str = ""
    conditions: str = ""
    evidence_expected: str = ""
    notes: str = ""
    supervisor: Position | None = None
    collector: Position | None = None
    scope: str | None = None
    supervisor_phone: str | None = None
    collector_phone: str | None = None
    inputs: Sequence[FormulaInput] | None = None
    expression: str | None = None
    counting: str | None = None
    steps: Sequence[KpiStep] | None = None


MOST_LETTERS_OF_A_PHONE = 50


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
        for name in ("supervisor_phone", "collector_phone"):
            if len(getattr(details, name) or "") > MOST_LETTERS_OF_A_PHONE:
                found.add(
                    name, _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS_OF_A_PHONE}
                )
        if details.counting is not None and details.counting not in Counting.values:
            found.add("counting", _("Choose one of the list."))
        if details.inputs is not None or details.expression is not None:
            inputs = details.inputs if details.inputs is not None else inputs_of(kpi.inputs)
            check_formula(found, inputs, kpi.expression if details.expression is None else details.expression)
        check_steps(found, details.steps or ())
        if len(details.data_source) > (most := MOST_LETTERS["data_source"]):
            found.add("data_source", _("This is too long. Use at most %(most)s letters.") % {"most": most})
