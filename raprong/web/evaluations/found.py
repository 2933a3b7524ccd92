"""What an address of this area stands for, as far as the reader may see it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from raprong.core import clock
from raprong.core.clock import day_of
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.objections.queries import is_closed_to
from raprong.web.processes.current import run_of


def visible_evaluation(request: HttpRequest, evaluation: str) -> Evaluation:
    found: Evaluation = get_object_or_404(
        Evaluation.objects.visible_to(request.person, on=day_of(clock.now())).select_related(
            "assessment__run__unit", "assessment__run__sop", "assessment__sealed", "sealed", "scored_by", "confirmed_by"
        ),
        public_id=evaluation,
    )
    run_of(request, found.run.public_id)
    return found


def visible_score(request: HttpRequest, score: str) -> GivenScore:
    found: GivenScore = get_object_or_404(
        GivenScore.objects.visible_to(request.person, on=day_of(clock.now())).select_related(
            "item__kpi__group", "evaluation__assessment__run__unit"
        ),
        public_id=score,
    )
    return found


def reads_scores(request: HttpRequest, evaluation: Evaluation) -> bool:
    """Whether the page of an evaluation opens to the reader as it stands."""
    at = clock.now()
    visible = Evaluation.objects.visible_to(request.person, on=day_of(at)).filter(pk=evaluation.pk).exists()
    return visible and not is_closed_to(evaluation, request.person, at=at)


def version_seen(request: HttpRequest) -> int | None:
    """The version that the form was opened with; a form without one asks for no check."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() else None
