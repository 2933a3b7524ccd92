"""A paper in another format, to whoever may read the paper."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from raprong.agreements import printing
from raprong.agreements.documents import content_of
from raprong.agreements.models import Agreement
from raprong.assessments.documents import draft_paper, self_assessment_paper
from raprong.assessments.enums import State
from raprong.assessments.models import SelfAssessment
from raprong.assessments.queries import items_of, newest_card
from raprong.assessments.round_report import round_report
from raprong.circulation.documents import draft_paper as draft_letter
from raprong.circulation.documents import signed_paper as signed_letter
from raprong.circulation.models import Letter
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.documents.editable import is_editable
from raprong.documents.tabular import is_tabular
from raprong.evaluations.models import Evaluation
from raprong.lib.rendering.xlsx import write_sheets
from raprong.processes.documents import sop_document
from raprong.processes.library import all_sops
from raprong.records.models import Record
from raprong.stationery.printing import worded
from raprong.web.papers.files import paper_of, word_file, workbook, workbook_file
from raprong.web.papers.sheets import cabinet_sheet, register_sheets
from raprong.web.processes.current import run_of


@require_safe
@reads_on_get
def letter(request: HttpRequest, letter: str) -> FileResponse:
    """A letter, an order or a manual in Word, as it stands now."""
    readable = Letter.objects.visible_to(request.person, on=clock.today()).with_units()
    found = get_object_or_404(readable, public_id=letter)
    return word_file(signed_letter(found) if found.signed_at else draft_letter(found), unit=found.unit)


@require_safe
@reads_on_get
def report(request: HttpRequest, assessment: str) -> FileResponse:
    """A self-assessment report in Word: as it was submitted, or as it is written so far."""
    found, on = _report(request, assessment), clock.today()
    items = list(items_of(found))
    if found.state == State.WRITING:
        return word_file(draft_paper(found, items, newest_card(found), on=on), unit=found.run.unit)
    return word_file(self_assessment_paper(found, items), unit=found.run.unit)


@require_safe
@reads_on_get
def round_in_word(request: HttpRequest, assessment: str) -> FileResponse:
    """The results of a round in one table in Word, as they stand now."""
    found, on = _report(request, assessment), clock.today()
    return word_file(round_report(found, list(items_of(found)), on=on), unit=found.run.unit)


@require_safe
@reads_on_get
def sop(request: HttpRequest, code: str) -> FileResponse:
    """An SOP in Word, with the look and the headings of the reader's unit."""
    if code not in all_sops() or request.unit is None:
        raise Http404
    return word_file(worded(sop_document(all_sops()[code], on=clock.today()), request.unit), unit=request.unit)


@require_safe
@reads_on_get
def sop_of_run(request: HttpRequest, run: str) -> FileResponse:
    """The SOP that a year was pinned to, in Word."""
    found = run_of(request, run)
    paper = sop_document(found.definition, on=clock.day_of(found.started_at))
    return word_file(worded(paper, found.unit), unit=found.unit)


@require_safe
@reads_on_get
def agreement(request: HttpRequest, agreement: str) -> FileResponse:
    """The attached table of an agreement as a workbook: as it was shown for signing, or as it would print now."""
    on = clock.today()
    found = get_object_or_404(
        Agreement.objects.visible_to(request.person, on=on).select_related("run__unit__agency"),
        public_id=agreement,
        number=0,
    )
    return workbook_file(
        content_of(found) if found.content else printing.paper_of(found, dated_on=found.signing_on or on)
    )


@require_safe
@reads_on_get
def scores(request: HttpRequest, evaluation: str) -> FileResponse:
    """A confirmed score table as a workbook."""
    found = get_object_or_404(
        Evaluation.objects.visible_to(request.person, on=clock.today()).select_related("sealed"), public_id=evaluation
    )
    if found.sealed is None:
        raise Http404
    return workbook_file(paper_of(found.sealed))


@require_safe
@reads_on_get
def record_in_word(request: HttpRequest, record: str) -> FileResponse:
    """A paper of the cabinet in Word, made of the data that lies in it."""
    found = _record(request, record)
    if not is_editable(found.kind):
        raise Http404
    return word_file(paper_of(found.file), unit=found.unit)


@require_safe
@reads_on_get
def record_as_workbook(request: HttpRequest, record: str) -> FileResponse:
    """A table of the cabinet as a workbook, made of the data that lies in it."""
    found = _record(request, record)
    if not is_tabular(found.kind):
        raise Http404
    return workbook_file(paper_of(found.file))


@require_safe
@reads_on_get
def cabinet(request: HttpRequest) -> FileResponse:
    """Every record that this person may read, as a workbook."""
    records = Record.objects.visible_to(request.person, on=clock.today()).select_related("unit", "deposited_by")
    sheet = cabinet_sheet(records.order_by("unit__order", "fiscal_year", "deposited_at", "pk"))
    return workbook(write_sheets([sheet], title=sheet.title, author=str(request.person)), "records.xlsx")


@require_safe
@reads_on_get
def register(request: HttpRequest) -> FileResponse:
    """Every number of the letters one may read, as a workbook: a sheet for each unit, calendar year and series."""
    letters = Letter.objects.visible_to(request.person, on=clock.today()).with_units().numbered()
    sheets = register_sheets(letters.select_related("signed_by", "cancelled_by").order_by("signed_at"))
    if not sheets:
        raise Http404
    return workbook(write_sheets(sheets, title=sheets[0].above[0], author=str(request.person)), "register.xlsx")


def _report(request: HttpRequest, public_id: str) -> SelfAssessment:
    visible = SelfAssessment.objects.visible_to(request.person, on=clock.today())
    return get_object_or_404(visible.select_related("run__unit__agency", "submitted_by"), public_id=public_id)


def _record(request: HttpRequest, public_id: str) -> Record:
    visible = Record.objects.visible_to(request.person, on=clock.today()).select_related(
        "file", "unit__agency", "unit__parent__agency"
    )
    return get_object_or_404(visible, public_id=public_id)
