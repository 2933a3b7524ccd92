"""What waits for a person: `everything` asks the small functions that each room keeps in `waiting.py` of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from raprong.web.agreements import waiting as agreements
from raprong.web.assessments import waiting as assessments
from raprong.web.cascade import waiting as cascade
from raprong.web.circulation import waiting as circulation
from raprong.web.evaluations import waiting as evaluations
from raprong.web.evidence.waiting import missing_proof
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.setting_up import setting_up
from raprong.web.kpis import waiting as kpis
from raprong.web.objections import waiting as objections
from raprong.web.organisation import waiting as organisation
from raprong.web.processes import waiting as processes
from raprong.web.results import waiting as results
from raprong.web.seals import waiting as seals


def everything(desk: Desk) -> list[Waiting]:
    """All that waits, the soonest due first; what has no due day comes last."""
    found = [waiting for room in ROOMS for waiting in room(desk)]
    return sorted(found, key=lambda waiting: (waiting.due_on or date.max, not waiting.primary))


ROOMS: tuple[Callable[[Desk], Iterator[Waiting]], ...] = (
    setting_up,
    organisation.vacancies,
    seals.endings,
    processes.years,
    processes.steps,
    processes.pieces,
    kpis.uploads,
    kpis.meetings,
    kpis.sheets,
    agreements.signing,
    agreements.drafts,
    agreements.declined,
    agreements.scans,
    agreements.papers,
    cascade.commitments,
    results.months,
    results.closings,
    results.causes,
    results.doubts,
    results.corrective_actions,
    missing_proof,
    assessments.reports,
    assessments.packages,
    evaluations.seeds,
    evaluations.evaluations,
    evaluations.inquiries,
    evaluations.external_factors,
    evaluations.recommendations,
    evaluations.moderation_meetings,
    evaluations.letters_to_draft,
    objections.results,
    objections.decisions,
    circulation.letters_to_hand_in,
    circulation.letters_to_check,
    circulation.letters_to_sign,
    circulation.letters_to_send,
    circulation.letters_to_read,
)
