"""Answers about the parts of a report: whose they are, where they lie, and what was said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from raprong.access.queries import holds, people_with_role
from raprong.access.roles import roles_that_hold
from raprong.assessments.enums import ItemField
from raprong.assessments.models import AssessmentItem, GroupPart, Remark, SelfAssessment
from raprong.assessments.rounds import due_on
from raprong.evidence.models import Credit
from raprong.lib.sop.shape import ReportParts
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.processes.queries import acts_for, calendar_of, party_people

CHECK, GATHER = "assessments.check", "assessments.gather"


@dataclass(frozen=True)
class OpenRemark:
    """A reason that still stands: what it points at reads as it did when it was given."""

    item: AssessmentItem
    remark: Remark


def rules_of(run: Run) -> ReportParts | None:
    """How the run's SOP lets parts come together; None where a report is written as one."""
    return run.definition.reporting.parts


def parts_due_on(run: Run, months: int) -> date:
    """The day by which the groups hand their parts in."""
    rules, due = rules_of(run), due_on(run, months)
    days = rules.working_days_before_due if rules else 0
    return calendar_of(run.fiscal_year).before_working_days(due, days) if days else due


def parts_of(assessment: SelfAssessment) -> list[GroupPart]:
    """The parts of a report in the order of their groups; none where it is written as one."""
    people = ("handed_in_by", "passed_by", "gathered_by", "sent_back_by")
    found = assessment.parts.select_related("group__parent", "assessment__run__unit", "assessment__run__sop", *people)
    return sorted(found, key=lambda part: (part.group.order, part.group.name))


def part_of(item: AssessmentItem) -> GroupPart | None:
    """The part of its group that a KPI belongs to."""
    return GroupPart.objects.filter(assessment=item.assessment_id, group=item.kpi.group_id).first()


def checkers_of(part: GroupPart, *, on: date) -> list[Person]:
    """Who looks at a part before it goes on: those of the checking party in its group who did not write it.

    Where there is none of them, such as in a group without a head, whoever else may check there does it: the planning
    officer or the director, as long as they wrote nothing in it either.
    """
    rules = rules_of(part.assessment.run)
    if rules is None or rules.checked_by is None:
        return []
    barred = writers_of(part) if rules.second_person else set()
    role = part.assessment.run.definition.party(rules.checked_by).role
    heads = [person for person in people_with_role(role, part.group, on=on) if person.pk not in barred]
    return heads or [person for person in _all_who_check(part.group, on=on) if person.pk not in barred]


def _all_who_check(group: Unit, *, on: date) -> list[Person]:
    """Everybody whose role, held anywhere in the unit, reaches the group with the right to check."""
    office = group.office
    found = {
        person.pk: person
        for role in roles_that_hold(CHECK)
        for place in (office, *office.groups.all())
        for person in people_with_role(role, place, on=on)
        if holds(person, CHECK, group, on=on)
    }
    return sorted(found.values(), key=lambda person: person.name)


def writers_of(part: GroupPart) -> set[int]:
    """The keys of everybody who wrote something in a part."""
    items = AssessmentItem.objects.filter(assessment=part.assessment_id, kpi__group=part.group_id)
    return set(items.filter(writers__isnull=False).values_list("writers", flat=True))


def gatherers_of(run: Run, *, on: date) -> list[Person]:
    """Who gathers the parts: the people of the party that the SOP names."""
    rules = rules_of(run)
    return list(party_people(run, run.definition.party(rules.gathered_by), on=on)) if rules else []


def submitters_of(run: Run, *, on: date) -> list[Person]:
    """Who submits the whole, where the SOP says so."""
    rules = rules_of(run)
    parties = [run.definition.party(code) for code in rules.submitted_by] if rules else []
    found = {person.pk: person for party in parties for person in party_people(run, party, on=on)}
    return list(found.values())


def acts_as_submitter(person: Person, run: Run, *, on: date) -> bool:
    """Whether somebody is of a party that the SOP lets submit; everybody is where it names none."""
    rules = rules_of(run)
    if rules is None:
        return True
    return any(acts_for(person, run, run.definition.party(code), on=on) for code in rules.submitted_by)


def value_of(item: AssessmentItem, field: str, credits: Sequence[Credit]) -> str:
    """What a field of a KPI's part reads, as one text: a reason to send it back stands until this changes."""
    if field == ItemField.RESULT:
        return format(item.result.normalize(), "f") if item.result is not None else item.status
    if field == ItemField.EVIDENCE:
        return " ".join(sorted(f"{credit.pk}:{credit.file.sha256}" for credit in credits))
    return str(getattr(item, field))


def open_remarks(
    assessment: SelfAssessment, items: Iterable[AssessmentItem], credits: Mapping[int, Sequence[Credit]]
) -> list[OpenRemark]:
    """The reasons of a report that still stand, newest first. `credits` are the evidence by the key of its item."""
    by_key = {item.pk: item for item in items}
    remarks = Remark.objects.filter(item__assessment=assessment).select_related("written_by").order_by("-written_at")
    return [
        OpenRemark(by_key[remark.item_id], remark)
        for remark in remarks
        if remark.item_id in by_key
        and value_of(by_key[remark.item_id], remark.field, credits.get(remark.item_id, ())) == remark.was
    ]


def is_punctual(part: GroupPart, *, today: date) -> bool | None:
    """Whether a part was first handed in by its day; None while there is time."""
    due = parts_due_on(part.assessment.run, part.assessment.months)
    if part.first_handed_in_on is not None:
        return part.first_handed_in_on <= due
    return None if today <= due else False
