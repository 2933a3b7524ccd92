"""The page of a receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raprong.assessments.models import Receipt
from raprong.assessments.receipts.lateness import punctuality_words
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.web.assessments.presenters import moment_to_the_second
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, long_date
from raprong.web.shell.pages import show


@require_safe
@reads_on_get
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What came in, when, and by which hash it is known again."""
    found = get_object_or_404(
        Receipt.objects.visible_to(request.person, on=day_of(clock.now())).select_related(
            "assessment__run__unit", "assessment__run__sop", "assessment__sealed", "given_to", "paper", "unit"
        ),
        public_id=receipt,
    )
    report = found.assessment
    run_of(request, report.run.public_id)
    late = found.late_by
    context = {
        "title": _("Receipt %(number)s") % {"number": digits(found)},
        "subtitle": unit_name(found.unit),
        "crumbs": [
            (_("Self-assessment reports"), reverse("assessments:list", args=[report.run.public_id])),
            (
                _("Report, %(round)s") % {"round": round_title(report.months)},
                reverse("assessments:report", args=[report.public_id]),
            ),
        ],
        "section": "assessments:list",
        "receipt": found,
        "report": report,
        "late": late is not None,
        "punctuality": digits(punctuality_words(late)),
        "facts": [
            (_("Report"), _("Self-assessment report, %(round)s") % {"round": round_title(report.months)}),
            (_("Received"), moment_to_the_second(found.received_at)),
            (_("Due"), long_date(found.due_on)),
            (_("Submitted by"), str(found.given_to)),
        ],
    }
    return show(request, "assessments/receipt.html", context)
