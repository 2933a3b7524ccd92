"""Where a score comes from: the pages that explain it, the passport, and the file that anybody can reckon again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raprong.assessments.models import SelfAssessment
from raprong.assessments.rounds import round_title
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.documents import render
from raprong.evaluations.basis import (
    Basis,
    basis_of_evaluation,
    basis_of_report,
    code_of,
    document_bytes,
    running_basis,
)
from raprong.evaluations.models import Evaluation
from raprong.evaluations.passport import file_name, score_passport
from raprong.results import permissions
from raprong.web.objections.opening import opened_first
from raprong.web.processes.current import run_of
from raprong.web.results.figures import written
from raprong.web.scores.explaining import explanation, source_words
from raprong.web.scores.finality import is_settled, provisional_until
from raprong.web.scores.presenters import band_title
from raprong.web.shell.filters import digits, named
from raprong.web.shell.pages import show

Find = Callable[[HttpRequest, str], Basis]


def running(request: HttpRequest, run: str) -> Basis:
    """The total as the monthly results make it, for who may read them."""
    found = run_of(request, run)
    permissions.check_may_read(request.person, found, at=clock.now())
    return running_basis(found)


def of_report(request: HttpRequest, assessment: str) -> Basis:
    reports = SelfAssessment.objects.visible_to(request.person, on=day_of(clock.now()))
    found = get_object_or_404(reports.select_related("run__unit__agency", "run__sop"), public_id=assessment)
    run_of(request, found.run.public_id)
    return basis_of_report(found)


def of_evaluation(request: HttpRequest, evaluation: str) -> Basis:
    evaluations = Evaluation.objects.visible_to(request.person, on=day_of(clock.now()))
    found = get_object_or_404(
        evaluations.select_related("assessment__run__unit__agency", "assessment__run__sop"), public_id=evaluation
    )
    run_of(request, found.run.public_id)
    return basis_of_evaluation(found)


@require_safe
@reads_on_get
def explain(request: HttpRequest, run: str) -> HttpResponse:
    """The running total, down to each monthly result."""
    return _page(request, running(request, run), "", run)


@require_safe
@reads_on_get
def explain_report(request: HttpRequest, assessment: str) -> HttpResponse:
    """The unit's own total, down to each figure of its report."""
    return _page(request, of_report(request, assessment), "report-", assessment)


@require_safe
@reads_on_get
@opened_first
def explain_evaluation(request: HttpRequest, evaluation: str) -> HttpResponse:
    """The official total, down to each figure, decision and adjustment."""
    return _page(request, of_evaluation(request, evaluation), "evaluation-", evaluation)


@require_safe
@reads_on_get
def passport(request: HttpRequest, run: str) -> HttpResponse:
    """The passport of the running total."""
    return _paper(running(request, run))


@require_safe
@reads_on_get
def passport_of_report(request: HttpRequest, assessment: str) -> HttpResponse:
    """The passport of the unit's own total."""
    return _paper(of_report(request, assessment))


@require_safe
@reads_on_get
@opened_first
def passport_of_evaluation(request: HttpRequest, evaluation: str) -> HttpResponse:
    """The passport of the official total."""
    return _paper(of_evaluation(request, evaluation))


@require_safe
@reads_on_get
def passport_file(request: HttpRequest, run: str) -> HttpResponse:
    """What `raprong score` recomputes the running total from."""
    return _file(running(request, run))


@require_safe
@reads_on_get
def passport_file_of_report(request: HttpRequest, assessment: str) -> HttpResponse:
    """What `raprong score` recomputes the unit's own total from."""
    return _file(of_report(request, assessment))


@require_safe
@reads_on_get
@opened_first
def passport_file_of_evaluation(request: HttpRequest, evaluation: str) -> HttpResponse:
    """What `raprong score` recomputes the official total from."""
    return _file(of_evaluation(request, evaluation))


def _paper(basis: Basis) -> HttpResponse:
    answer = HttpResponse(render(score_passport(basis, on=day_of(clock.now()))), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_file_name(basis)}.pdf"'
    return answer


def _file(basis: Basis) -> HttpResponse:
    answer = HttpResponse(document_bytes(basis), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(basis)}.json"'
    return answer


def _file_name(basis: Basis) -> str:
    return file_name(basis).removesuffix(".json")


def _page(request: HttpRequest, basis: Basis, kind: str, key: str) -> HttpResponse:
    at, card, only = clock.now(), basis.card, request.GET.get("kpi", "")
    everything = "all" in request.GET
    kpi = next((one for one in basis.kpis if one.code == only), None)
    here = reverse(f"scores:explain-{kind}".rstrip("-"), args=[key])
    context = _way_here(basis) | {
        "title": _("Where this score comes from"),
        "subtitle": f"{named(basis.run.unit)} · {round_title(basis.months)}",
        "run": basis.run,
        "basis": basis,
        "source": source_words(basis),
        "tree_line": explanation(basis, request.person, only=only if kpi else "", everything=everything, at=at),
        "kpi": kpi,
        "card": card,
        "band": band_title(card.final, basis.scheme),
        "settled": is_settled(basis.run),
        "until": "" if basis.final else provisional_until(basis.run, at=at),
        "everything": everything,
        "here": here,
        "code": code_of(document_bytes(basis)),
        "paper": reverse(f"scores:{kind}passport", args=[key]),
        "file": reverse(f"scores:{kind}passport-file", args=[key]),
        "file_name": file_name(basis),
        "written": written,
        "top": digits(written(basis.scheme.full)),
    }
    return show(request, "scores/explain.html", context)


def _way_here(basis: Basis) -> dict[str, Any]:
    """The page that this score stands on."""
    if basis.evaluation is not None:
        address = reverse("evaluations:evaluation", args=[basis.evaluation.public_id])
        return {
            "crumbs": [
                (_("Scores and confirmation"), reverse("evaluations:list")),
                (_("Official scores, %(round)s") % {"round": round_title(basis.months)}, address),
            ],
            "section": "evaluations:list",
        }
    if basis.report is not None:
        address = reverse("assessments:report", args=[basis.report.public_id])
        return {
            "crumbs": [(_("Self-assessment report, %(round)s") % {"round": round_title(basis.months)}, address)],
            "section": "assessments:list",
        }
    address = reverse("results:scores", kwargs={"run": basis.run.public_id})
    return {"crumbs": [(_("Scores of the year"), address)], "section": "results:grid"}
