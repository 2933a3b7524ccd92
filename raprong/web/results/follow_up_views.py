"""Figures below the chosen level and what is done about them; questions that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.kpis.criteria_words import figure_words
from raprong.kpis.queries import scheme_of
from raprong.processes.models import Run
from raprong.results.follow_up import actions_of, choose_level, level_asked, unexplained
from raprong.results.models import CorrectiveAction
from raprong.results.questions import questions_of_run
from raprong.web.results import presenters
from raprong.web.results.figure_forms import LevelForm
from raprong.web.results.grid_presenters import text_of
from raprong.web.results.whereabouts import chosen_group, groups_of, readable
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show


@dataclass(frozen=True)
class ActionLine:
    """A corrective action in the list."""

    action: CorrectiveAction
    figure: str
    overdue: bool


@reads_on_get
def follow_up(request: HttpRequest, run: str) -> HttpResponse:
    """What waits for a cause, what is under way, what is overdue, and what is done; the level that is asked from."""
    found, at = readable(request, run)
    form = LevelForm(_levels(found), request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            choose_level(found, Decimal(form.cleaned_data["below"]), by=request.person, at=at)
        except Faults as refused:
            form.place(refused)
        else:
            messages.success(request, _("The level is chosen."))
            return redirect("results:follow-up", run=found.public_id)
    return _page(request, found, form, status=422 if form.errors else 200, at=at)


def _page(request: HttpRequest, run: Run, form: LevelForm, *, status: int, at: datetime) -> HttpResponse:
    groups = groups_of(run)
    group = chosen_group(request, run, groups, at=at)
    actions = actions_of(run).filter(kpi__group=group) if group else actions_of(run)
    lines = [_line(action, on=day_of(at)) for action in actions]
    level = level_asked(run)
    asked = [one for one in questions_of_run(run, group=group) if one.answer is None]
    context = {
        "title": _("Follow-up"),
        "run": run,
        "groups": groups,
        "group": group,
        "name_of": presenters.name_of,
        "level": figure_words(level) if level is not None else "",
        "form": form,
        "why_not_choose": refusal(check_holds, request.person, "results.close", run.unit, on=day_of(at)),
        "waiting": [(one, text_of(one)) for one in unexplained(run, group=group)],
        "open": [line for line in lines if line.action.closed_at is None],
        "overdue": sum(line.overdue for line in lines),
        "done": [line for line in lines if line.action.closed_at is not None],
        "asked": asked,
        "code_of": _code_of,
    }
    return show(request, "results/follow_up.html", context, status=status)


def _line(action: CorrectiveAction, *, on: date) -> ActionLine:
    overdue = action.closed_at is None and action.due_on < on
    return ActionLine(action, presenters.told(action.kpi, action.figure), overdue)


def _levels(run: Run) -> list[tuple[str, str]]:
    """The levels of the year's scale, without the lowest: nothing lies below it."""
    scores = scheme_of(run).scores[1:]
    return [(figure_words(score), _("level %(level)s") % {"level": digits(figure_words(score))}) for score in scores]


def _initial(run: Run) -> dict[str, str]:
    level = level_asked(run)
    return {} if level is None else {"below": figure_words(level)}


def _code_of(month: date) -> str:
    return f"{month:%Y-%m}"
