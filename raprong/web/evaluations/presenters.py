"""Official scores in words. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from raprong.assessments.models import SelfAssessment
from raprong.assessments.rounds import round_title
from raprong.evaluations.enums import State
from raprong.evaluations.models import Adjustment as AdjustmentModel
from raprong.evaluations.models import Evaluation, GivenScore, PartScore
from raprong.evaluations.part_scores import NOT_GIVEN
from raprong.evaluations.queries import evaluation_of
from raprong.evaluations.totals import other_parts
from raprong.evidence.models import Credit
from raprong.lib.scoring.card import Adjustment, ComposedPart, Composition, ScoreCard, ScoredKpi
from raprong.lib.scoring.explain_words import rule_words
from raprong.lib.scoring.scheme import Scheme, SchemePart
from raprong.results.questions import Asked
from raprong.web.assessments.presenters import ItemView, item_view
from raprong.web.evaluations.forms import PartForm, ScoreForm
from raprong.web.results.figures import written
from raprong.web.shell.filters import digits, figure, in_thai

PILLS = {State.SCORING: "now", State.SCORED: "now", State.CONFIRMED: "done"}


@dataclass(frozen=True)
class ReportView:
    """A submitted report as a line of the list; `closed` to readers of its unit, which has yet to open the scores."""

    report: SelfAssessment
    evaluation: Evaluation | None
    round: str
    state: str
    label: str
    refusal: str
    closed: bool


def report_view(report: SelfAssessment, refusal: str, *, closed: bool) -> ReportView:
    evaluation = evaluation_of(report)
    state, label = standing_of(evaluation, report)
    return ReportView(report, evaluation, round_title(report.months), state, label, refusal, closed)


def standing_of(evaluation: Evaluation | None, report: SelfAssessment) -> tuple[str, str]:
    """The pill of an evaluation; while scores are given, how many KPIs have been looked at."""
    if evaluation is None:
        return "wait", _("Not opened")
    if evaluation.state == State.SCORING:
        words = {"done": digits(report.looked_at_count), "all": digits(report.kpi_count)}  # type: ignore[attr-defined]
        return "now", _("Being scored, %(done)s of %(all)s") % words
    return PILLS[State(evaluation.state)], str(evaluation.get_state_display())


@dataclass(frozen=True)
class ScoreView:
    """One KPI before the assessor: the unit's claim, what the rules make of it, and what was decided."""

    score: GivenScore
    item: ItemView
    form: ScoreForm
    scored: ScoredKpi
    adjustments: list[AdjustmentView]

    @property
    def weighted(self) -> Decimal | None:
        return self.scored.weighted

    @property
    def anchor(self) -> str:
        return f"score-{self.score.public_id}"

    @property
    def pill(self) -> tuple[str, str]:
        if self.score.doubted_id is not None:
            return "late", _("To be looked at again")
        if self.score.looked_at is None:
            return "wait", _("Not looked at")
        if self.score.given is None:
            return "done", _("Calculated score kept")
        return "provisional", _("Other score given")

    @property
    def gap(self) -> str:
        """What the official score has more or less than the unit's own; empty where one is missing or they agree."""
        own, official = self.score.item.score, self.scored.score
        if own is None or official is None or own == official:
            return ""
        return f"{official - own:+f}"


@dataclass(frozen=True)
class Stop:
    """A KPI on the strip of an evaluation: where it leads, and whether it was looked at."""

    key: str
    label: str  # its code, or among units the unit
    title: str
    href: str
    state: str  # wait, done, late
    mark: str
    said: str


def stop(score: GivenScore, flags: Sequence[Asked], *, href: str, label: str) -> Stop:
    state, mark, said = _stop_words(score, flags)
    return Stop(score.public_id, label, score.item.kpi.title, href, state, mark, said)


def _stop_words(score: GivenScore, flags: Sequence[Asked]) -> tuple[str, str, str]:
    if score.doubted_id is not None:
        return "late", "!", _("To be looked at again")
    if score.looked_at is not None:
        return "done", "✓", _("Looked at")
    if flags:
        return "wait", "?", _("Not looked at; asked about its figures")
    return "wait", "○", _("Not looked at")


@dataclass(frozen=True)
class AdjustmentView:
    """What a rule took off or added: the rule and its points, the reason, who and when."""

    adjustment: AdjustmentModel
    rule: str
    points: str
    limited: bool


