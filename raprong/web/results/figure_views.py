"""One figure of one month: its history, what is said and asked about it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results import comments, follow_up, permissions, questions
from raprong.results.models import CorrectiveAction, FigureComment, MonthlyResult
from raprong.results.months import last_day_of, month_title, round_on
from raprong.web.results import presenters
from raprong.web.results.figure_forms import ActionForm, AnswerForm, CommentForm, FigureForm, OutcomeForm
from raprong.web.results.figure_presenters import history_line
from raprong.web.results.grid_presenters import text_of
from raprong.web.results.levels import reached
from raprong.web.results.whereabouts import month_or_404
from raprong.web.shell.current import now
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@dataclass(frozen=True)
class Place:
    """The figure that a page is about: a KPI this person may read, and a month of its year."""

    kpi: KpiYear
    month: date
    at: datetime

    @property
    def run(self) -> Run:
        return self.kpi.run

    @property
    def stored(self) -> MonthlyResult | None:
        found = MonthlyResult.objects.filter(kpi=self.kpi, month=self.month)
        return found.select_related("kpi", "reported_by").order_by("pk").first()

    @property
    def action(self) -> CorrectiveAction | None:
        return follow_up.actions_of(self.run).filter(kpi=self.kpi, month=self.month).first()


@reads_on_get
def figure(request: HttpRequest, kpi: str, month: str) -> HttpResponse:
    """Everything about one figure; inside the grid as a panel."""
    return _page(request, _place(request, kpi, month))


@reads_on_get
def said(request: HttpRequest, comment: str) -> HttpResponse:
    """To the figure that a comment is about; a notice leads here."""
    found = get_object_or_404(FigureComment.objects.select_related("kpi"), public_id=comment)
    return _to_figure(request, found.kpi, found.month)


@reads_on_get
def acted(request: HttpRequest, action: str) -> HttpResponse:
    """To the figure that a corrective action is about; a notice leads here."""
    found = get_object_or_404(CorrectiveAction.objects.select_related("kpi"), public_id=action)
    return _to_figure(request, found.kpi, found.month)


@require_POST
def comment(request: HttpRequest, kpi: str, month: str) -> HttpResponse:
    """Say something about the figure."""
    place, form = _place(request, kpi, month), CommentForm(request.POST)

    def say() -> None:
        comments.comment(place.kpi, place.month, text=form.cleaned_data["text"], by=request.person, at=place.at)

    return _done(request, place, form, say, _("Your comment is there."), comment_form=form)


@require_POST
def answer(request: HttpRequest, kpi: str, month: str, rule: str) -> HttpResponse:
    """Say why the figure is right in spite of a question."""
    place, form = _place(request, kpi, month), AnswerForm(request.POST, prefix=rule)

    def confirm() -> None:
        because = form.cleaned_data["because"]
        questions.answer(place.kpi, place.month, rule, because=because, by=request.person, at=place.at)

    return _done(request, place, form, confirm, _("The answer stays beside the figure."), answer_form=(rule, form))


@require_POST
def action(request: HttpRequest, kpi: str, month: str) -> HttpResponse:
    """Write the cause and the corrective action."""
    place = _place(request, kpi, month)
    form = ActionForm(place.run, place.action, request.POST, on=day_of(place.at))

    def write() -> None:
        follow_up.write_action(
            place.kpi, place.month, form.plan(), seen=_version(request), by=request.person, at=place.at
        )

    return _done(request, place, form, write, _("Cause and action are written down."), action_form=form)


@require_POST
def close_action(request: HttpRequest, kpi: str, month: str) -> HttpResponse:
    """Say what was done, and close the action."""
    place, form = _place(request, kpi, month), OutcomeForm(request.POST)
    written = get_object_or_404(follow_up.actions_of(place.run), kpi=place.kpi, month=place.month)

    def close() -> None:
        outcome = form.cleaned_data["outcome"]
        follow_up.close_action(written, outcome=outcome, seen=_version(request), by=request.person, at=place.at)

    return _done(request, place, form, close, _("The action is closed."), outcome_form=form)


def _to_figure(request: HttpRequest, kpi: KpiYear, month: date) -> HttpResponse:
    place = _place(request, kpi.public_id, f"{month:%Y-%m}")
    return redirect("results:figure", kpi=place.kpi.public_id, month=f"{place.month:%Y-%m}")


def _place(request: HttpRequest, kpi: str, month: str) -> Place:
    at = now()
    found = get_object_or_404(
        KpiYear.objects.visible_to(request.person, on=day_of(at)).selected().with_people(), public_id=kpi
    )
    permissions.check_may_read(request.person, found.run, at=at)
    return Place(found, month_or_404(found.run, month), at)


def _done(
    request: HttpRequest, place: Place, form: FigureForm, act: Callable[[], None], sentence: str, **forms: Any
) -> HttpResponse:
    """Act and come back to the figure; or show the page again with every fault at its field."""
    if form.is_valid():
        try:
            act()
        except Faults as refused:
            form.place(refused)
        else:
            if not getattr(request, "htmx", False):  # in the panel the figure itself shows it
                messages.success(request, sentence)
            return redirect("results:figure", kpi=place.kpi.public_id, month=f"{place.month:%Y-%m}")
    return _page(request, place, status=422, **forms)


def _page(
    request: HttpRequest,
    place: Place,
    *,
    status: int = 200,
    comment_form: FigureForm | None = None,
    answer_form: tuple[str, FigureForm] | None = None,
    action_form: FigureForm | None = None,
    outcome_form: FigureForm | None = None,
) -> HttpResponse:
    kpi, run, stored, written = place.kpi, place.run, place.stored, place.action
    asked = [one for one in questions.questions_of_kpi(kpi) if one.result.month == place.month]
    level = follow_up.level_asked(run)
    wanted = bool(
        stored
        and level is not None
        and follow_up.is_judged(run, kpi, place.month)
        and follow_up.is_below(run, stored, level)
    )
    shown_forms = [form for form in (comment_form, answer_form and answer_form[1], action_form, outcome_form) if form]
    context = {
        "title": f"{digits(kpi.code)} {kpi.title}",
        "subtitle": month_title(place.month),
        "run": run,
        "kpi": kpi,
        "month": place.month,
        "code": f"{place.month:%Y-%m}",
        "stored": stored,
        "text": text_of(stored),
        "inputs": presenters.inputs_said(kpi, stored.inputs) if stored else "",
        "level": reached(kpi, stored.value, months=round_on(run, last_day_of(run, place.month))) if stored else None,
        "history": [history_line(entry, kpi) for entry in comments.history_of_figure(kpi, place.month)],
        "comments": list(comments.comments_on(kpi, place.month)),
        "asked": [(one, _answer_form(one.question.rule, answer_form)) for one in asked],
        "wanted": wanted and written is None,
        "written": written,
        "why_not": refusal(permissions.check_may_report_for, request.person, run, kpi.group, at=place.at),
        "why_not_close": refusal(follow_up.check_may_close_action, request.person, written, at=place.at)
        if written
        else "",
        "comment_form": comment_form or CommentForm(),
        "action_form": action_form or ActionForm(run, written, on=day_of(place.at)),
        "outcome_form": outcome_form or OutcomeForm(),
        "faulty": shown_forms,
    }
    return show(request, "results/figure.html", context, fragment="figure", status=status)


def _answer_form(rule: str, posted: tuple[str, FigureForm] | None) -> FigureForm:
    return posted[1] if posted and posted[0] == rule else AnswerForm(prefix=rule)


def _version(request: HttpRequest) -> int:
    """The version that was read; 0 where there was none."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else 0
