"""Before the scores of an unopened result: those who answer for the unit are led to the opening of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from raprong.core import clock
from raprong.core.clock import day_of
from raprong.evaluations.models import Evaluation
from raprong.objections.queries import unopened_result

View = Callable[[HttpRequest, str], HttpResponse]


def opened_first(view: View) -> View:
    """Lead to the opening who has yet to open the result; `view` answers everybody else, and decides who may read."""

    @wraps(view)
    def answer(request: HttpRequest, evaluation: str) -> HttpResponse:
        at = clock.now()
        found = Evaluation.objects.visible_to(request.person, on=day_of(at)).filter(public_id=evaluation).first()
        unopened = unopened_result(found, request.person, at=at) if found else None
        return redirect("objections:result", unopened.public_id) if unopened else view(request, evaluation)

    return answer
