"""Where the work of a step is done, and what it takes: for each card the page of its room, and the permission."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from raprong.access.queries import holds
from raprong.evaluations.queries import final_evaluation_of
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run


class WorkPage(NamedTuple):
    """The page of a work, by its name, and the permission without which one can only look there.

    Work that comes in parts (months, reports, scores) waits for people part by part, each with a day of its own.
    """

    name: str
    permission: str
    in_parts: bool = False


PAGES = {
    "kpis.policy_received": WorkPage("kpis:framework", "kpis.frame"),
    "kpis.framework_settled": WorkPage("kpis:framework", "kpis.frame"),
    "kpis.sources_aligned": WorkPage("kpis:framework", "kpis.propose"),
    "kpis.proposals_complete": WorkPage("kpis:library", "kpis.propose"),
    "kpis.criteria_complete": WorkPage("kpis:library", "kpis.propose"),
    "kpis.selection_settled": WorkPage("kpis:selection", "kpis.select"),
    "kpis.weights_sum_to_hundred": WorkPage("kpis:selection", "kpis.select"),
    "kpis.sent_to_department": WorkPage("kpis:department", "kpis.send"),
    "kpis.details_complete": WorkPage("kpis:details", "kpis.detail"),
    "agreements.drafted": WorkPage("agreements:agreement", "agreements.draft"),
    "agreements.parties_named": WorkPage("agreements:agreement", "agreements.draft"),
    "agreements.in_force": WorkPage("agreements:agreement", "agreements.open_signing"),
    "agreements.manual_issued": WorkPage("agreements:papers", "agreements.issue"),
    "agreements.order_issued": WorkPage("agreements:papers", "agreements.issue"),
    "cascade.assigned": WorkPage("cascade:board", "cascade.assign"),
    "cascade.everyone_acknowledged": WorkPage("cascade:board", "cascade.assign"),
    "results.months_reported": WorkPage("results:grid", "results.report", in_parts=True),
    "assessments.rounds_submitted": WorkPage("assessments:list", "assessments.submit", in_parts=True),
    "evaluations.confirmed": WorkPage("evaluations:list", "evaluations.score", in_parts=True),
    "evaluations.result_letter_sent": WorkPage("evaluations:list", "evaluations.announce"),
    "evaluations.circular_sent": WorkPage("evaluations:list", "evaluations.circulate"),
}


def work_url(run: Run, card: str) -> str:
    """The page where this work of this run is done, of an evaluation its own; empty for a card that has none."""
    if card not in PAGES:
        return ""
    if card.startswith("evaluations.") and (evaluation := final_evaluation_of(run)):
        return reverse("evaluations:evaluation", kwargs={"evaluation": evaluation.public_id})
    try:
        return reverse(PAGES[card].name, kwargs={"run": run.public_id})
    except NoReverseMatch:
        return reverse(PAGES[card].name)


def has_hand_in(person: Person, card: str, places: Iterable[Unit], *, on: date) -> bool:
    """Whether a person may do this work in one of the places. Of a card that has no page nothing is known: yes."""
    return card not in PAGES or any(holds(person, PAGES[card].permission, place, on=on) for place in places)


def comes_in_parts(card: str) -> bool:
    return card in PAGES and PAGES[card].in_parts
