"""A scoring scheme in words and as a picture. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.kpis.models import KpiYear
from raprong.lib.scoring.card import ScoreCard, Status, Treatment
from raprong.lib.scoring.explain_words import rule_words, scheme_words
from raprong.lib.scoring.scheme import Scheme
from raprong.web.results.figures import written
from raprong.web.schemes.forms import STATUS_LABELS, TREATMENTS, SettingsForm
from raprong.web.shell.filters import digits, figure, in_thai


def title_of(scheme: Scheme) -> str:
    return (scheme.title_th if in_thai() else scheme.title_en) or scheme.code


def rules_in_words(scheme: Scheme) -> list[str]:
    """How scores are made, one sentence each."""
    added = _("Total = Σ(weight × score) ÷ Σ weight of what counts, rounded half-up: exactly half goes up.")
    words = [digits(one.th) if in_thai() else one.en for one in scheme_words(scheme)]
    shared = (
        _("The weight of a part that is left out goes to the other parts of its KPI.")
        if scheme.share_inside_parent
        else _("The weight of a part that is left out leaves the total.")
    )
    return [added, *words, shared, *_composition_in_words(scheme), *_result_in_words(scheme)]


def _result_in_words(scheme: Scheme) -> list[str]:
    """What follows confirmed scores, where something does."""
    terms, said = scheme.result, []
    if terms.objection_days is not None:
        words = {"days": digits(terms.objection_days), "unopened": digits(terms.unopened_days)}
        said.append(
            _(
                "The unit may object to the preliminary result within %(days)s working days after it opened it, or "
                "%(unopened)s working days after it was shown where nobody opened it."
            )
            % words
        )
        said.append(_("At least %(count)s people decide on an objection.") % {"count": digits(terms.panel)})
    if terms.ranked:
        said.append(_("The place among the units of the agency is published."))
    return said


def _composition_in_words(scheme: Scheme) -> list[str]:
    """What the final score is put together from, where the scheme has parts."""
    if not scheme.parts:
        return []
    titles = [(part.title_th if in_thai() else part.title_en) or part.code for part in scheme.parts]
    each = [f"{title} {digits(written(part.weight))}" for title, part in zip(titles, scheme.parts, strict=True)]
    said = {"parts": " + ".join(each), "first": titles[0], "full": digits(written(scheme.full))}
    return [
        _("Final score out of %(full)s = %(parts)s; each part counts points ÷ full points × its weight.") % said,
        _("%(first)s is the total of the KPIs. The other parts are given by the assessor with the evaluation.") % said,
    ]


def statuses_in_words(scheme: Scheme) -> list[tuple[str, str]]:
    """Each thing that stands instead of a result, and what the scheme does with it."""
    said = [(_("Reported, 0 included"), _("Counts with its score"))]
    for status in (s for s in Status if s is not Status.REPORTED):
        treatment = scheme.statuses.of(status)
        said.append((str(STATUS_LABELS[status]), str(TREATMENTS[treatment or Treatment.EXCLUDED])))
    return said


def adjustments_in_words(scheme: Scheme) -> list[tuple[str, str]]:
    """Each rule with its note."""
    words = [(rule_words(rule, 1), rule.note) for rule in scheme.rules]
    return [(digits(one.th) if in_thai() else one.en, note) for one, note in words]


@dataclass(frozen=True)
class BandView:
    """A band on the picture of the scale: where it lies in per cent of the width, and its words."""

    title: str
    range: str
    colour: str
    left: str
    width: str
    middle: str


def bands_of(scheme: Scheme) -> list[BandView]:
    """The bands from the lowest to the highest, drawn from nought to the highest score."""
    top = scheme.full if scheme.parts else max(scheme.highest, scheme.scale_max)
    views, start, over = [], Decimal(0), False
    for band in scheme.bands:
        limit = band.below if band.below is not None else band.up_to
        end = min(limit if limit is not None else top, top)
        views.append(
            BandView(
                title=band.title_th if in_thai() else band.title_en,
                range=_range(start, end, over=over, below=band.below is not None),
                colour=str(band.colour or "grey"),
                left=_percent(start, top),
                width=_percent(end - start, top),
                middle=_percent((start + end) / 2, top),
            )
        )
        start, over = end, band.up_to is not None
    return views


def ticks_of(scheme: Scheme) -> list[tuple[str, str]]:
    """The ends of the bands on the picture: place and number."""
    top = scheme.full if scheme.parts else max(scheme.highest, scheme.scale_max)
    ends = [Decimal(0), *(min(band.below or band.up_to or top, top) for band in scheme.bands)]
    return [(_percent(end, top), digits(written(end))) for end in dict.fromkeys(ends)]


def _range(start: Decimal, end: Decimal, *, over: bool, below: bool) -> str:
    """Where a band begins and ends, saying of each end whether it is inside."""
    match over, below:
        case False, False:
            words = _("%(start)s to %(end)s")
        case False, True:
            words = _("%(start)s to below %(end)s")
        case True, False:
            words = _("over %(start)s to %(end)s")
        case _:
            words = _("over %(start)s to below %(end)s")
    return words % {"start": digits(written(start)), "end": digits(written(end))}


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.3f}"


@dataclass(frozen=True)
class Comparison:
    """What a scheme would change on the score card as it stands."""

    rows: list[dict[str, Any]]
    now: str
    then: str
    band_now: str
    band_then: str
    counted_now: str
    counted_then: str
    off_scale: list[KpiYear]


def comparison(
    kpis: Sequence[KpiYear], now: ScoreCard, then: ScoreCard, old: Scheme, new: Scheme, off_scale: Sequence[KpiYear]
) -> Comparison:
    rows = [
        {
            "kpi": kpi,
            "before": figure(now.kpi(kpi.code).score),
            "after": figure(then.kpi(kpi.code).score),
            "changed": now.kpi(kpi.code).score != then.kpi(kpi.code).score,
        }
        for kpi in kpis
    ]
    return Comparison(
        rows=rows,
        now=digits(figure(now.total)),
        then=digits(figure(then.total)),
        band_now=band_title(old, now.final),
        band_then=band_title(new, then.final),
        counted_now=digits(written(now.counted_weight)),
        counted_then=digits(written(then.counted_weight)),
        off_scale=list(off_scale),
    )


def band_title(scheme: Scheme, total: Decimal | None) -> str:
    band = scheme.band_of(total) if total is not None else None
    return "" if band is None else (band.title_th if in_thai() else band.title_en)


NAMED_BY_THE_SCHEME = {"title_th", "title_en", "notes"}
WHOLE = {
    "code": gettext_lazy("Scheme"),
    "scale_max": gettext_lazy("Highest score of the scale"),
    "weight_base": gettext_lazy("Sum of the weights"),
    "levels": gettext_lazy("Levels of the scale"),
    "bands": gettext_lazy("Bands"),
    "rules": gettext_lazy("Rules that adjust"),
    "parts": gettext_lazy("Parts of the final score"),
    "statuses": gettext_lazy("What counts without a result"),
    "result": gettext_lazy("What follows confirmed scores"),
}


def changed_in_words(changed: Mapping[str, Sequence[Any]]) -> list[str]:
    """The settings that an entry of the trail says were changed; of a list only that it was."""
    return [_one_change(name, *pair) for name, pair in changed.items() if name not in NAMED_BY_THE_SCHEME]


def _one_change(name: str, before: Any, after: Any) -> str:
    field = SettingsForm.base_fields.get(name)
    label = str(WHOLE.get(name) or (field.label if field else name))
    if isinstance(after, (list, dict)):
        return label
    said = _places if name.endswith("places") else _value
    return f"{label}: {said(before)} → {said(after)}"


def _places(value: int | None) -> str:
    return _("not rounded") if value is None else digits(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None else digits(value)
