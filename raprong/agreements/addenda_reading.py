"""What an addendum says, and what it changes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.kpis.amendments import Amendment
from raprong.kpis.queries import selected_kpis
from raprong.lib.scoring.criteria import criteria_from_stored


def amendments_of(addendum: Agreement) -> list[Amendment]:
    """What an addendum makes its KPIs ask for; those that were not changed are not among them."""
    kpis = {kpi.public_id: kpi for kpi in selected_kpis(addendum.run)}
    found: Iterable[Mapping[str, Any]] = (change for change in addendum.changes if change["kpi"] in kpis)
    return [
        Amendment(
            kpi=kpis[change["kpi"]],
            target=_number(change["after"]["target"]),
            weight=_number(change["after"]["weight"]),
            criteria=criteria_from_stored(change["after"]["criteria"]),
        )
        for change in found
    ]


def base_of(addendum: Agreement) -> Agreement | None:
    """What an addendum changes: the addendum before it, else the agreement."""
    earlier = Agreement.objects.with_run().in_line_with(addendum).filter(number__lt=addendum.number)
    return earlier.filter(state=State.IN_FORCE).order_by("-number").first()


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
