"""The proof-reader beside any form: which texts it reads, the form itself says."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from raprong.core import clock
from raprong.core.databases.read_only import reading_only
from raprong.organisation.models import Unit
from raprong.stationery.proofreading import findings_in, is_too_long
from raprong.stationery.queries import style_for
from raprong.web.shell.pages import show
from raprong.web.stationery.proofs import hints_in, unread

MOST_PLACES = 40


@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """What is to be corrected in the texts of a form as they are typed, for a unit of the reader's agency."""
    with reading_only():
        own = Unit.objects.filter(agency=request.person.agency_id).select_related("agency")
        unit = get_object_or_404(own, public_id=request.POST.get("proof_unit", ""))
        labels = _labels(request.POST.get("proof_places", ""))
        texts = {place: request.POST.get(place, "").replace("\r\n", "\n") for place in labels}
        found = findings_in(texts, unit, thai_digits=style_for(unit, on=clock.today()).thai_digits)
        told = unread() if is_too_long(texts) else hints_in(texts, found, labels)
        return show(request, "stationery/_proof.html", {"proof": told})


def _labels(written: str) -> dict[str, str]:
    """The places by name with their labels, as the page sent them."""
    try:
        places = json.loads(written)
    except ValueError:
        raise Http404 from None
    if not isinstance(places, dict) or len(places) > MOST_PLACES:
        raise Http404
    return {str(place): str(label) for place, label in places.items()}
