"""Find it for this person, do one verb, show it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.rules import Refused, refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.files.store import open_content
from raprong.kpis import imports, permissions
from raprong.kpis.import_queries import (
    batches_of,
    batches_visible_to,
    good_rows,
    rows_standing,
    tally,
    touches_selected,
    weight_with,
)
from raprong.kpis.import_rows import rows_of
from raprong.kpis.models import ImportBatch, ImportRow
from raprong.kpis.queries import framework_of, scheme_of
from raprong.lib.workbooks.columns import SCORES
from raprong.lib.workbooks.faults import WorkbookFaults
from raprong.lib.workbooks.limits import MOST_ROWS
from raprong.lib.workbooks.marks import CannotBeMarked, marked
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.shape import KpiRow, KpiWorkbook
from raprong.lib.workbooks.writer import write_csv, write_workbook
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run
from raprong.web.imports import presenters
from raprong.web.imports.forms import FileForm, TakeForm
from raprong.web.kpis.forms import place_faults
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.shell.filters import digits

MEDIA_TYPES = {"xlsx": imports.XLSX, "csv": f"{imports.CSV}; charset=utf-8"}
PER_PAGE = 100
ALL_GOOD = "all"


@reads_on_get
def start(request: HttpRequest, run: str) -> HttpResponse:
    """Send a file; and the files that were sent before."""
    held = run_of(request, run)
    form, faults = FileForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = imports.upload(held, sent.name, sent.read(), by=request.person, at=clock.now())
        except WorkbookFaults as refused:
            faults = list(refused.faults)
        else:
            messages.success(request, _("The file is read. Nothing has changed yet."))
            return redirect("imports:batch", batch=made.public_id)
    page = Paginator(batches_of(held), PER_PAGE).get_page(request.GET.get("page"))
    context = _context(request, held) | {
        "title": _("Import KPIs from a file"),
        "form": form,
        "faults": faults,
        "page": page,
        "pill": presenters.pill,
        "most_rows": MOST_ROWS,
        "why_not": refusal(permissions.check_may_upload, request.person, held, at=clock.now()),
    }
    return render(request, "imports/start.html", context, status=422 if faults or form.errors else 200)


@reads_on_get
def download(request: HttpRequest, run: str, which: str, kind: str) -> HttpResponse:
    """The empty form, the sample, or the year's KPIs, to fill in and send back."""
    held = run_of(request, run)
    rows, scores = _rows_to_write(held, which), scheme_of(held).scores
    if kind == "csv":
        content = write_csv(rows, fiscal_year=held.fiscal_year, scores=scores)
    elif kind == "xlsx":
        found = framework_of(held)
        content = write_workbook(
            KpiWorkbook(tuple(rows)),
            fiscal_year=held.fiscal_year,
            every_column=which != "sample",
            groups=[group.short_name or group.name for group in groups_of(held.unit)],
            dimensions=[dimension.title for dimension in found.dimensions.all()] if found else [],
            scores=scores if which != "sample" else SCORES,
        )
    else:
        raise Http404
    return _attachment(content, f"kpis-{which}-{held.fiscal_year}.{kind}", kind)


def _rows_to_write(run: Run, which: str) -> list[KpiRow]:
    if which == "year":
        return rows_of(framework_of(run))
    if which == "sample":
        return list(sample_workbook().kpis)
    if which == "form":
        return []
    raise Http404


@reads_on_get
def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """A file and its rows beside the year's KPIs."""
    return _batch_page(request, _batch_or_404(request, batch))