def score_view(
    score: GivenScore,
    evidence: Sequence[Credit],
    card: ScoreCard,
    scheme: Scheme,
    form: ScoreForm,
    adjustments: Sequence[AdjustmentModel],
) -> ScoreView:
    scored = card.kpi(score.item.kpi.code)
    own = [one for one in adjustments if one.score_id == score.pk]
    views = adjustment_views(own, scored.adjustments, scheme)
    return ScoreView(score, item_view(score.item, evidence, scheme), form, scored, views)


def adjustment_views(
    stored: Sequence[AdjustmentModel], applied: Sequence[Adjustment], scheme: Scheme
) -> list[AdjustmentView]:
    """Stored adjustments with what they came to; both in the order in which they were made."""
    return [
        AdjustmentView(one, rule_title(scheme, one.rule, one.count), f"{made.points:+f}", made.limited)
        for one, made in zip(stored, applied, strict=True)
    ]


@dataclass(frozen=True)
class PartView:
    """A part of the final score: its weight, its points and what they are worth; what was given, and the form."""

    part: SchemePart
    title: str
    points: str
    worth: str
    made: PartScore | None
    form: PartForm | None  # none for the part that the KPIs make

    @property
    def version(self) -> int:
        return self.made.version if self.made else NOT_GIVEN


def part_views(
    composition: Composition | None, scheme: Scheme, given: Mapping[str, PartScore], typed: PartForm | None
) -> list[PartView]:
    """The parts of the final score as the scheme has them; `typed` is a form that was refused."""
    composed = {part.code: part for part in composition.parts} if composition else {}
    others = {part.code for part in other_parts(scheme)}
    return [
        PartView(
            part,
            part_title(part),
            _points_words(composed[part.code]),
            _worth_words(composed[part.code]),
            given.get(part.code),
            _part_form(part, given.get(part.code), typed) if part.code in others else None,
        )
        for part in scheme.parts
    ]


def part_title(part: SchemePart) -> str:
    return (part.title_th if in_thai() else part.title_en) or part.code


def _part_form(part: SchemePart, made: PartScore | None, typed: PartForm | None) -> PartForm:
    return typed if typed is not None and typed.data.get("part") == part.code else PartForm(part, made)


def _points_words(part: ComposedPart) -> str:
    if part.points is None:
        return _("No score yet")
    words = {"points": digits(written(part.points)), "full": digits(written(part.full))}
    return _("%(points)s of %(full)s") % words


def _worth_words(part: ComposedPart) -> str:
    weight = digits(written(part.weight))
    worth = "–" if part.worth is None else digits(f"{part.worth:f}")
    return _("%(worth)s of a weight of %(weight)s") % {"worth": worth, "weight": weight}


def composition_words(scheme: Scheme) -> str:
    """What the final score is made of: each part's title and weight."""
    return " + ".join(f"{part_title(part)} {digits(written(part.weight))}" for part in scheme.parts)


def rule_title(scheme: Scheme, code: str, count: int = 1) -> str:
    """A rule in words, with how often it applies."""
    words = rule_words(scheme.rule(code), count)
    return digits(words.th) if in_thai() else words.en


def tiles(evaluation: Evaluation, official: ScoreCard, scheme: Scheme, views: Sequence[ScoreView]) -> list[Any]:
    """The evaluation in four figures, self and official side by side."""
    own, whole = evaluation.assessment.total, scheme.weight_base
    confirmed = evaluation.state == State.CONFIRMED
    band = scheme.band_of(official.final) if official.final is not None else None
    compared = None if official.total is None or own is None else official.total - own
    return [
        {
            "label": _("Own score"),
            "value": digits(figure(own)),
            "note": _("Over a weight of %(weight)s")
            % {"weight": digits(written(evaluation.assessment.reported_weight))},
        },
        {
            "label": _("Final score") if scheme.parts else _("Official score"),
            "value": digits(figure(official.final)),
            "note": (band.title_th if in_thai() else band.title_en)
            if confirmed and band
            else ""
            if confirmed
            else _("Provisional until confirmed"),
        },
        {
            "label": _("Difference, KPIs only") if scheme.parts else _("Difference"),
            "value": _difference(compared),
        },
        {
            "label": _("Weight with a score"),
            "value": _("%(done)s of %(all)s")
            % {"done": digits(written(official.reported_weight)), "all": digits(written(whole))},
            "note": _("%(done)s of %(all)s KPIs looked at")
            % {
                "done": digits(sum(view.score.looked_at is not None for view in views)),
                "all": digits(len(views)),
            },
        },
    ]


def _difference(more: Decimal | None) -> str:
    """With its sign; a dash where a score is missing, and a plain nought where both agree."""
    if more is None:
        return "–"
    return digits(f"{more:+f}" if more else "0")
