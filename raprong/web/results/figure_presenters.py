"""A single figure with its history in words. No queries here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.audit.models import Entry
from raprong.kpis.models import KpiYear
from raprong.results.enums import ResultStatus
from raprong.results.marks import Marks
from raprong.web.results.presenters import inputs_said, told
from raprong.web.shell.filters import digits


@dataclass(frozen=True)
class HistoryLine:
    """Who did what to a figure: what stood there before and after, with the remark given then."""

    person: str
    at: datetime
    deed: str
    before: str
    after: str
    note: str


def history_line(entry: Entry, kpi: KpiYear) -> HistoryLine:
    """An entry of the trail about a figure."""
    after = entry.facts.get("after")
    return HistoryLine(
        entry.by_name,
        entry.at,
        str(entry.sentence),
        figure_of(entry.facts.get("before"), kpi),
        figure_of(after, kpi) if after else _("not reported"),
        after["note"] if after else "",
    )


def figure_of(facts: Mapping[str, Any] | None, kpi: KpiYear) -> str:
    """A figure as the trail or a closing keeps it, with the inputs it was reckoned from."""
    if facts is None:
        return ""
    if facts["value"] is None:
        return _("no data") if facts["status"] == ResultStatus.MISSING else _("n/a")
    figure, inputs = told(kpi, Decimal(facts["value"])), inputs_said(kpi, facts.get("inputs", {}))
    return f"{figure} ({inputs})" if inputs else figure


@dataclass(frozen=True)
class MarkView:
    """What hangs on a figure, as signs beside it and as words for those who hear them."""

    sign: str
    words: str


def marks_view(marks: Marks | None) -> MarkView | None:
    """The signs of a cell, the most urgent first; none where nothing hangs on it."""
    if not marks:
        return None
    open_questions, comments = marks.unanswered, marks.comments
    said = [
        ("⚑", _("cause and action are asked for")) if marks.action_missing else None,
        ("?", _("not answered: %(sentence)s") % {"sentence": _first(marks)}) if open_questions else None,
        ("✓?", _("confirmed with a reason")) if marks.asked and not open_questions else None,
        ("⚐", _("a corrective action is under way")) if marks.action_open else None,
        ("⚐", _("a corrective action is done")) if marks.action_done else None,
        (f"✎{comments}", _comments(comments)) if comments else None,
    ]
    held = [one for one in said if one]
    return MarkView(" ".join(sign for sign, _words in held), "; ".join(words for _sign, words in held))


def _first(marks: Marks) -> str:
    return next(one.sentence for one in marks.asked if one.answer is None)


def _comments(count: int) -> str:
    return ngettext("%(count)s comment", "%(count)s comments", count) % {"count": digits(count)}
