"""Pages of batches: choosing papers, watching them being printed, taking the ZIP."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access.queries import units_where
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.files.store import open_content
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.processes.models import Run
from raprong.records import batches
from raprong.records.batch_making import ZIP
from raprong.records.bundle import not_printed
from raprong.records.enums import BatchState
from raprong.records.models import Batch
from raprong.web.batches.forms import LookForm, chosen_of
from raprong.web.batches.sources import SOURCES, Asked, Choice, choices, title_of, wanted_of
from raprong.web.processes.panel import unit_name
from raprong.web.records.views import year_name
from raprong.web.shell.current import today
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

MOST_SHOWN = 50
MOST_TOLD = 20  # papers that could not be printed; the list in the ZIP tells of all
PILLS = {
    BatchState.WAITING: "wait",
    BatchState.PRINTING: "now",
    BatchState.DONE: "done",
    BatchState.CANCELLED: "late",
}


@require_safe
@reads_on_get
def batch_list(request: HttpRequest) -> HttpResponse:
    """What this person put together, the newest first."""
    found = Batch.objects.visible_to(request.person, on=today()).select_related("unit", "file")
    context = {
        "title": _("Many papers in one file"),
        "batches": list(found[:MOST_SHOWN]),
        "pill": pill,
        "progress": progress,
        "unit_name": unit_name,
    }
    return show(request, "batches/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def choose(request: HttpRequest) -> HttpResponse:
    """Look for papers of a kind and a year, leave out what is not wanted, and have the rest printed."""
    form = _look_form(request)
    found = _found(request, form) if form.is_valid() else []
    faults: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _order(request, form, chosen_of(found, request.POST.getlist("papers")))
        except Faults as refused:
            faults = [(fault.field, "", str(fault.sentence)) for fault in refused.faults]
    context = {
        "title": _("Put papers together"),
        "form": form,
        "found": found,
        "faults": faults,
        "ticked": set(request.POST.getlist("papers")) if faults else {choice.code for choice in found},
        "looked": form.is_valid(),
        "unit_name": unit_name,
        "drafts": sum(not choice.kept for choice in found),
        "asked": {name: str(form.cleaned_data[name]) for name in form.fields} if form.is_valid() else {},
    }
    return show(request, "batches/choose.html", context, status=422 if faults else 200)


@require_safe
@reads_on_get
def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """How far a batch is; its ZIP once it is ready."""
    found, at = visible_batch(request, batch), clock.now()
    context = {
        "title": found.title,
        "subtitle": f"{unit_name(found.unit)} · {_papers(found.papers)}",
        "batch": found,
        "pill": pill(found),
        "progress": progress(found),
        "moving": found.state in (BatchState.WAITING, BatchState.PRINTING),
        "stuck": batches.is_stuck(found, at=at),
        "not_printed": _not_printed(found),
        "most_told": MOST_TOLD,
    }
    return show(request, "batches/batch.html", context, fragment="standing")


@require_POST
def cancel(request: HttpRequest, batch: str) -> HttpResponse:
    found = batches.cancel(visible_batch(request, batch), by=request.person, at=clock.now())
    messages.success(request, _("Stopped. Nothing was kept of it."))
    return redirect("batches:batch", batch=found.public_id)


@require_POST
def start_again(request: HttpRequest, batch: str) -> HttpResponse:
    found = batches.start_again(visible_batch(request, batch), by=request.person, at=clock.now())
    messages.success(request, _("It has been started again."))
    return redirect("batches:batch", batch=found.public_id)


@require_safe
@reads_on_get
def download(request: HttpRequest, batch: str) -> FileResponse:
    """The ZIP, to who asked for it."""
    found = visible_batch(request, batch)
    if found.file is None:
        raise Http404
    content = open_content(found.file.sha256)
    response = FileResponse(content, as_attachment=True, filename=found.file.name, content_type=ZIP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def visible_batch(request: HttpRequest, public_id: str) -> Batch:
    visible = Batch.objects.visible_to(request.person, on=today()).select_related("unit", "file", "ordered_by")
    return get_object_or_404(visible, public_id=public_id)


def pill(found: Batch) -> tuple[str, str]:
    return PILLS[BatchState(found.state)], str(BatchState(found.state).label)


def progress(found: Batch) -> str:
    return _("%(done)s of %(all)s papers") % {"done": digits(found.done), "all": digits(found.papers)}


def _not_printed(found: Batch) -> list[tuple[str, str]]:
    """What the ZIP lacks, and why; it is read from the ZIP itself."""
    if found.file is None:
        return []
    with open_content(found.file.sha256) as packed:
        return not_printed(packed)


def _papers(count: int) -> str:
    return _("%(count)s papers") % {"count": digits(count)}


def _order(request: HttpRequest, form: LookForm, chosen: list[Choice]) -> HttpResponse:
    kind, year = form.cleaned_data["kind"], form.cleaned_data["year"]
    unit = chosen[0].unit if chosen else request.unit
    made = batches.order(
        wanted_of(chosen),
        title=f"{title_of(kind)} {digits(year)}",
        unit=unit,
        permission=SOURCES[kind].permission,
        by=request.person,
        at=clock.now(),
    )
    messages.success(request, _("The papers are ordered. You may leave this page."))
    return redirect("batches:batch", batch=made.public_id)


def _look_form(request: HttpRequest) -> LookForm:
    runs = Run.objects.visible_to(request.person, on=today())
    years = sorted({*runs.values_list("fiscal_year", flat=True), request.fiscal_year.be}, reverse=True)
    readable = units_where(request.person, "runs.read", on=today()).filter(parent=None).order_by("order", "name")
    typed = (request.POST if request.method == "POST" else request.GET).dict()
    asked = {"year": str(request.fiscal_year.be), **typed} if typed else None
    names = [(str(year), year_name(year)) for year in years]
    return LookForm(asked, years=names, offices=list(readable.select_related("agency")))


def _found(request: HttpRequest, form: LookForm) -> list[Choice]:
    year = FiscalYear(form.cleaned_data["year"]).be
    return choices(form.cleaned_data["kind"], Asked(request.person, today(), year, form.chosen_office))
