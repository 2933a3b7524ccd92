"""Choosing among the year's candidates: one decision for each, weights that add up to the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from raprong.core.faults import FaultList, all_at_once
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import weight_fault
from raprong.lib.scoring.scheme import Scheme


class Choice(StrEnum):
    """What is decided about a candidate."""

    SELECT = "select"
    NOT_SELECT = "not_select"
    UNDECIDED = "undecided"


STATE_OF = {
    Choice.SELECT: KpiState.SELECTED,
    Choice.NOT_SELECT: KpiState.NOT_SELECTED,
    Choice.UNDECIDED: KpiState.PROPOSED,
}


@dataclass(frozen=True)
class Decision:
    """A decision about one KPI; `seen` is the version of it that the person looked at."""

    kpi: KpiYear
    choice: Choice
    weight: Decimal | None = None
    because: str = ""
    seen: int | None = None

    @property
    def changes(self) -> bool:
        """Whether it says anything else than what is already so."""
        now = (self.kpi.state, self.kpi.weight, self.kpi.decision_reason)
        return now != (STATE_OF[self.choice], self.weight, self.because)


@dataclass(frozen=True)
class SelectionStanding:
    """How far the selection is: candidates, decisions and the weight that was given out."""

    candidates: int
    selected: int
    undecided: int
    weight: Decimal
    whole: Decimal

    @property
    def weight_is_whole(self) -> bool:
        return self.weight == self.whole

    @property
    def settled(self) -> bool:
        return bool(self.selected) and not self.undecided and self.weight_is_whole


def check_decisions(decisions: Sequence[Decision], scheme: Scheme) -> None:
    """Refuse decisions with every fault at once: a selected KPI has a weight, one that is not has a reason."""
    with all_at_once() as found:
        for decision in decisions:
            _check_decision(found, decision, scheme)


def _check_decision(found: FaultList, decision: Decision, scheme: Scheme) -> None:
    names = {"code": decision.kpi.code}
    if decision.choice is Choice.SELECT and decision.weight is None:
        found.add(f"weight_{decision.kpi.public_id}", _("Give KPI %(code)s a weight.") % names)
    if decision.weight is not None and (sentence := weight_fault(decision.weight, scheme)):
        found.add(f"weight_{decision.kpi.public_id}", sentence)
    if decision.choice is Choice.NOT_SELECT and not decision.because.strip():
        found.add(
            f"because_{decision.kpi.public_id}",
            _("Say why KPI %(code)s is not selected; its group will read it.") % names,
        )
