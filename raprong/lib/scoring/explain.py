"""Explaining a score, from the total down to each input."""

from raprong.lib.scoring.card import (
    Adjusted,
    Adjustment,
    ComposedPart,
    Composition,
    ScoreCard,
    ScoredKpi,
    Status,
    Treatment,
    shown,
)

__all__ = [
    "Adjusted",
    "Adjustment",
    "ComposedPart",
    "Composition",
    "ScoreCard",
    "ScoredKpi",
    "Status",
    "Treatment",
    "shown",
]
