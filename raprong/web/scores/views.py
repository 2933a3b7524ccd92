"""Pages about a score: what it could be."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.evaluations.queries import points_given_in
from raprong.evaluations.totals import other_parts
from raprong.kpis.queries import criteria_of, scheme_of, selected_kpis
from raprong.lib.scoring.card import Status
from raprong.lib.scoring.rollup import score_card
from raprong.lib.scoring.whatif import ranked_gains, with_results
from raprong.processes.models import Run
from raprong.results import permissions
from raprong.results.months import round_on
from raprong.results.queries import measured_upto
from raprong.web.processes.current import run_of
from raprong.web.scores import presenters
from raprong.web.scores.finality import provisional_until
from raprong.web.scores.finals import final_view
from raprong.web.scores.forms import TryForm
from raprong.web.shell.filters import digits, named
from raprong.web.shell.pages import show


@require_safe
@reads_on_get
def what_if(request: HttpRequest, run: str) -> HttpResponse:
    """What gives the next level and the top, and what the year's total would be with other results."""
    found, at = _readable(request, run)
    kpis, scheme = list(selected_kpis(found)), scheme_of(found)
    by_code = {kpi.code: kpi for kpi in kpis}
    months = round_on(found, found.year.ends_on)
    criteria = {kpi.pk: criteria_of(kpi, months=months) for kpi in kpis}
    measured = measured_upto(found, upto=found.year.ends_on)
    given = points_given_in([found], request.person, on=day_of(at)).get(found.pk, {}) if scheme.parts else {}
    given = {part.code: given[part.code] for part in other_parts(scheme) if part.code in given}
    now = score_card(measured, scheme, given=given)
    parents = {one.parent for one in measured}
    triable = [kpi for kpi in kpis if kpi.code not in parents and now.kpi(kpi.code).status is not Status.CANCELLED]
    results = {kpi.pk: now.kpi(kpi.code).result for kpi in kpis}
    form = TryForm(triable, criteria, results, request.GET, parts=other_parts(scheme), given=given)
    tried = form.tried()
    then = with_results(measured, tried, scheme, given=form.points())
    ranked = presenters.gain_views(ranked_gains(measured, scheme), by_code, criteria)
    context = {
        "title": _("What gives a higher score"),
        "subtitle": named(found.unit),
        "crumbs": [
            (_("Monthly results"), reverse("results:grid", kwargs={"run": found.public_id})),
            (_("Scores of the year"), reverse("results:scores", kwargs={"run": found.public_id})),
        ],
        "section": "results:grid",
        "run": found,
        "form": form,
        "ranked": ranked,
        "views": presenters.try_views(form, kpis, criteria, now, ranked),
        "outcome": presenters.outcome_of(now, then, tried, scheme, by_code),
        "final_now": final_view(now.composition, scheme),
        "final": final_view(then.composition, scheme),
        "until": provisional_until(found, at=at),
        "top": digits(f"{scheme.scores[-1].normalize():f}"),
    }
    return show(request, "scores/what_if.html", context, fragment="outcome", status=422 if form.errors else 200)


def _readable(request: HttpRequest, run: str) -> tuple[Run, datetime]:
    found, at = run_of(request, run), clock.now()
    permissions.check_may_read(request.person, found, at=at)
    return found, at
