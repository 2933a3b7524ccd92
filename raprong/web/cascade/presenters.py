"""What people have taken on, in words. No queries here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raprong.cascade.models import Commitment
from raprong.cascade.queries import GroupBoard
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.explain import ScoredKpi
from raprong.web.cascade.forms import AssignForm
from raprong.web.results.presenters import LadderView, ladder_of, name_of
from raprong.web.shell.filters import digits


@dataclass(frozen=True)
class Holder:
    """A person who has taken a KPI on, and why they cannot be released where they cannot."""

    commitment: Commitment
    why_not_release: str


@dataclass(frozen=True)
class KpiLine:
    """A KPI of the board with its people, and the form to add one, or why not."""

    kpi: KpiYear
    holders: Sequence[Holder]
    form: AssignForm | None
    why_not: str

    @property
    def nobody_of_the_group(self) -> bool:
        return not any(holder.commitment.group_id == self.kpi.group_id for holder in self.holders)


@dataclass(frozen=True)
class GroupCard:
    """A group of the board."""

    board: GroupBoard
    lines: Sequence[KpiLine]

    @property
    def counted(self) -> str:
        every = len(self.board.commitments)
        if not every:
            return _("Nobody has been given a KPI yet")
        return _("%(done)s of %(all)s acknowledged") % {"done": digits(self.board.acknowledged), "all": digits(every)}


def tiles(boards: Sequence[GroupBoard]) -> list[dict[str, str]]:
    """The board in three numbers."""
    lines = [line for board in boards for line in board.kpis]
    taken = sum(any(held.group_id == kpi.group_id for held in commitments) for kpi, commitments in lines)
    every = [commitment for board in boards for commitment in board.commitments]
    acknowledged = sum(board.acknowledged for board in boards)
    people = len({commitment.person_id for commitment in every})
    return [
        _tile(_("KPIs with somebody of their group"), taken, len(lines)),
        {"label": _("People who take part"), "value": digits(people)},
        _tile(_("Acknowledged"), acknowledged, len(every)),
    ]


def _tile(label: str, done: int, every: int) -> dict[str, str]:
    state = "done" if every and done == every else ""
    value = _("%(done)s of %(all)s") % {"done": digits(done), "all": digits(every)}
    return {"label": label, "value": value, "note": _("Complete") if state else "", "state": state}


@dataclass(frozen=True)
class Sight:
    """One station of the line of sight, from one's own work up to the policy."""

    kind: str
    name: str


def line_of_sight(commitment: Commitment) -> list[Sight]:
    """From the person's part over group, unit and department to the policies that the KPI answers to."""
    kpi, unit = commitment.kpi, commitment.kpi.run.unit
    stations = [
        Sight(_("My part"), commitment.duty or _("Take part in this KPI")),
        Sight(_("Group"), name_of(kpi.group)),
        Sight(_("Unit"), name_of(unit)),
        Sight(_("Department"), name_of(unit.agency)),
    ]
    return stations + [Sight(_("Policy"), source.title) for source in kpi.sources.all()]


@dataclass(frozen=True)
class OwnKpi:
    """One of a person's own KPIs, explained in its own numbers."""

    commitment: Commitment
    scored: ScoredKpi
    ladder: LadderView
    sight: Sequence[Sight]
    why_not: str


def own_kpi(commitment: Commitment, scored: ScoredKpi, why_not: str) -> OwnKpi:
    return OwnKpi(commitment, scored, ladder_of(commitment.kpi, scored), line_of_sight(commitment), why_not)
