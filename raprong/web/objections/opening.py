"""Before the scores of an unopened result: its unit is led to the opening of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.evaluations.models import Evaluation
from raprong.objections.models import Preliminary
from raprong.objections.queries import is_closed_to

View = Callable[[HttpRequest, str], HttpResponse]


def opened_first(view: View) -> View:
    """Lead its unit to the opening of a result; `view` answers everybody else, and decides who may read."""

    @wraps(view)
    def answer(request: HttpRequest, evaluation: str) -> HttpResponse:
        visible = Evaluation.objects.visible_to(request.person, on=day_of(clock.now()))
        found = visible.filter(public_id=evaluation).first()
        return (to_the_opening(request, found) if found else None) or view(request, evaluation)

    return answer


def to_the_opening(request: HttpRequest, evaluation: Evaluation) -> HttpResponse | None:
    """The way to the opening, for whom the scores are closed; refused before there is anything to open."""
    if not is_closed_to(evaluation, request.person, at=clock.now()):
        return None
    preliminary = Preliminary.objects.filter(evaluation=evaluation).first()
    if preliminary is None:
        raise Refused(_("The scores are still being given. The unit opens them once they are confirmed."))
    return redirect("objections:result", preliminary.public_id)
