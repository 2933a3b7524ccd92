"""The verbs of a group's part of a report: handed in, taken back, passed on, gathered, sent back with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.assessments import notices
from raprong.assessments.enums import ItemField, PartMove, PartState
from raprong.assessments.models import AssessmentItem, GroupPart, Remark, SelfAssessment
from raprong.assessments.parts import permissions, policies
from raprong.assessments.parts.queries import open_remarks, rules_of, value_of
from raprong.assessments.parts.workflow import MOVES
from raprong.assessments.queries import evidence_by_item, items_of
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import Faults, all_at_once
from raprong.core.freshness import check_fresh
from raprong.organisation.models import Person

LONGEST_REASON = 2_000  # characters of one reason


@dataclass(frozen=True)
class Reason:
    """Why a part goes back: which KPI, which of its fields, and what is wrong there."""

    item: AssessmentItem
    field: str
    text: str


@transaction.atomic
def hand_in(part: GroupPart, *, note: str = "", seen: int | None = None, by: Person, at: datetime) -> GroupPart:
    """Hand a group's part to its head, or straight to planning where the SOP asks no head to look.

    Refused with everything that its KPIs lack, and with reasons of a return that nothing was changed for, unless the
    note says why.
    """
    part = locked_part(part)
    permissions.check_may_hand_in(by, part, at=at)
    check_fresh(part, seen)
    items, note = _items(part), note.strip()
    unanswered = open_remarks(part.assessment, items, evidence_by_item(part.assessment))
    if faults := policies.faults_before_handing_in(items, unanswered=len(unanswered), note=note):
        raise Faults(faults)

    part.state, part.note = _after_handing_in(part), note
    part.handed_in_at, part.handed_in_by = at, by
    part.first_handed_in_on = part.first_handed_in_on or day_of(at)
    _save(part, "note", "handed_in_at", "handed_in_by", "first_handed_in_on")

    notices.tell_of_part(part, by=by, at=at)
    _record("assessment.part_handed_in", part, by=by, at=at, note=note)
    return part


@transaction.atomic
def take_back(part: GroupPart, *, by: Person, at: datetime) -> GroupPart:
    """The group takes its part back before anybody has passed it on."""
    part = locked_part(part)
    permissions.check_may_take_back(by, part, at=at)

    _starts, part.state = MOVES[PartMove.TAKE_BACK]
    _save(part)

    _record("assessment.part_taken_back", part, by=by, at=at)
    return part


@transaction.atomic
def pass_on(part: GroupPart, *, seen: int | None = None, by: Person, at: datetime) -> GroupPart:
    """The group's head has looked at the part and passes it on to planning."""
    part = locked_part(part)
    permissions.check_may_pass_on(by, part, at=at)
    check_fresh(part, seen)

    _starts, part.state = MOVES[PartMove.PASS_ON]
    part.passed_at, part.passed_by = at, by
    _save(part, "passed_at", "passed_by")

    notices.tell_of_part(part, by=by, at=at)
    _record("assessment.part_passed_on", part, by=by, at=at)
    return part


@transaction.atomic
def gather(part: GroupPart, *, seen: int | None = None, by: Person, at: datetime) -> GroupPart:
    """Planning takes a part as complete. With the last one, those who submit are told."""
    part = locked_part(part)
    permissions.check_may_gather(by, part, at=at)
    check_fresh(part, seen)

    _starts, part.state = MOVES[PartMove.GATHER]
    part.gathered_at, part.gathered_by = at, by
    _save(part, "gathered_at", "gathered_by")

    if not part.assessment.parts.exclude(state=PartState.GATHERED).exists():
        notices.tell_submitters(part.assessment, by=by, at=at)
    _record("assessment.part_gathered", part, by=by, at=at)
    return part


