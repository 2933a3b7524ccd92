"""What a request is about: a report this person may see, and the version that its form was opened with."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from raprong.assessments.models import SelfAssessment
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.web.processes.current import run_of


def visible_report(request: HttpRequest, assessment: str) -> SelfAssessment:
    found: SelfAssessment = get_object_or_404(
        SelfAssessment.objects.visible_to(request.person, on=day_of(clock.now())).select_related(
            "run__unit", "run__sop", "submitted_by", "sealed"
        ),
        public_id=assessment,
    )
    run_of(request, found.run.public_id)
    return found


def version_in(request: HttpRequest) -> int | None:
    """The version that the form was opened with; a form without one asks for no check."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() else None
