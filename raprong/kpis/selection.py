"""Choosing among the year's candidates: one decision for each, weights that add up to the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from raprong.core.faults import Fault, FaultList, Faults, all_at_once
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import weight_fault
from raprong.lib.scoring.rounding import sum_exactly
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


PARTS_WHOLE = Decimal(100)


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
        return self.changes_state or (self.kpi.weight, self.kpi.decision_reason) != (self.weight, self.because.strip())

    @property
    def changes_state(self) -> bool:
        """Whether the KPI comes to stand elsewhere by it."""
        return bool(self.kpi.state != STATE_OF[self.choice])


class Overtaken(Faults):
    """Others decided about some of these KPIs after the person asking had looked; each is told at its place."""


@dataclass(frozen=True)
class PartsSum:
    """What the parts of a KPI add up to inside it."""

    code: str
    given: Decimal


@dataclass(frozen=True)
class SelectionStanding:
    """How far the selection is: candidates, decisions and the weight that was given out.

    Parts are inside their parents: they are neither counted nor weighed here. `parts_off` are the selected KPIs whose
    parts do not add up to 100.00.
    """

    candidates: int
    selected: int
    undecided: int
    weight: Decimal
    whole: Decimal
    parts_off: tuple[PartsSum, ...] = ()

    @property
    def weight_is_whole(self) -> bool:
        """The weights of the selected KPIs, and of the parts inside each, add up."""
        return self.weight == self.whole and not self.parts_off

    @property
    def settled(self) -> bool:
        return bool(self.selected) and not self.undecided and self.weight_is_whole


def weight_sentence(standing: SelectionStanding) -> str:
    """What is still wrong with the weights, in words; empty when nothing is."""
    sentences = []
    if standing.weight != standing.whole:
        words = {"given": f"{standing.weight:.2f}", "whole": f"{standing.whole:.2f}"}
        sentences.append(_("The weights add up to %(given)s, and %(whole)s is asked for.") % words)
    sentences += [parts_sentence(off) for off in standing.parts_off]
    return " ".join(sentences)


def parts_sentence(off: PartsSum) -> str:
    """That the parts of a KPI do not add up, in words."""
    words = {"code": off.code, "given": f"{off.given:.2f}", "whole": f"{PARTS_WHOLE:.2f}"}
    return _("The parts of KPI %(code)s add up to %(given)s, and %(whole)s is asked for.") % words


def stands_as(kpi: KpiYear) -> str:
    """Where a candidate stands, in words: selected with weight 40.00."""
    state = str(KpiState(kpi.state).label)
    if kpi.state == KpiState.SELECTED and kpi.weight is not None:
        return _("%(state)s, weight %(weight)s") % {"state": state, "weight": f"{kpi.weight:.2f}"}
    return state


def check_nobody_was_faster(decisions: Sequence[Decision]) -> None:
    """Refuse decisions about KPIs that were changed after the person looked, unless they say what is so already."""
    late = [one for one in decisions if one.seen is not None and one.seen != one.kpi.version and one.changes]
    if late:
        raise Overtaken([Fault(f"choice_{one.kpi.public_id}", _overtaken(one.kpi)) for one in late])


def _overtaken(kpi: KpiYear) -> str:
    words = {"code": kpi.code, "now": stands_as(kpi)}
    return (
        _("KPI %(code)s was changed after you opened this page. It now says: %(now)s. Save again to keep yours.")
        % words
    )


def check_decisions(found: FaultList, decisions: Sequence[Decision], scheme: Scheme) -> None:
    """Find every fault of decisions: a selected KPI has a weight, one that is not has a reason.

    Parts are refused: they are decided with the KPI that they belong to.
    """
    for decision in decisions:
        _check_decision(found, decision, scheme)


def _check_decision(found: FaultList, decision: Decision, scheme: Scheme) -> None:
    names = {"code": decision.kpi.code}
    if decision.kpi.parent is not None:
        words = names | {"parent": decision.kpi.parent.code}
        found.add(
            f"choice_{decision.kpi.public_id}",
            _("KPI %(code)s is a part of %(parent)s and is decided with it.") % words,
        )
        return
    if decision.choice is Choice.SELECT and decision.weight is None:
        found.add(f"weight_{decision.kpi.public_id}", _("Give KPI %(code)s a weight.") % names)
    if decision.weight is not None and (sentence := weight_fault(decision.weight, scheme)):
        found.add(f"weight_{decision.kpi.public_id}", sentence)
    if decision.choice is Choice.NOT_SELECT and not decision.because.strip():
        found.add(
            f"because_{decision.kpi.public_id}",
            _("Say why KPI %(code)s is not selected; its group will read it.") % names,
        )


def check_part_weights(parent: KpiYear, parts: Sequence[KpiYear], weights: Mapping[KpiYear, Decimal | None]) -> None:
    """Refuse weights inside a KPI with every fault at once: each part has one, and together they are 100.00."""
    if not parts:
        raise Faults([Fault("", _("KPI %(code)s has no parts.") % {"code": parent.code})])
    if set(parts) != set(weights):
        raise Faults([Fault("", _("The parts of this KPI have changed. Open the page again."))])
    with all_at_once() as found:
        for part, weight in weights.items():
            _check_part_weight(found, part, weight)
    given = sum_exactly(weight for weight in weights.values() if weight is not None)
    if given != PARTS_WHOLE:
        raise Faults([Fault("", parts_sentence(PartsSum(parent.code, given)))])


def _check_part_weight(found: FaultList, part: KpiYear, weight: Decimal | None) -> None:
    if weight is None:
        found.add(f"weight_{part.public_id}", _("Give KPI %(code)s a weight.") % {"code": part.code})
    elif not (weight.is_finite() and 0 < weight <= PARTS_WHOLE and weight == round(weight, 2)):
        words = {"weight": format(weight, "f"), "whole": format(PARTS_WHOLE, "f")}
        found.add(
            f"weight_{part.public_id}",
            _("The weight is %(weight)s. Give a number above 0, at most %(whole)s, with at most two decimal places.")
            % words,
        )