@transaction.atomic
def send_back(
    part: GroupPart,
    reasons: Sequence[Reason],
    *,
    because: str = "",
    seen: int | None = None,
    by: Person,
    at: datetime,
) -> GroupPart:
    """Send a part back to its group, with the reasons at the fields that are to change, or one for the whole part.

    A reason stands at its field until what the field says changes. Refused without any reason.
    """
    part = locked_part(part)
    permissions.check_may_send_back(by, part, at=at)
    check_fresh(part, seen)
    because = because.strip()
    _check_reasons(part, reasons, because)

    credits, items = evidence_by_item(part.assessment), {item.pk: item for item in _items(part)}
    for reason in reasons:
        item = items[reason.item.pk]  # as it reads now, whenever the person asking opened it
        Remark.objects.create(
            item=item,
            field=reason.field,
            was=value_of(item, reason.field, credits.get(item.pk, ())),
            text=reason.text.strip(),
            written_at=at,
            written_by=by,
        )
    _starts, part.state = MOVES[PartMove.SEND_BACK]
    part.sent_back_at, part.sent_back_by, part.sent_back_because = at, by, because
    _save(part, "sent_back_at", "sent_back_by", "sent_back_because")

    notices.tell_group(part, because=because or reasons[0].text.strip(), by=by, at=at)
    told = {f"{reason.item.kpi.code} {reason.field}": reason.text.strip() for reason in reasons}
    _record("assessment.part_sent_back", part, by=by, at=at, because=because, reasons=told)
    return part


def begin_parts(assessment: SelfAssessment) -> None:
    """Give every group with KPIs in a report its part, where the SOP lets parts come together."""
    if rules_of(assessment.run) is None:
        return
    groups = set(assessment.items.values_list("kpi__group", flat=True))
    for group in groups - set(assessment.parts.values_list("group", flat=True)):
        GroupPart.objects.create(assessment=assessment, group_id=group)


def look_again(assessment: SelfAssessment, groups: set[int], *, by: Person, at: datetime) -> list[str]:
    """Figures changed under parts that were passed on: they go back to whoever looks at them first.

    Answers the names of the groups whose part moved.
    """
    passed = assessment.parts.filter(group__in=groups, state__in=(PartState.WITH_PLANNING, PartState.GATHERED))
    moved = []
    for part in passed.select_for_update(of=("self",)).select_related("group"):
        part.assessment = assessment
        if part.state == (state := _after_handing_in(part)):
            continue
        part.state = state
        _save(part)
        notices.tell_of_part(part, by=by, at=at)
        moved.append(part.group.name)
    return moved


def locked_part(part: GroupPart) -> GroupPart:
    """The report is locked before its parts, as it is before its items."""
    assessment = (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("run__unit", "run__sop")
        .get(pk=part.assessment_id)
    )
    part = GroupPart.objects.select_for_update(of=("self",)).select_related("group__parent").get(pk=part.pk)
    part.assessment = assessment
    return part


def _after_handing_in(part: GroupPart) -> str:
    rules = rules_of(part.assessment.run)
    if rules is not None and rules.checked_by is None:
        return PartState.WITH_PLANNING
    _starts, state = MOVES[PartMove.HAND_IN]
    return state


def _items(part: GroupPart) -> list[AssessmentItem]:
    return [item for item in items_of(part.assessment) if item.kpi.group_id == part.group_id]


def _check_reasons(part: GroupPart, reasons: Sequence[Reason], because: str) -> None:
    own = {item.pk for item in _items(part)}
    with all_at_once() as found:
        if not reasons and not because:
            found.add("because", _("Say what the group should change: at a field, or for the whole part."))
        if len(because) > LONGEST_REASON:
            found.add("because", _("At most %(limit)s characters fit. Shorten it.") % {"limit": f"{LONGEST_REASON:,}"})
        for reason in reasons:
            place = place_of(reason.item, reason.field)
            if reason.item.pk not in own or reason.field not in ItemField.values:
                found.add(place, _("This field is not in the part of %(group)s.") % {"group": part.group})
            elif not reason.text.strip():
                found.add(place, _("Say what is to change here."))
            elif len(reason.text) > LONGEST_REASON:
                limit = {"limit": f"{LONGEST_REASON:,}"}
                found.add(place, _("At most %(limit)s characters fit. Shorten it.") % limit)


def place_of(item: AssessmentItem, field: str) -> str:
    """The name of a field's place in the form that sends a part back."""
    return f"reason-{item.public_id}-{field}"


def _save(part: GroupPart, *fields: str) -> None:
    """A part that moves makes a new version of itself and of its report."""
    part.version += 1
    part.save(update_fields=["state", "version", *fields])
    part.assessment.version += 1
    part.assessment.save(update_fields=["version"])


def _record(kind: str, part: GroupPart, *, by: Person, at: datetime, **facts: Any) -> None:
    run = part.assessment.run
    said = {name: fact for name, fact in facts.items() if fact}
    record(kind, about=part, by=by, at=at, place=run.unit, fiscal_year=run.fiscal_year, group=part.group.name, **said)
