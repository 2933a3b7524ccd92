"""Whether a group's part of a report is where a move can take it from, and whether it has what the move needs."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.assessments.enums import PartMove, PartState
from raprong.assessments.models import AssessmentItem, GroupPart
from raprong.assessments.parts.workflow import MOVES, WITH_THE_GROUP
from raprong.assessments.policies import LONGEST_TEXT, check_can_change, faults_of_items
from raprong.core.faults import Fault, FaultList


def check_can_move(part: GroupPart, move: PartMove, *, at: datetime) -> None:
    """A part moves from where the move begins, as long as its report is being written."""
    check_can_change(part.assessment, at=at)
    starts, _to = MOVES[move]
    if part.state not in starts:
        raise Refused(_where(part))


def check_can_be_written(part: GroupPart | None) -> None:
    """A part is written while it lies with its group."""
    if part is not None and part.state not in WITH_THE_GROUP:
        raise Refused(_where(part) + " " + _("It can be written in again when it is sent back."))


def _where(part: GroupPart) -> str:
    words = {"group": part.group}
    return {
        PartState.WRITING: _("The part of %(group)s is not handed in yet."),
        PartState.RETURNED: _("The part of %(group)s was sent back and is not handed in again yet."),
        PartState.WITH_HEAD: _("The part of %(group)s was handed in and is looked at by the group head."),
        PartState.WITH_PLANNING: _("The part of %(group)s was passed on to planning."),
        PartState.GATHERED: _("The part of %(group)s is gathered."),
    }[PartState(part.state)] % words


def faults_before_handing_in(items: Sequence[AssessmentItem], *, unanswered: int, note: str) -> list[Fault]:
    """What each KPI of the part lacks, at its public id; and a word on reasons that nothing was changed for.

    `items` carry `standing_evidence`.
    """
    found = FaultList(faults_of_items(items))
    if unanswered and not note:
        found.add("note", _("Some of what was sent back has not changed. Change it, or write here why it stays."))
    if len(note) > LONGEST_TEXT:
        found.add("note", _("At most %(limit)s characters fit. Shorten it.") % {"limit": f"{LONGEST_TEXT:,}"})
    return found.faults


def parts_not_gathered(parts: Sequence[GroupPart], incomplete: set[int]) -> list[Fault]:
    """The parts that keep a report from being submitted, at `part-` and their public id.

    Of groups whose KPIs lack something, whose keys are `incomplete`, the KPIs say so themselves.
    """
    found = FaultList()
    for part in parts:
        if part.state != PartState.GATHERED and part.group_id not in incomplete:
            found.add(f"part-{part.public_id}", _where(part))
    return found.faults
