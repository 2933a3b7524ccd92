"""Where the work of a step is done: the page of each card's room, for a run."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from raprong.processes.models import Run

PAGES = {
    "kpis.policy_received": "kpis:framework",
    "kpis.framework_settled": "kpis:framework",
    "kpis.sources_aligned": "kpis:framework",
    "kpis.proposals_complete": "kpis:library",
    "kpis.criteria_complete": "kpis:library",
    "kpis.selection_settled": "kpis:selection",
    "kpis.weights_sum_to_hundred": "kpis:selection",
    "kpis.sent_to_department": "kpis:department",
    "kpis.details_complete": "kpis:details",
    "agreements.drafted": "agreements:agreement",
    "agreements.parties_named": "agreements:agreement",
    "agreements.in_force": "agreements:agreement",
    "agreements.manual_issued": "agreements:papers",
    "agreements.order_issued": "agreements:papers",
    "cascade.assigned": "cascade:board",
    "cascade.everyone_acknowledged": "cascade:board",
    "results.months_reported": "results:grid",
    "assessments.rounds_submitted": "assessments:list",
    "evaluations.confirmed": "evaluations:list",
    "evaluations.result_letter_sent": "evaluations:list",
    "evaluations.circular_sent": "evaluations:list",
}


def work_url(run: Run, card: str) -> str:
    """The page where this work of this run is done; empty for a card that has none."""
    if card not in PAGES:
        return ""
    try:
        return reverse(PAGES[card], kwargs={"run": run.public_id})
    except NoReverseMatch:
        return reverse(PAGES[card])
