"""A group's part of a report in words: where it lies, with whom, and what this person may do. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.rules import refusal
from raprong.assessments.enums import ItemField, PartState
from raprong.assessments.models import GroupPart, Remark
from raprong.assessments.parts import permissions
from raprong.assessments.parts.queries import (
    OpenRemark,
    checkers_of,
    gatherers_of,
    is_punctual,
    parts_due_on,
    rules_of,
    submitters_of,
)
from raprong.assessments.queries import Completeness
from raprong.organisation.models import Person, Unit
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, moment, short_date

PILLS = {
    PartState.WRITING: "now",
    PartState.RETURNED: "returned",
    PartState.WITH_HEAD: "now",
    PartState.WITH_PLANNING: "now",
    PartState.GATHERED: "done",
}
MOST_NAMES = 3  # of those who hold a part; more are counted


@dataclass(frozen=True)
class PartView:
    """One group's part as the pages show it. An empty sentence in `why_not` means that the move is open."""

    part: GroupPart
    complete: int
    count: int
    holder: str
    punctual: bool | None
    due_on: date
    why_not: Mapping[str, str] = field(default_factory=dict)

    @property
    def group(self) -> Unit:
        return self.part.group

    @property
    def name(self) -> str:
        return unit_name(self.part.group)

    @property
    def anchor(self) -> str:
        return f"part-{self.part.public_id}"

    @property
    def address(self) -> str:
        return reverse("assessments:part", args=[self.part.public_id])

    @property
    def pill(self) -> tuple[str, str]:
        return PILLS[PartState(self.part.state)], str(self.part.get_state_display())

    @property
    def punctuality(self) -> tuple[str, str]:
        """Whether it was handed in by its day, as a pill."""
        first = self.part.first_handed_in_on
        if first is None:
            if self.punctual is None:
                return "wait", _("By %(day)s") % {"day": short_date(self.due_on)}
            return "late", _("Not handed in, was due %(day)s") % {"day": short_date(self.due_on)}
        if self.punctual:
            return "done", _("In time, %(day)s") % {"day": short_date(first)}
        days = (first - self.due_on).days
        words = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": digits(days)}
        return "late", words

    @property
    def open_moves(self) -> set[str]:
        return {move for move, sentence in self.why_not.items() if not sentence}

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The part's way: what is done, by whom and when, and with whom it is now."""
        rules = rules_of(self.part.assessment.run)
        looked_at = rules is not None and rules.checked_by is not None
        order = [PartState.WRITING, *([PartState.WITH_HEAD] if looked_at else []), PartState.WITH_PLANNING]
        reached = self._reached(order)
        labels = {
            PartState.WRITING: _("Written by the group"),
            PartState.WITH_HEAD: _("Looked at by the group head"),
            PartState.WITH_PLANNING: _("Gathered by planning"),
        }
        return [
            {
                "text": labels[state],
                "ok": True if place < reached else None,
                "note": self._done_by(state) if place < reached else self.holder if place == reached else "",
            }
            for place, state in enumerate(order)
        ]

    def _reached(self, order: Sequence[PartState]) -> int:
        if self.part.state == PartState.GATHERED:
            return len(order)
        state = PartState(self.part.state)
        return 0 if state == PartState.RETURNED else order.index(state) if state in order else 0

    def _done_by(self, state: PartState) -> str:
        part = self.part
        person, at = {
            PartState.WRITING: (part.handed_in_by, part.handed_in_at),
            PartState.WITH_HEAD: (part.passed_by, part.passed_at),
            PartState.WITH_PLANNING: (part.gathered_by, part.gathered_at),
        }[state]
        return f"{person} · {moment(at)}" if person and at else ""


def part_view(part: GroupPart, standing: Completeness, person: Person, *, today: date, at: datetime) -> PartView:
    checks = {
        "hand-in": permissions.check_may_hand_in,
        "take-back": permissions.check_may_take_back,
        "pass-on": permissions.check_may_pass_on,
        "gather": permissions.check_may_gather,
        "send-back": permissions.check_may_send_back,
    }
    return PartView(
        part=part,
        complete=standing.complete,
        count=standing.count,
        holder=holder_of(part, on=today),
        punctual=is_punctual(part, today=today),
        due_on=parts_due_on(part.assessment.run, part.assessment.months),
        why_not={move: refusal(check, person, part, at=at) for move, check in checks.items()},
    )


def holder_of(part: GroupPart, *, on: date) -> str:
    """In whose hands a part lies."""
    run = part.assessment.run
    if part.assessment.submitted_at is not None:
        return ""
    if part.state == PartState.WITH_HEAD:
        return _names(checkers_of(part, on=on))
    if part.state == PartState.WITH_PLANNING:
        return _names(gatherers_of(run, on=on))
    if part.state == PartState.GATHERED:
        return _names(submitters_of(run, on=on))
    return unit_name(part.group)


def _names(people: Sequence[Person]) -> str:
    shown = ", ".join(person.name for person in people[:MOST_NAMES])
    more = len(people) - MOST_NAMES
    if more > 0:
        return _("%(names)s and %(more)s more") % {"names": shown, "more": digits(more)}
    return shown or _("nobody yet; a role has to be given")


def remarks_by_field(remarks: Sequence[OpenRemark]) -> dict[int, dict[str, list[Remark]]]:
    """The reasons that still stand, by the key of their item and by field."""
    found: dict[int, dict[str, list[Remark]]] = {}
    for each in remarks:
        found.setdefault(each.item.pk, {}).setdefault(each.remark.field, []).append(each.remark)
    return found


def labelled(remarks: Mapping[str, Sequence[Remark]]) -> list[tuple[str, Remark]]:
    """Every reason about a KPI with the name of its field, in the order of the report."""
    return [(str(name.label), remark) for name in ItemField for remark in remarks.get(name, ())]
