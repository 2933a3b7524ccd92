"""KPIs and their framework in words: pills, ladders, the matrix of sources. No queries here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.kpis.details import NEEDED, missing_details
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear, PolicySource
from raprong.kpis.queries import criteria_of, rungs_of
from raprong.lib.scoring.criteria import place
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.organisation.models import Unit
from raprong.web.kpis.forms import name_of
from raprong.web.shell.filters import digits, figure

PILLS = {KpiState.PROPOSED: "now", KpiState.SELECTED: "done", KpiState.NOT_SELECTED: "wait"}


def pill(kpi: KpiYear) -> tuple[str, str]:
    """The pill of a KPI: its look and its word."""
    state = KpiState(kpi.state)
    return PILLS[state], str(state.label)


def plain(number: Decimal | str | None) -> str:
    """A figure of a KPI without the noughts that its column adds."""
    if number is None or number == "":
        return "–"
    held = Decimal(number)
    return figure(held.normalize() if held % 1 else held.quantize(Decimal(1)))


@dataclass(frozen=True)
class Ladder:
    """The levels of a KPI as the ladder component wants them, with the target's place."""

    levels: list[tuple[int, str]]
    target: str
    target_score: Decimal | None
    summary: str


def ladder(kpi: KpiYear) -> Ladder:
    """The ladder of a KPI with its target; a level that is left out shows as a dash."""
    scheme = scheme_from_data(kpi.framework.scheme)
    given = {int(rung.score): plain(rung.at) for rung in rungs_of(kpi)}
    levels = [(level, given.get(level, "–")) for level in range(1, int(scheme.scale_max) + 1)]
    score = None
    if kpi.target is not None:
        score = half_up(place(criteria_of(kpi), kpi.target, below=scheme.below).raw, 2)
    spoken = ", ".join(_("level %(level)s asks for %(at)s") % {"level": digits(n), "at": at} for n, at in levels)
    summary = _("%(levels)s. The target is %(target)s.") % {"levels": spoken, "target": plain(kpi.target)}
    return Ladder(levels, plain(kpi.target), score, summary)


def levels_in_short(kpi: KpiYear) -> str:
    """The levels as officers write them: 92/93/94/95/96."""
    return "/".join(plain(rung.at) for rung in rungs_of(kpi))


def facts(kpi: KpiYear) -> list[tuple[str, str]]:
    """The detail sheet of a KPI, label and text."""
    past = " · ".join(f"{digits(year)}: {plain(at)}" for year, at in sorted(kpi.baseline.items()))
    people = [str(post) for post in (kpi.supervisor, kpi.collector) if post]
    return [
        (_("Definition"), kpi.definition),
        (_("Formula"), kpi.formula),
        (_("Source of the data"), kpi.data_source),
        (_("How the data are collected"), kpi.collection_method),
        (_("Past results"), past),
        (_("Supervisor / collector"), " / ".join(people)),
        (_("Conditions"), kpi.conditions),
        (_("Evidence expected"), kpi.evidence_expected),
        (_("Notes"), kpi.notes),
    ]


def missing(kpi: KpiYear) -> str:
    """What the detail sheet of a KPI still lacks, as a list in words."""
    return ", ".join(str(NEEDED[name]) for name in missing_details(kpi))


@dataclass(frozen=True)
class Matrix:
    """KPIs against policy sources; a hole is a KPI that answers to nothing, or a source that nothing answers to."""

    sources: list[PolicySource]
    rows: list[tuple[KpiYear, list[bool]]]

    @property
    def lonely_kpis(self) -> list[KpiYear]:
        return [kpi for kpi, ticks in self.rows if not any(ticks)]

    @property
    def unanswered(self) -> list[PolicySource]:
        return [source for n, source in enumerate(self.sources) if not any(ticks[n] for _kpi, ticks in self.rows)]


def matrix(sources: Sequence[PolicySource], kpis: Iterable[KpiYear]) -> Matrix:
    """The matrix of a framework; KPIs come with their sources fetched."""
    rows = []
    for kpi in kpis:
        held = {source.pk for source in kpi.sources.all()}
        rows.append((kpi, [source.pk in held for source in sources]))
    return Matrix(list(sources), rows)


@dataclass(frozen=True)
class GroupProgress:
    """How many detail sheets of a group are complete."""

    name: str
    kpis: list[KpiYear]

    @property
    def done(self) -> int:
        return sum(not missing_details(kpi) for kpi in self.kpis)


def progress_by_group(groups: Iterable[Unit], kpis: Sequence[KpiYear]) -> list[GroupProgress]:
    held = [GroupProgress(name_of(group), [kpi for kpi in kpis if kpi.group_id == group.pk]) for group in groups]
    return [progress for progress in held if progress.kpis]
