"""Preliminary results and objections in words. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.evaluations.models import Evaluation, GivenScore
from raprong.lib.scoring.card import ScoreCard
from raprong.lib.scoring.scheme import Scheme
from raprong.objections.enums import Outcome, ProposalState, Settled, State
from raprong.objections.models import Objection, Preliminary, Proposal
from raprong.objections.queries import Gap
from raprong.web.scores.presenters import band_title
from raprong.web.shell.filters import digits, figure, long_date, month

STATES = {State.FILED: "now", State.WITHDRAWN: "wait", State.DECIDED: "done"}


def standing_of(preliminary: Preliminary, *, waiting: int, on: date) -> tuple[str, str]:
    """The pill of a result; `waiting` counts the objections before the panel."""
    if preliminary.settled_at:
        return "done", str(Settled(preliminary.settled).label)
    if waiting:
        return "now", _("Before the panel")
    if on > preliminary.closes_on:
        return "late", _("The days to object have passed")
    if preliminary.opened_at is None:
        return "wait", _("Not opened yet")
    return "now", _("The unit accepts or objects")


def objection_pill(objection: Objection, taken: Proposal | None = None) -> tuple[str, str]:
    label = Outcome(taken.outcome).label if taken else State(objection.state).label
    return STATES[State(objection.state)], str(label)


def subject_words(objection: Objection) -> str:
    """What is objected to, in the language of the page."""
    if objection.score is None:
        return _("The total")
    return digits(f"{objection.score.item.kpi.code} {objection.score.item.kpi.title}")


def clock_words(preliminary: Preliminary, *, on: date) -> str:
    """Until when the unit may object, and from when the days are counted."""
    day = {"day": long_date(preliminary.closes_on), "days": digits(preliminary.objection_days)}
    if preliminary.opened_at is None:
        day["from"] = long_date(preliminary.counts_from_on)
        return (
            _(
                "You may accept or object within %(days)s working days after you open the result. If nobody opens it, "
                "the days are counted from %(from)s and end on %(day)s."
            )
            % day
        )
    if on > preliminary.closes_on:
        return _("The days to object ended on %(day)s.") % day
    return _("You may accept the result or object until %(day)s, %(days)s working days in all.") % day


@dataclass(frozen=True)
class Line:
    """A KPI with the unit's own and the official score side by side."""

    score: GivenScore
    official: Decimal | None

    @property
    def gap(self) -> str:
        own = self.score.item.score
        return "" if own is None or self.official is None or own == self.official else f"{self.official - own:+f}"


def lines_of(scores: Sequence[GivenScore], card: ScoreCard) -> list[Line]:
    return [Line(score, card.kpi(score.item.kpi.code).score) for score in scores]


def tiles(evaluation: Evaluation, scheme: Scheme, preliminary: Preliminary | None) -> list[dict[str, Any]]:
    """The result in four figures."""
    own, official = evaluation.assessment.total, evaluation.total
    gap = None if own is None or official is None else official - own
    final = evaluation.is_final
    found = [
        {
            "label": _("Official total") if final else _("Preliminary total"),
            "value": digits(figure(official)),
            "note": band_title(official, scheme) if final else _("Not final yet"),
        },
        {"label": _("Own score"), "value": digits(figure(own))},
        {"label": _("Difference"), "value": "–" if gap is None else digits(f"{gap:+f}" if gap else "0")},
    ]
    if preliminary and not final:
        found.append({"label": _("Last day to object"), "value": long_date(preliminary.closes_on)})
    return found


def proposal_pill(proposal: Proposal) -> tuple[str, str]:
    shade = {ProposalState.VOTING: "now", ProposalState.TAKEN: "done", ProposalState.REJECTED: "wait"}
    return shade[ProposalState(proposal.state)], str(ProposalState(proposal.state).label)


def gap_words(gaps: Sequence[Gap]) -> str:
    """What own scores over the years say, kindly: how far the latest was off, and how far they were on the whole."""
    if not gaps:
        return ""
    mean = sum((gap.gap for gap in gaps), Decimal(0)) / len(gaps)
    words = {"gap": digits(f"{abs(mean):.2f}"), "count": digits(len(gaps))}
    if abs(mean) < Decimal("0.05"):
        said = ngettext(
            "In %(count)s result your own score and the official one agreed closely.",
            "Over %(count)s results your own scores and the official ones agreed closely.",
            len(gaps),
        )
    elif mean > 0:
        said = ngettext(
            "In %(count)s result your own score stood %(gap)s above the official one.",
            "Over %(count)s results your own scores stood %(gap)s above the official ones on average.",
            len(gaps),
        )
    else:
        said = ngettext(
            "In %(count)s result your own score stood %(gap)s below the official one.",
            "Over %(count)s results your own scores stood %(gap)s below the official ones on average.",
            len(gaps),
        )
    return said % words


@dataclass(frozen=True)
class DimensionLine:
    """A dimension with its weight and what its KPIs came to on average."""

    title: str
    weight: Decimal
    score: Decimal | None
    own: Decimal | None


def dimension_lines(scores: Sequence[GivenScore], card: ScoreCard) -> list[DimensionLine]:
    """Each dimension's mean of official and own scores, weighted; KPIs without a score are left out."""
    found: dict[str, list[GivenScore]] = {}
    for score in scores:
        if not card.kpi(score.item.kpi.code).parent:
            found.setdefault(score.item.kpi.dimension.title, []).append(score)
    return [
        DimensionLine(
            title,
            sum((card.kpi(one.item.kpi.code).weight for one in inside), Decimal(0)),
            _mean([(card.kpi(one.item.kpi.code).weight, card.kpi(one.item.kpi.code).score) for one in inside]),
            _mean([(card.kpi(one.item.kpi.code).weight, one.item.score) for one in inside]),
        )
        for title, inside in found.items()
    ]


def _mean(pairs: Sequence[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    counted = [(weight, score) for weight, score in pairs if score is not None]
    weights = sum((weight for weight, _score in counted), Decimal(0))
    return sum((weight * score for weight, score in counted), Decimal(0)) / weights if weights else None


def month_of(day: str) -> str:
    """A month of a bundle, which keeps its first day as plain text."""
    return month(date.fromisoformat(day))


def bundle_files(kpi: Mapping[str, Any], addresses: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"title": f"{one['number']} {one['title']}", "href": addresses.get(one["file"], "")} for one in kpi["evidence"]
    ]
