"""What waits for a person of self-assessment reports: to open, to write, to look at, to gather, to submit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.assessments import permissions
from raprong.assessments.enums import ExportState, PartState
from raprong.assessments.exports.layouts import layout_of
from raprong.assessments.exports.permissions import check_may_export
from raprong.assessments.models import GroupPart, SelfAssessment
from raprong.assessments.parts import permissions as part_permissions
from raprong.assessments.parts.queries import parts_due_on, parts_of
from raprong.assessments.policies import CARD
from raprong.assessments.queries import Completeness, RoundStanding, completeness_by_group, items_of, rounds_standing
from raprong.assessments.rounds import due_on, round_title
from raprong.processes.models import Run
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits, in_thai, moment

WRITE = "assessments.write"
ENDED_IN_VAIN = (ExportState.CANCELLED, ExportState.FAILED)


def reports(desk: Desk) -> Iterator[Waiting]:
    """Reports of rounds whose last month has come, until they are submitted."""
    for run, standing in desk.runs:
        if desk.is_open(run, standing, CARD):
            for stands in rounds_standing(run):
                if stands.opens_on <= desk.on and not stands.submitted:
                    yield from _report(desk, run, stands)


def _report(desk: Desk, run: Run, stands: RoundStanding) -> Iterator[Waiting]:
    words, report = {"round": round_title(stands.months)}, stands.assessment
    known: Any = {
        "due_on": stands.due_on,
        "key": f"report {run.public_id} {stands.months}",
        "place": run.unit,
        "run": run,
    }
    if report is None:
        if not refusal(permissions.check_may_open, desk.person, run, stands.months, at=desk.at):
            yield Waiting(
                title=_("Open the report of the %(round)s") % words,
                sentence=_("It is drafted from the monthly results."),
                url=reverse("assessments:list", kwargs={"run": run.public_id}),
                label=_("Open"),
                primary=True,
                **known,
            )
        return
    parts, groups = parts_of(report), completeness_by_group(items_of(report))
    page = reverse("assessments:report", kwargs={"assessment": report.public_id})
    if _is_whole(parts, groups) and not refusal(permissions.check_may_submit, desk.person, report, at=desk.at):
        yield Waiting(
            title=_("Submit the report of the %(round)s") % words,
            sentence=_("Every KPI is complete."),
            url=page,
            label=_("Submit"),
            primary=True,
            **known,
        )
        return
    yield from _writing(desk, report, parts, groups, known, page)
    for part in parts:
        yield from _part(desk, part, stands.due_on)


def _is_whole(parts: list[GroupPart], groups: list[Completeness]) -> bool:
    complete = all(group.complete == group.count for group in groups)
    return complete and all(part.state == PartState.GATHERED for part in parts)


def _writing(
    desk: Desk, report: SelfAssessment, parts: list[GroupPart], groups: list[Completeness], known: Any, page: str
) -> Iterator[Waiting]:
    """One line for whoever writes for the whole unit, else one for each of one's own groups."""
    if holds(desk.person, WRITE, report.run.unit, on=desk.on) or not parts:
        own = [group for group in groups if holds(desk.person, WRITE, group.group, on=desk.on)]
        if lacking := sum(group.count - group.complete for group in own):
            yield Waiting(
                title=_("Write the report of the %(round)s") % {"round": round_title(report.months)},
                sentence=_lacking(lacking),
                url=page,
                label=_("Write"),
                **known,
            )
        return
    by_group = {group.group.pk: group for group in groups}
    for part in parts:
        standing = by_group.get(part.group_id)
        refused = standing is None or refusal(part_permissions.check_may_hand_in, desk.person, part, at=desk.at)
        if standing and not refused:
            yield _own_part(part, standing)


def _own_part(part: GroupPart, standing: Completeness) -> Waiting:
    report, lacking = part.assessment, standing.count - standing.complete
    words = {"group": unit_name(part.group), "round": round_title(report.months)}
    page = reverse("assessments:part", kwargs={"part": part.public_id})
    returned = part.state == PartState.RETURNED
    return Waiting(
        title=_("Hand in the part of %(group)s, %(round)s") % words,
        sentence=_("Sent back by %(person)s") % {"person": part.sent_back_by}
        if returned
        else _lacking(lacking)
        if lacking
        else _("Every KPI is complete."),
        due_on=parts_due_on(report.run, report.months),
        url=page,
        label=_("Write") if lacking else _("Hand in"),
        primary=not lacking or returned,
        key=f"part {part.public_id}",
        run=report.run,
        place=part.group,
    )


def _part(desk: Desk, part: GroupPart, due_on: date) -> Iterator[Waiting]:
    """A part that waits for this person's look, or to be gathered by them."""
    words = {"group": unit_name(part.group), "round": round_title(part.assessment.months)}
    ways = {
        PartState.WITH_HEAD: (
            part_permissions.check_may_pass_on,
            _("Look at the part of %(group)s, %(round)s"),
            "pass",
        ),
        PartState.WITH_PLANNING: (
            part_permissions.check_may_gather,
            _("Gather the part of %(group)s, %(round)s"),
            "gather",
        ),
    }
    if part.state not in ways:
        return
    check, title, key = ways[PartState(part.state)]
    if not refusal(check, desk.person, part, at=desk.at):
        yield Waiting(
            title=title % words,
            sentence=_came_from(part.handed_in_by, part.handed_in_at)
            if key == "pass"
            else _came_from(part.passed_by or part.handed_in_by, part.passed_at or part.handed_in_at),
            due_on=due_on,
            url=reverse("assessments:part", kwargs={"part": part.public_id}),
            label=_("Look"),
            primary=True,
            key=f"{key} {part.public_id}",
            run=part.assessment.run,
            place=part.group,
        )


def _came_from(person: Any, at: datetime | None) -> str:
    return _("Handed in by %(person)s on %(moment)s") % {"person": person, "moment": moment(at)}


def _lacking(count: int) -> str:
    words = ngettext("%(count)s KPI lacks something", "%(count)s KPIs lack something", count)
    return words % {"count": digits(count)}


def packages(desk: Desk) -> Iterator[Waiting]:
    """The package of the last report submitted, where the SOP names a system that it goes into and none was made."""
    for run, _standing in desk.runs:
        report = run.assessments.submitted().order_by("-months").first()
        if (
            report is None
            or run.sop.code not in layout_of(run).sops
            or report.exports.exclude(state__in=ENDED_IN_VAIN).exists()
        ):
            continue
        if holds(desk.person, "assessments.gather", run.unit, on=desk.on) and not refusal(
            check_may_export, desk.person, report, at=desk.at
        ):
            yield _package(report)


def _package(report: SelfAssessment) -> Waiting:
    layout, words = layout_of(report.run), {"round": round_title(report.months)}
    return Waiting(
        title=_("Take the report of the %(round)s to the department's own system") % words,
        sentence=layout.title_th if in_thai() else layout.title_en,
        due_on=due_on(report.run, report.months),
        url=reverse("assessments:report", kwargs={"assessment": report.public_id}),
        label=_("Make the package"),
        key=f"package {report.public_id}",
        run=report.run,
        place=report.run.unit,
    )
