"""When a score of the year becomes final, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.evaluations.policies import CARD
from raprong.evaluations.queries import final_evaluation_of
from raprong.processes.models import Run
from raprong.processes.queries import bare_standing_of, step_with_work
from raprong.processes.words import title_of
from raprong.web.shell.filters import digits, short_date


def is_settled(run: Run) -> bool:
    """Whether the official score of the year is confirmed."""
    evaluation = final_evaluation_of(run)
    return evaluation is not None and evaluation.is_final


def provisional_until(run: Run, *, at: datetime) -> str:
    """What makes the year's score final: the step in which it is confirmed, and its day where the SOP gives one."""
    if is_settled(run):
        return _("The official score of the year is confirmed. This one stands beside it and may differ.")
    step = step_with_work(run, CARD)
    if step is None:
        return _("Provisional until the official score is confirmed")
    due = bare_standing_of(run, at=at).step(step.code).due_at
    words = {"step": digits(step.number), "title": title_of(step)}
    if due is None:
        return _("Provisional until step %(step)s, %(title)s, is done") % words
    return _("Provisional until step %(step)s, %(title)s, is done, due %(day)s") % (words | {"day": short_date(due)})
