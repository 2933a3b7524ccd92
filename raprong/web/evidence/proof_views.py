"""The evidence graph: what each KPI claims in a round, what proves it, and what is missing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raprong.access.permissions import check_holds
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.evidence import permissions
from raprong.evidence.proof import KpiProof, holes_by_group, proof_of_round
from raprong.web.evidence import presenters, words
from raprong.web.evidence.graph import graph_of
from raprong.web.evidence.whereabouts import asked_round
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@require_safe
@reads_on_get
def proof(request: HttpRequest, run: str) -> HttpResponse:
    """Claims and their proof as a picture and as a table, of the whole year's KPIs or of one group's."""
    found, at = run_of(request, run), clock.now()
    check_holds(request.person, permissions.READ, found.unit, on=day_of(at))
    months = asked_round(request, found)
    proofs = proof_of_round(found, months)
    groups = holes_by_group(proofs)
    asked = request.GET.get("group", "")
    shown = [one for one in proofs if not asked or one.kpi.group.public_id == asked]
    holes = sum(len(one.holes) for one in shown)
    context = {
        "title": _("Claims and their proof"),
        "subtitle": f"{unit_name(found.unit)} · {words.round_words(months)}",
        "run": found,
        "months": months,
        "rounds": words.round_choices(found, with_every=False),
        "groups": groups,
        "group": asked,
        "unit_name": unit_name,
        "graph": graph_of(shown) if shown else None,
        "views": [presenters.proof_view(one) for one in shown],
        "holes": holes,
        "holes_words": presenters.holes_words,
        "tiles": _tiles(shown, holes),
    }
    return show(request, "evidence/proof.html", context)


def _tiles(shown: list[KpiProof], holes: int) -> list[dict[str, str]]:
    claims = [one for one in shown if one.claims]
    proven = sum(not one.holes for one in claims)
    pieces = {credit.evidence_id for one in shown for credit in one.credits}
    return [
        {
            "label": _("KPIs proven"),
            "value": _("%(done)s of %(all)s") % {"done": digits(proven), "all": digits(len(claims))},
            "note": _("of those that have a result"),
        },
        {
            "label": _("Proofs missing"),
            "value": digits(holes),
            "note": _("before the report is submitted") if holes else _("Nothing is missing"),
            "state": "late" if holes else "done",
        },
        {"label": _("Evidence"), "value": digits(len(pieces)), "note": _("each stored once")},
    ]
