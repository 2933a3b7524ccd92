"""The SOPs themselves, as documents: what the paper says, and what a careful reader would mark in it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.roles import all_roles
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.documents import render as render_paper
from raprong.lib.sop.lint import Finding, lint
from raprong.lib.sop.shape import SopDefinition, Step
from raprong.processes.cards import all_cards
from raprong.processes.documents import sop_document
from raprong.processes.library import all_sops
from raprong.processes.words import title_of
from raprong.records.papers import file_name, printed
from raprong.stationery.printing import worded
from raprong.web.circulation.papers import fresh_paper
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import document_line
from raprong.web.shell.filters import digits, in_thai


@reads_on_get
def sops(request: HttpRequest) -> HttpResponse:
    """Every SOP that this installation can run."""
    rows = [(definition, len(findings_of(definition))) for definition in all_sops().values()]
    return render(request, "processes/sops.html", {"title": _("SOPs"), "rows": rows, "document_line": document_line})


@reads_on_get
def sop(request: HttpRequest, code: str) -> HttpResponse:
    """One SOP, whole."""
    definition = _sop_or_404(code)
    context = {
        "title": definition.title if in_thai() else definition.title_en,
        "subtitle": _offices(definition),
        "sop": definition,
        "document_line": document_line(definition),
        "findings": findings_of(definition),
        "step_title": title_of,
        "party_title": lambda code: title_of(definition.party(code)),
        "window": _window,
        "hands": hands_of(definition),
        "roles": all_roles(),
        "cards": all_cards(),
    }
    return render(request, "processes/sop.html", context)


@reads_on_get
def document(request: HttpRequest, code: str) -> HttpResponseBase:
    """One SOP as a controlled document, printed now from the definition that runs the year; it is kept nowhere.

    It has the typeface and the headings of the reader's unit, and those of the house where they have none.
    """
    paper, unit = sop_document(_sop_or_404(code), on=clock.today()), request.unit
    pdf = printed(worded(paper, unit), unit=unit) if unit else render_paper(paper)
    return fresh_paper(pdf, file_name(paper, code))


@reads_on_get
def document_of_run(request: HttpRequest, run: str) -> HttpResponseBase:
    """The SOP as a year was pinned to it, whatever the definition says since; printed for the unit of the year."""
    found = run_of(request, run)
    paper = worded(sop_document(found.definition, on=day_of(found.started_at)), found.unit)
    return fresh_paper(printed(paper, unit=found.unit), file_name(paper, found.definition.code))


def _sop_or_404(code: str) -> SopDefinition:
    if code not in all_sops():
        raise Http404
    return all_sops()[code]


def findings_of(definition: SopDefinition) -> list[Finding]:
    return lint(definition, cards=all_cards(), roles=all_roles())


def _offices(definition: SopDefinition) -> str:
    """The office that wrote the SOP, and its agency."""
    return " · ".join(names.th if in_thai() else names.en for names in (definition.office, definition.agency))


def hands_of(definition: SopDefinition) -> list[tuple[str, str]]:
    """From hand to hand: who checks, gathers and submits the groups' parts of a report, and by when."""
    parts, due = definition.reporting.parts, (_("Report due"), _due(definition))
    if parts is None:
        return [(_("The groups' parts"), _("None: the report is written and submitted as one.")), due]
    checker = [parts.checked_by] if parts.checked_by else []
    hands = [
        (_("Parts checked by"), _names(definition, checker) or _("Nobody before they are gathered")),
        (_("Parts gathered by"), _names(definition, [parts.gathered_by])),
        (_("Report submitted by"), _names(definition, parts.submitted_by)),
        (_("Parts due"), _parts_due(parts.working_days_before_due)),
        due,
        (_("Where in the source"), digits(parts.source)),
    ]
    if checker and parts.second_person:
        hands.insert(1, (_("Second person"), _("Nobody checks a part that they wrote themselves.")))
    return hands


def _names(definition: SopDefinition, codes: Sequence[str]) -> str:
    return ", ".join(title_of(definition.party(code)) for code in codes)


def _parts_due(days: int) -> str:
    if not days:
        return _("On the day on which the report is due")
    words = ngettext(
        "%(count)s working day before the report is due", "%(count)s working days before the report is due", days
    )
    return words % {"count": digits(days)}


def _due(definition: SopDefinition) -> str:
    days = definition.reporting.due_working_days_after_end
    if not days:
        return _("On the last day of its round")
    words = ngettext("%(count)s working day after its round ends", "%(count)s working days after its round ends", days)
    return words % {"count": digits(days)}


def _window(step: Step) -> str:
    """The window as the paper prints it."""
    return step.window.printed if step.window else ""