def _batch_page(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    at, person, counted = clock.now(), request.person, tally(found)
    shown = request.GET.get("show", "")
    page = Paginator(rows_standing(found, shown), PER_PAGE).get_page(request.GET.get("page"))
    context = _context(request, found.framework.run) | {
        "title": found.file_name,
        "batch": found,
        "pill": presenters.pill(found),
        "tally": counted,
        "filters": presenters.filters(counted),
        "shown": shown,
        "page": page,
        "lines": presenters.lines(page.object_list),
        "why_not_take": refusal(permissions.check_may_take_in, person, found, at=at),
        "why_not_undo": refusal(permissions.check_may_undo, person, found, at=at),
        "why_not_discard": refusal(permissions.check_may_discard, person, found, at=at),
    }
    return render(request, "imports/batch.html", context)


@reads_on_get
def take(request: HttpRequest, batch: str) -> HttpResponse:
    """Ask once, with what would come of it, then take rows in."""
    found = _batch_or_404(request, batch)
    rows = _rows_asked(request, found)
    if not rows:
        messages.error(request, _("Tick at least one good row, or take all of them."))
        return redirect("imports:batch", batch=batch)
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = imports.take(
                found,
                rows,
                seen=_seen(request),
                because=form.cleaned_data["because"],
                by=request.person,
                at=clock.now(),
            )
        except Faults as refused:
            place_faults(form, refused)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("imports:batch", batch=batch)
        else:
            done = ngettext("%(count)s KPI is taken in.", "%(count)s KPIs are taken in.", len(taken))
            messages.success(request, done % {"count": digits(len(taken))})
            return redirect("imports:batch", batch=batch)
    return _take_page(request, found, rows, form)


def _take_page(request: HttpRequest, found: ImportBatch, rows: list[ImportRow], form: TakeForm) -> HttpResponse:
    held, whole = found.framework.run, scheme_of(found.framework.run).weight_base
    new = sum(row.kpi_id is None for row in rows)
    weight = weight_with(found, rows)
    if not touches_selected(rows):
        del form.fields["because"]
    context = _context(request, held) | {
        "title": _("Take rows in"),
        "batch": found,
        "form": form,
        "count": len(rows),
        "new": new,
        "changed": len(rows) - new,
        "weight": weight,
        "whole": whole,
        "asked": _asked(request),
        "why_not": refusal(permissions.check_may_take_in, request.person, found, at=clock.now()),
    }
    return render(request, "imports/take.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> list[str]:
    """The rows that were asked for: their ids, or the word for all good ones."""
    return (request.POST if request.method == "POST" else request.GET).getlist("rows")


def _rows_asked(request: HttpRequest, found: ImportBatch) -> list[ImportRow]:
    asked = _asked(request)
    good = good_rows(found)
    return list(good if ALL_GOOD in asked else good.filter(public_id__in=asked))


@reads_on_get
def undo(request: HttpRequest, batch: str) -> HttpResponse:
    """Ask once, then put everything back that was taken from a file."""
    found = _batch_or_404(request, batch)
    if request.method == "POST":
        codes = imports.undo(found, seen=_seen(request), by=request.person, at=clock.now())
        done = ngettext("%(count)s KPI is as it was before.", "%(count)s KPIs are as they were before.", len(codes))
        messages.success(request, done % {"count": digits(len(codes))})
        return redirect("imports:batch", batch=batch)
    context = _context(request, found.framework.run) | {
        "title": _("Undo the import"),
        "batch": found,
        "tally": tally(found),
        "why_not": refusal(permissions.check_may_undo, request.person, found, at=clock.now()),
    }
    return render(request, "imports/undo.html", context)


@reads_on_get
def look_again(request: HttpRequest, batch: str) -> HttpResponse:
    """Put the waiting rows beside the KPIs as they are now. Its own address leads back to the file."""
    found = _batch_or_404(request, batch)
    if request.method == "POST":
        imports.look_again(found, seen=_seen(request), by=request.person, at=clock.now())
        messages.success(request, _("The rows are compared with the KPIs as they are now."))
    return redirect("imports:batch", batch=batch)


@reads_on_get
def discard(request: HttpRequest, batch: str) -> HttpResponse:
    """Throw away a file of which nothing was taken. Its own address leads back to the file."""
    found = _batch_or_404(request, batch)
    if request.method != "POST":
        return redirect("imports:batch", batch=batch)
    run = found.framework.run
    imports.discard(found, seen=_seen(request), by=request.person, at=clock.now())
    messages.success(request, _("The file is thrown away. No KPI has changed."))
    return redirect("kpis:import", run=run.public_id)


@reads_on_get
def marked_file(request: HttpRequest, batch: str) -> HttpResponse:
    """The file as it was sent, with a column that says what is wrong in each row."""
    found = _batch_or_404(request, batch)
    with open_content(found.sha256) as held:
        content = held.read()
    try:
        answer = marked(content, presenters.marks(found.rows.all()))
    except CannotBeMarked:
        messages.error(request, _("This workbook cannot be written again. Correct it by the list here."))
        return redirect("imports:batch", batch=batch)
    stem, _dot, _kind = found.file_name.rpartition(".")
    kind = "xlsx" if content.startswith(b"PK") else "csv"
    return _attachment(answer, f"{stem or found.file_name}-checked.{kind}", kind)


# What every page of the area needs


def _context(request: HttpRequest, run: Run) -> dict[str, Any]:
    return {"run": run, "panel": sop_panel_for(run, "kpis.proposals_complete", request.person, clock.now())}


def _batch_or_404(request: HttpRequest, batch: str) -> ImportBatch:
    found = get_object_or_404(batches_visible_to(request.person, on=clock.today()), public_id=batch)
    run_of(request, found.framework.run.public_id)
    return found


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _seen(request: HttpRequest) -> int | None:
    """The version that the form was opened with."""
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
