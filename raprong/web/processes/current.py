"""The run that a page belongs to, and the one the menu leads to."""

from __future__ import annotations

from django.db.models import Case, IntegerField, When
from django.http import Http404, HttpRequest

from raprong.access.queries import holds
from raprong.processes.models import Run, RunQuerySet
from raprong.web.shell.current import today
from raprong.web.shell.whereabouts import RUN_KEY, UNIT_KEY, choose


def run_of(request: HttpRequest, public_id: str) -> Run:
    """The run with this address if the person may see it, else 404. The frame's unit and year follow it.

    Every page begins with this, so one row is read and the question of `visible_to` asked about its unit alone.
    """
    run = Run.objects.select_related("sop").defer("sop__content").filter(public_id=public_id).order_by("pk").first()
    if run is None:
        raise Http404
    if request.unit is not None and request.unit.pk == run.unit_id:
        run.unit = request.unit  # read with its agency already
    if not holds(request.person, "runs.read", run.unit, on=today()):
        raise Http404
    if request.session.get(RUN_KEY) != run.public_id:
        choose(request, unit=run.unit, year=run.fiscal_year)
        request.session[RUN_KEY] = run.public_id
    request.unit, request.fiscal_year = run.unit, run.year
    request.__dict__["current_run"] = run
    return run


def current_run(request: HttpRequest) -> Run | None:
    """The run last visited; else that of the chosen unit and year; else the newest the person may see, their own
    unit's first. Asked once for a request."""
    if "current_run" not in request.__dict__:
        request.__dict__["current_run"] = _find(request)
    run: Run | None = request.__dict__["current_run"]
    return run


def _find(request: HttpRequest) -> Run | None:
    if getattr(request, "person", None) is None:
        return None
    runs, visited = _visible(request), request.session.get(RUN_KEY)
    if visited and (run := runs.filter(public_id=visited).first()):
        return run
    if request.session.get(UNIT_KEY):
        return runs.filter(unit=request.unit, fiscal_year=request.fiscal_year.be).first()
    own = Case(When(unit=request.unit, then=0), default=1, output_field=IntegerField())
    return runs.order_by(own, "-fiscal_year", "unit__order", "pk").first()


def _visible(request: HttpRequest) -> RunQuerySet:
    return Run.objects.visible_to(request.person, on=today()).with_sop()
