"""Facts about official scores are kept from a unit that has yet to open its result; that something happened is not."""

from __future__ import annotations

from datetime import datetime

from raprong.audit.models import Entry
from raprong.core.models import PublicIdModel
from raprong.evaluations.models import Evaluation
from raprong.objections.queries import is_closed_to
from raprong.organisation.models import Person

SCORES = {
    "evaluation.score_kept",
    "evaluation.score_given",
    "evaluation.adjusted",
    "evaluation.adjustment_withdrawn",
    "evaluation.part_scored",
    "evaluation.moderated",
    "evaluation.confirmed",
}


def closed_years(place: PublicIdModel, person: Person, *, at: datetime) -> set[int]:
    """The fiscal years of a unit of which a reader may not know the scores yet."""
    unsealed = Evaluation.objects.filter(assessment__run__unit__public_id=place.public_id, sealed__isnull=True)
    found = unsealed.select_related("assessment__run__unit")
    return {one.run.fiscal_year for one in found if is_closed_to(one, person, at=at)}


def is_closed(entry: Entry, years: set[int]) -> bool:
    return entry.kind in SCORES and entry.chain.fiscal_year in years
