"""Candidates and meetings in words and small pictures. No queries here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from raprong.kpis.criteria_words import LevelText, level_texts
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, KpiYear, SelectionDecision, SelectionMeeting
from raprong.kpis.quality.queries import KpiFinding
from raprong.kpis.selection import PARTS_WHOLE
from raprong.lib.kpi_quality.shape import Severity
from raprong.lib.scoring.rounding import sum_exactly
from raprong.web.kpis.presenters import plain
from raprong.web.selection.forms import SelectionForm
from raprong.web.shell.filters import digits, figure

WIDTH, HEIGHT, EDGE = 280, 96, 34  # of the picture of the years before, and the room beside its points
TOP, GROUND = 22, 74
PILLS = {Severity.ERROR: "late", Severity.WARNING: "now", Severity.NOTICE: "wait"}
STATES = {KpiState.PROPOSED: "now", KpiState.SELECTED: "done", KpiState.NOT_SELECTED: "wait"}


@dataclass(frozen=True)
class Point:
    """A year's result: where it stands in the picture, and its words."""

    x: str
    y: str
    label: str
    figure: str


@dataclass(frozen=True)
class Trend:
    """The years before and the target on one scale; `line` joins the points."""

    points: list[Point]
    line: str
    target_y: str
    target: str
    summary: str


@dataclass(frozen=True)
class Candidate:
    """A candidate as it is chosen: what it says, its parts, and what has been decided about it."""

    kpi: KpiYear
    parts: Sequence[KpiYear]
    levels: Sequence[LevelText]
    trend: Trend | None
    findings: Sequence[KpiFinding]
    decisions: Sequence[SelectionDecision]
    fields: Mapping[str, Any]

    @property
    def parts_given(self) -> Decimal:
        return sum_exactly(part.weight_inside or Decimal(0) for part in self.parts)

    @property
    def parts_are_whole(self) -> bool:
        return self.parts_given == PARTS_WHOLE


@dataclass(frozen=True)
class DimensionOfCandidates:
    """A dimension with its share of the framework, its candidates, and what the selected ones have of it."""

    title: str
    share: Decimal
    given: Decimal
    candidates: Sequence[Candidate]

    @property
    def left(self) -> Decimal:
        return self.share - self.given


def candidate(
    kpi: KpiYear,
    form: SelectionForm,
    *,
    parts: Sequence[KpiYear],
    findings: Sequence[KpiFinding] = (),
    decisions: Sequence[SelectionDecision] = (),
) -> Candidate:
    return Candidate(kpi, parts, level_texts(kpi, write=plain), trend(kpi), findings, decisions, form.row(kpi))


def by_dimension(
    framework: Framework, form: SelectionForm, candidates: Iterable[Candidate]
) -> list[DimensionOfCandidates]:
    """Candidates under their dimensions, in the framework's order."""
    held = list(candidates)
    found = []
    for dimension in framework.dimensions.all():
        inside = [one for one in held if one.kpi.dimension_id == dimension.pk]
        given = form.weight_of(one.kpi for one in inside)
        found.append(DimensionOfCandidates(dimension.title, dimension.weight, given, inside))
    return [dimension for dimension in found if dimension.candidates]


def trend(kpi: KpiYear) -> Trend | None:
    """The results of the years before as a line, with the target; nothing where no year is known."""
    years = sorted((int(year), Decimal(at)) for year, at in kpi.baseline.items())
    if not years:
        return None
    figures = [at for _year, at in years] + ([kpi.target] if kpi.target is not None else [])
    low, high = min(figures), max(figures)
    step = (WIDTH - 2 * EDGE) / max(len(years) - 1, 1)
    first = EDGE if len(years) > 1 else WIDTH / 2
    points = [
        Point(f"{first + number * step:.1f}", f"{_height(at, low, high):.1f}", digits(year), plain(at))
        for number, (year, at) in enumerate(years)
    ]
    said = ", ".join(f"{point.label}: {point.figure}" for point in points)
    return Trend(
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        target_y=f"{_height(kpi.target, low, high):.1f}" if kpi.target is not None else "",
        target=plain(kpi.target),
        summary=_("Past results: %(years)s. Target: %(target)s.") % {"years": said, "target": plain(kpi.target)},
    )


def _height(at: Decimal, low: Decimal, high: Decimal) -> float:
    """Where a figure stands between the ground and the top; in the middle where all figures are the same."""
    if high == low:
        return (TOP + GROUND) / 2
    return float(GROUND - (at - low) / (high - low) * (GROUND - TOP))


def finding_pill(finding: KpiFinding) -> tuple[str, str]:
    """The look and the word of a finding."""
    words = {
        Severity.ERROR: _("To be corrected"),
        Severity.WARNING: _("Reason given") if finding.acceptance else _("Asks for a reason"),
        Severity.NOTICE: _("Worth a look"),
    }
    settled = finding.severity is Severity.WARNING and finding.acceptance
    return "done" if settled else PILLS[finding.severity], words[finding.severity]


def decision_words(decision: SelectionDecision) -> tuple[str, str]:
    """The pill of a decision, its weight beside it where it selects."""
    state = KpiState(decision.choice)
    if state is KpiState.SELECTED and decision.weight is not None:
        weight = digits(figure(decision.weight, 2))
        return STATES[state], _("%(state)s, weight %(weight)s") % {"state": state.label, "weight": weight}
    return STATES[state], str(state.label)


def meeting_pill(meeting: SelectionMeeting) -> tuple[str, str]:
    """Whether a meeting is open."""
    return ("done", _("Closed, minutes sealed")) if meeting.closed_at else ("now", _("Open"))
