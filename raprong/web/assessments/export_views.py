"""Pages of packages for the department's own system: asking for one, watching it, taking it; and the workbook alone."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from raprong.access.rules import Refused
from raprong.assessments.enums import ExportState
from raprong.assessments.exports import actions, permissions
from raprong.assessments.exports.layouts import all_layouts, layout_of
from raprong.assessments.exports.making import ZIP
from raprong.assessments.exports.workbook import proofs_of, workbook, workbook_name
from raprong.assessments.models import Export
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.files.store import open_content
from raprong.web.assessments.finding import visible_report
from raprong.web.processes.current import run_of
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PILLS = {
    ExportState.WAITING: "wait",
    ExportState.MAKING: "now",
    ExportState.DONE: "done",
    ExportState.CANCELLED: "returned",
    ExportState.FAILED: "late",
}


@require_POST
def order(request: HttpRequest, assessment: str) -> HttpResponse:
    """Ask for the package of a submitted report."""
    export = actions.order(visible_report(request, assessment), by=request.person, at=clock.now())
    return redirect("assessments:export", export.public_id)


@require_safe
@reads_on_get
def export(request: HttpRequest, export: str) -> HttpResponse:
    """How far a package is; its ZIP once it is ready."""
    found = _visible(request, export)
    report = found.assessment
    context = {
        "title": layout_title(found.layout),
        "subtitle": _("Self-assessment report, %(round)s") % {"round": round_title(report.months)},
        "crumbs": [
            (_("Self-assessment reports"), reverse("assessments:list", args=[report.run.public_id])),
            (
                _("Report, %(round)s") % {"round": round_title(report.months)},
                reverse("assessments:report", args=[report.public_id]),
            ),
        ],
        "section": "assessments:list",
        "export": found,
        "report": report,
        "pill": pill(found),
        "moving": found.state in (ExportState.WAITING, ExportState.MAKING),
        "progress": _("%(done)s of %(all)s files") % {"done": digits(found.done), "all": digits(found.pieces or "–")},
    }
    return show(request, "assessments/export.html", context, fragment="standing")


@require_POST
def cancel(request: HttpRequest, export: str) -> HttpResponse:
    """Stop a package."""
    found = actions.cancel(_visible(request, export), by=request.person, at=clock.now())
    messages.success(request, _("Stopped. Nothing was kept of it."))
    return redirect("assessments:export", found.public_id)


@require_safe
@reads_on_get
def download(request: HttpRequest, export: str) -> FileResponse:
    """The ZIP, to those who may have it made."""
    found = _visible(request, export)
    if found.file is None:
        raise Http404
    return _attachment(open_content(found.file.sha256), found.file.name, ZIP)


@require_safe
@reads_on_get
def workbook_alone(request: HttpRequest, assessment: str) -> FileResponse:
    """The workbook without the rest, as the figures of the report stand; kept nowhere."""
    report, at = visible_report(request, assessment), clock.now()
    permissions.check_may_take_workbook(request.person, report, at=at)
    layout = layout_of(report.run)
    content = workbook(report, layout, proofs_of(report, layout))
    return _attachment(BytesIO(content), workbook_name(report, layout), XLSX)


def _attachment(content: object, name: str, media_type: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _visible(request: HttpRequest, export: str) -> Export:
    visible = Export.objects.visible_to(request.person, on=day_of(clock.now())).select_related(
        "assessment__run__unit", "assessment__run__sop", "file", "ordered_by"
    )
    found: Export = get_object_or_404(visible, public_id=export)
    run_of(request, found.assessment.run.public_id)
    return found


def pill(found: Export) -> tuple[str, str]:
    return PILLS[ExportState(found.state)], str(ExportState(found.state).label)


def layout_title(code: str) -> str:
    """A layout's name in the language of the page; its code where it is no longer there or does not fit any more."""
    try:
        layout = all_layouts().get(code)
    except Refused:
        return code
    if layout is None:
        return code
    return layout.title_th if (get_language() or "th").startswith("th") else layout.title_en
