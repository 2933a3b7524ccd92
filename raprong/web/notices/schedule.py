"""What runs when: the jobs that come back by themselves, the rules of reminders in words, and whom they reach next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from raprong.access.roles import all_roles
from raprong.core.models import RegularRun
from raprong.core.regular import all_jobs
from raprong.lib.reminders import EscalationRule, ReminderRule
from raprong.notifications.models import PlannedReminder
from raprong.organisation.models import Agency
from raprong.web.home.reminding import reminder_rules
from raprong.web.shell.filters import digits

# The kinds of things that wait, by the first word of their key; see `web.home.waiting`.
THINGS: dict[str, str | Promise] = {
    "vacancy": gettext_lazy("Role that nobody holds"),
    "seal": gettext_lazy("Seal certificate that ends"),
    "start": gettext_lazy("Year to start"),
    "step": gettext_lazy("Step of the SOP"),
    "write": gettext_lazy("Piece of a group to write"),
    "hand-in": gettext_lazy("Piece of a group"),
    "check": gettext_lazy("Piece to check"),
    "part": gettext_lazy("Part of a report to write"),
    "pass": gettext_lazy("Part of a report to look at"),
    "gather": gettext_lazy("Parts of a report to gather"),
    "prove": gettext_lazy("Evidence that is missing"),
    "factor": gettext_lazy("External factor to decide"),
    "follow": gettext_lazy("Recommendation to act on"),
    "followed": gettext_lazy("Recommendation to look at"),
    "result": gettext_lazy("Preliminary result to open"),
    "object": gettext_lazy("Result to accept or object to"),
    "panel": gettext_lazy("Panel to name"),
    "decide": gettext_lazy("Objection to decide"),
    "vote": gettext_lazy("Decision to vote on"),
    "final": gettext_lazy("Result to make final"),
    "write-letter": gettext_lazy("Letter to draft"),
    "draft": gettext_lazy("Draft of a letter to hand in"),
    "check-letter": gettext_lazy("Letter to check"),
    "change": gettext_lazy("Letter sent back"),
    "month": gettext_lazy("Month's figures"),
    "upload": gettext_lazy("Upload to take in"),
    "sheets": gettext_lazy("Detail sheets to deposit"),
    "close": gettext_lazy("Month to close"),
    "cause": gettext_lazy("Cause to write"),
    "doubt": gettext_lazy("Figure that is asked about"),
    "act": gettext_lazy("Corrective action"),
    "report": gettext_lazy("Self-assessment report"),
    "package": gettext_lazy("Package for the department's own system"),
    "open-signing": gettext_lazy("Agreement to open for signing"),
    "sign": gettext_lazy("Paper to sign"),
    "declined": gettext_lazy("Signature that was declined"),
    "paper": gettext_lazy("Paper signed by hand to hand in"),
    "scan": gettext_lazy("Signed paper to look at"),
    "acknowledge": gettext_lazy("KPIs to acknowledge"),
    "seed": gettext_lazy("Seed to publish"),
    "score": gettext_lazy("Report to score"),
    "confirm": gettext_lazy("Scores to confirm"),
    "meeting": gettext_lazy("Meeting to close"),
    "answer": gettext_lazy("Question to answer"),
    "look": gettext_lazy("Answer to look at"),
    "send": gettext_lazy("Letter to send"),
    "read": gettext_lazy("Letter to read"),
}


@dataclass(frozen=True)
class JobLine:
    """A regular job: when it runs next, when it ran last, how many things it did then, and whether it failed."""

    title: str | Promise
    next_at: datetime | None
    last_at: datetime | None
    done: int
    failed: bool


@dataclass(frozen=True)
class RuleLine:
    """A rule by its title, and in words: on which days, of what, to whom."""

    title: str
    when: str
    of: str
    to: str


def jobs() -> list[JobLine]:
    runs = {run.code: run for run in RegularRun.objects.all()}
    return [_job(job.title, runs.get(job.code)) for job in all_jobs()]


def _job(title: str | Promise, run: RegularRun | None) -> JobLine:
    if run is None:
        return JobLine(title, None, None, 0, False)
    return JobLine(title, run.next_at, run.ended_at, run.done, bool(run.fault))


def rules() -> list[RuleLine]:
    found = reminder_rules()
    own = _("whoever should do it")
    reminders = [RuleLine(_title(rule), _mornings(rule), _things(rule.of), own) for rule in found.reminders]
    return reminders + [
        RuleLine(_title(rule), _late(rule.working_days), _things(rule.of), ", ".join(map(_role, rule.to)))
        for rule in found.escalations
    ]


def rule_titles() -> dict[str, str]:
    found = reminder_rules()
    titles = {rule.code: _title(rule) for rule in found.reminders}
    return titles | {rule.code: _title(rule) for rule in found.escalations}


def planned_for(agency: Agency) -> QuerySet[PlannedReminder]:
    """Whom the rules reach next if nothing is done until then, the earliest first."""
    return PlannedReminder.objects.filter(person__agency=agency).select_related("person")


def thing(planned: PlannedReminder) -> str | Promise:
    """What kind of thing waits. Its title stays with those who do it: it may name a letter that others may not see."""
    return THINGS[planned.key.split(" ", 1)[0]]


def _title(rule: ReminderRule | EscalationRule) -> str:
    return rule.title if get_language() == "th" else rule.title_en


def _role(code: str) -> str:
    role = all_roles()[code]
    return role.title if get_language() == "th" else role.title_en


def _things(kinds: frozenset[str]) -> str:
    return ", ".join(str(words) for kind, words in THINGS.items() if kind in kinds)


def _mornings(rule: ReminderRule) -> str:
    before = [-days for days in rule.working_days if days < 0]
    after = [days for days in rule.working_days if days > 0]
    said = []
    if before:
        said.append(_("%(days)s working days before the due day") % {"days": _list(before)})
    if 0 in rule.working_days:
        said.append(_("on the due day") if rule.counted_from == "due" else _("on the day it came"))
    if after:
        words = _("%(days)s working days after the due day")
        said.append((words if rule.counted_from == "due" else _after_asked()) % {"days": _list(after)})
    if rule.then_every:
        said.append(_("then every %(days)s working days until it is done") % {"days": digits(rule.then_every)})
    return " · ".join(said)


def _after_asked() -> str:
    return _("%(days)s working days after it came")


def _late(days: int) -> str:
    words = ngettext("once, %(days)s working day late", "once, %(days)s working days late", days)
    return words % {"days": digits(days)}


def _list(numbers: list[int]) -> str:
    return _(" and ").join(digits(number) for number in numbers)
