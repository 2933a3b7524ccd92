"""KPIs and their framework in words: pills, ladders, the matrix of sources. No queries here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from raprong.kpis.criteria_words import level_columns, level_texts, plan_words, result_words, told_result
from raprong.kpis.details import NEEDED, missing_details
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear, PolicySource
from raprong.kpis.queries import criteria_of
from raprong.kpis.words import baseline_average, value_words
from raprong.lib.scoring.criteria import criteria_from_stored, place
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.organisation.models import Position, Unit
from raprong.web.kpis.forms import name_of
from raprong.web.shell.filters import digits, figure, in_thai

LONGEST_IN_SHORT = 20  # letters
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


def listed_target(row: Mapping[str, Any]) -> str:
    """The target of a row of the department's list: a figure, yes or no, or the answer that is meant."""
    if row["target"] is None:
        return "–"
    return told_result(criteria_from_stored(row["criteria"]), Decimal(row["target"]), plain)


@dataclass(frozen=True)
class Ladder:
    """The levels of a KPI as the ladder component wants them, with the target's place."""

    levels: list[tuple[str, str]]
    target: str
    target_score: Decimal | None
    summary: str
    note: str


def ladder(kpi: KpiYear) -> Ladder:
    """The ladder of a KPI with its target; a level that is left out shows as a dash."""
    levels = [(column.level, column.text or "–") for column in level_columns(kpi, write=plain)]
    target = result_words(kpi, kpi.target, write=plain) or plain(None)
    spoken = ", ".join(_("level %(level)s asks for %(at)s") % {"level": digits(n), "at": at} for n, at in levels)
    summary = _("%(levels)s. The target is %(target)s.") % {"levels": spoken, "target": target}
    return Ladder(levels, target, _target_place(kpi), summary, plan_words(kpi, write=plain))


def _target_place(kpi: KpiYear) -> Decimal | None:
    """How far along the levels of the scale the target stands, counted in levels."""
    scheme = scheme_from_data(kpi.framework.scheme)
    if kpi.target is None:
        return None
    try:
        worth = place(criteria_of(kpi), kpi.target, below=scheme.below).raw
    except ValueError:  # an answer that is not there
        return None
    reached = [number for number, score in enumerate(scheme.scores, start=1) if score <= worth]
    if not reached or len(reached) == len(scheme.scores):
        return Decimal(len(reached)) or Decimal("0.5")
    lower, upper = scheme.scores[len(reached) - 1], scheme.scores[len(reached)]
    return half_up(len(reached) + (worth - Fraction(lower)) / Fraction(upper - lower), 2)


def levels_in_short(kpi: KpiYear) -> str:
    """The levels as officers write them: 92/93/94/95/96; of words the lowest and the highest."""
    asked = [text.text for text in level_texts(kpi, write=plain)]
    if all(text[:1].isdigit() and " " not in text for text in asked):
        return "/".join(asked)
    first, last = (
        text if len(text) <= LONGEST_IN_SHORT else f"{text[:LONGEST_IN_SHORT]}…" for text in (asked[0], asked[-1])
    )
    return f"{first} … {last}"


def facts(kpi: KpiYear) -> list[tuple[str, str]]:
    """The detail sheet of a KPI as far as it is filled in, label and text."""
    given = [
        *_place_facts(kpi),
        (_("Definition"), kpi.definition),
        (_("Scope"), kpi.scope),
        (_("Formula"), kpi.formula),
        *_formula_facts(kpi),
        (_("Source of the data"), kpi.data_source),
        (_("How the data are collected"), kpi.collection_method),
        (_("Past results"), _past(kpi)),
        (_("Supervisor"), _post(kpi.supervisor, kpi.supervisor_phone)),
        (_("Collector of the data"), _post(kpi.collector, kpi.collector_phone)),
        (_("Conditions"), kpi.conditions),
        (_("Evidence expected"), kpi.evidence_expected),
        (_("Steps and their evidence"), value_words("steps", kpi.steps) if kpi.steps else ""),
        (_("Notes"), kpi.notes),
    ]
    return [(label, text) for label, text in given if text]


def _place_facts(kpi: KpiYear) -> list[tuple[str, str]]:
    """Where a KPI belongs; a part that is not filled in is left out."""
    kinds = [kpi.get_level_display(), kpi.get_origin_display(), kpi.get_nature_display()]
    part = str(kpi.parent) if kpi.parent else ""
    if part and kpi.weight_inside is not None:
        part = _("%(kpi)s, weight inside it %(weight)s") % {"kpi": part, "weight": plain(kpi.weight_inside)}
    starts = _("the round of %(months)s months") % {"months": digits(kpi.starts_in)} if kpi.starts_in else ""
    given = [
        (_("Issue"), kpi.issue),
        (_("Level, origin and what it measures"), " · ".join(str(kind) for kind in kinds)),
        (_("Part of"), digits(part)),
        (_("Scored from"), starts),
        (_("Link with the strategy"), kpi.strategy),
    ]
    return [(label, text) for label, text in given if text]


def _formula_facts(kpi: KpiYear) -> list[tuple[str, str]]:
    counts = (_("How its figure counts"), str(kpi.get_counting_display()))
    if not kpi.inputs:
        return [counts]
    return [
        counts,
        (_("Figures that are collected"), value_words("inputs", kpi.inputs)),
        (_("Reckoned as"), kpi.expression),
    ]


def _past(kpi: KpiYear) -> str:
    """Past results by year, and their average where there are two or more."""
    past = " · ".join(f"{digits(year)}: {plain(at)}" for year, at in sorted(kpi.baseline.items()))
    average = baseline_average(kpi)
    return past if average is None else _("%(past)s (average %(average)s)") % {"past": past, "average": plain(average)}


def _post(post: Position | None, phone: str) -> str:
    named = ((not in_thai() and post.title_en) or post.title) if post else ""
    return " · ".join(part for part in (named, phone and _("tel. %(phone)s") % {"phone": digits(phone)}) if part)


def missing(kpi: KpiYear) -> str:
    """What the detail sheet of a KPI still lacks, as a list in words."""
    return ", ".join(str(NEEDED[name]) for name in missing_details(kpi))


@dataclass(frozen=True)
class Matrix:
    """KPIs against policy sources; a hole is a KPI that answers to nothing, or a source that nothing answers to."""

    sources: list[PolicySource]
    rows: list[tuple[KpiYear, list[bool]]]
    editable: frozenset[int] = frozenset()  # the keys of the KPIs that the reader may tick

    @property
    def lonely_kpis(self) -> list[KpiYear]:
        return [kpi for kpi, ticks in self.rows if not any(ticks)]

    @property
    def counts(self) -> list[int]:
        """How many KPIs answer to each source."""
        return [sum(ticks[n] for _kpi, ticks in self.rows) for n in range(len(self.sources))]

    @property
    def unanswered(self) -> list[PolicySource]:
        return [source for n, source in enumerate(self.sources) if not any(ticks[n] for _kpi, ticks in self.rows)]


def matrix(sources: Sequence[PolicySource], kpis: Iterable[KpiYear], editable: Iterable[int] = ()) -> Matrix:
    """The matrix of a framework; KPIs come with their sources fetched."""
    rows = []
    for kpi in kpis:
        held = {source.pk for source in kpi.sources.all()}
        rows.append((kpi, [source.pk in held for source in sources]))
    return Matrix(list(sources), rows, frozenset(editable))


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
