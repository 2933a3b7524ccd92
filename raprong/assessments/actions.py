from datetime import datetime
from typing import Any

from django.db import transaction

from raprong.assessments import notices, permissions, policies
from raprong.assessments.documents import self_assessment_paper
from raprong.assessments.enums import Move, State
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.parts.actions import begin_parts, look_again
from raprong.assessments.queries import basis_of, is_outdated, items_of, newest_card, version_read
from raprong.assessments.readiness import faults_before_submission
from raprong.assessments.receipts import actions as receipts
from raprong.assessments.rounds import round_title_th
from raprong.assessments.workflow import MOVES
from raprong.audit.actions import record
from raprong.core.faults import Faults
from raprong.core.freshness import Stale, check_fresh
from raprong.evidence import actions as evidence
from raprong.kpis.queries import scheme_of, selected_kpis
from raprong.lib.scoring.card import ScoreCard
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.papers import seal_and_deposit


@transaction.atomic
def open_report(run: Run, months: int, *, by: Person, at: datetime) -> SelfAssessment:
    """Open the self-assessment report of a round, with one part for each selected KPI.

    Results and scores are drawn from the monthly results up to the end of the round. Refused: a round that the SOP
    does not have, one whose report is open already, and one whose last month has not begun.
    """
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    permissions.check_may_open(by, run, months, at=at)

    assessment = SelfAssessment.objects.create(run=run, months=months, opened_at=at, opened_by=by)
    _draw_figures(assessment, newest_card(assessment))
    begin_parts(assessment)

    processes.take_up(run, policies.CARD, by=by, at=at)
    record("assessment.opened", about=assessment, **_place(assessment), by=by, at=at, months=months)
    return assessment


@transaction.atomic
def refresh_figures(assessment: SelfAssessment, *, by: Person, at: datetime) -> SelfAssessment:
    """Draw results and scores from the monthly results once more, up to the end of the round. Texts stay.

    A group's part whose figures change after it was passed on goes back to whoever looks at it first.
    """
    assessment = _locked(assessment)
    permissions.check_may_refresh(by, assessment, at=at)

    card = newest_card(assessment)
    groups = _draw_figures(assessment, card)
    begin_parts(assessment)
    again = look_again(assessment, groups, by=by, at=at)
    _mark_changed(assessment)

    facts: dict[str, Any] = {"looked_at_again": again} if again else {}
    record(
        "assessment.figures_refreshed", about=assessment, **_place(assessment), by=by, at=at, total=card.total, **facts
    )
    return assessment


@transaction.atomic
def write(
    item: AssessmentItem,
    *,
    narrative: str,
    factors: str = "",
    obstacles: str = "",
    suggestions: str = "",
    no_figure_because: str = "",
    seen: int | None,
    by: Person,
    at: datetime,
) -> AssessmentItem:
    """Write what one KPI's part of the report says. For the group that answers for the KPI.

    Texts longer than the printed report can carry are refused, all at once; so is a part that somebody else saved
    after the writer had opened it.
    """
    item = _locked_item(item)
    permissions.check_may_write(by, item, at=at)
    check_fresh(item, seen)
    texts = {
        "narrative": narrative,
        "factors": factors,
        "obstacles": obstacles,
        "suggestions": suggestions,
        "no_figure_because": no_figure_because,
    }
    if faults := policies.faults_of_text(**texts):
        raise Faults(faults)

    changed = [field for field, text in texts.items() if getattr(item, field) != text]
    for field, text in texts.items():
        setattr(item, field, text)
    item.written_by, item.written_at = by, at
    item.version += 1
    item.save(update_fields=[*texts, "written_by", "written_at", "version"])
    item.writers.add(by)
    _mark_changed(item.assessment)

    record(
        "assessment.written", about=item, **_place(item.assessment), by=by, at=at, kpi=item.kpi.code, changed=changed
    )
    return item


@transaction.atomic
def submit(
    assessment: SelfAssessment, *, seen: int | None, by: Person, at: datetime, received_at: datetime | None = None
) -> SelfAssessment:
    """Submit a report: it is printed, sealed and deposited, a receipt is given, and the assessors are told.

    Its figures freeze, and with them the rule that they are scored by. Whether it is in time follows from
    `received_at`, the moment at which the request came in, however long the work took; a late one is received too.
    Whoever presses a second time has the same receipt.

    Refused with everything that is missing at once: for every KPI what was done, for a KPI with a result its evidence,
    for one without the reason; the parts of groups that are not gathered, where the SOP has them gathered; and figures
    that no longer agree with the monthly results.
    """
    assessment = _locked(assessment)
    if assessment.state == State.SUBMITTED and assessment.submitted_by_id == by.pk:
        return assessment
    permissions.check_may_submit(by, assessment, at=at)
    if seen not in (None, version_read(assessment)):
        raise Stale(assessment)
    evidence.close_folder(assessment.run, assessment.months, by=by, at=at)
    card, items = newest_card(assessment), list(items_of(assessment))
    if faults := faults_before_submission(assessment, items, outdated=is_outdated(items, card)):
        raise Faults(faults)

    _to, assessment.state = MOVES[Move.SUBMIT]
    assessment.submitted_at, assessment.submitted_by = at, by
    assessment.total, assessment.reported_weight = card.total, card.reported_weight
    assessment.scheme = scheme_as_data(scheme_of(assessment.run))
    deposited = seal_and_deposit(
        self_assessment_paper(assessment, items),
        title=f"รายงานการประเมินตนเอง {round_title_th(assessment.months)}",
        about=assessment,
        unit=assessment.run.unit,
        fiscal_year=assessment.run.fiscal_year,
        storage=storage_of(assessment.run),
        by=by,
        at=at,
    )
    assessment.sealed = deposited.file
    assessment.version += 1
    assessment.save()
    receipt = receipts.give(assessment, items, sha256=deposited.sha256, received_at=received_at or at, by=by, at=at)

    notices.tell_assessors(assessment, by=by, at=at)
    processes.lay_down(assessment.run, policies.CARD, by=by, at=at)
    record(
        "assessment.submitted",
        about=assessment,
        **_place(assessment),
        by=by,
        at=at,
        total=card.total,
        reported_weight=card.reported_weight,
        sha256=deposited.sha256,
        receipt=str(receipt),
        received_at=receipt.received_at,
        late=receipt.late_by is not None,
    )
    return assessment


def _locked(assessment: SelfAssessment) -> SelfAssessment:
    return (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("run__unit", "run__sop")
        .get(pk=assessment.pk)
    )


def _locked_item(item: AssessmentItem) -> AssessmentItem:
    """The report is locked before its part, so that writing and submitting never wait for each other."""
    assessment = _locked(item.assessment)
    item = AssessmentItem.objects.select_for_update(of=("self",)).select_related("kpi__group__parent").get(pk=item.pk)
    item.assessment = assessment
    return item


def _draw_figures(assessment: SelfAssessment, card: ScoreCard) -> set[int]:
    """Give every selected KPI its part of the report, with the result and scores of the card.

    Answers the keys of the groups for which a figure is new or changed.
    """
    scored = {kpi.code: kpi for kpi in card.kpis}
    before = {item.kpi_id: item for item in assessment.items.all()}
    changed = set()
    for kpi in selected_kpis(assessment.run):
        figures = scored[kpi.code]
        drawn = {
            "result": figures.result,
            "status": str(figures.status),
            "basis": basis_of(figures),
            "score": figures.score,
            "weighted": figures.weighted,
        }
        earlier = before.get(kpi.pk)
        if earlier is None or any(getattr(earlier, name) != now for name, now in drawn.items()):
            AssessmentItem.objects.update_or_create(assessment=assessment, kpi=kpi, defaults=drawn)
            changed.add(kpi.group_id)
    return changed


def _mark_changed(assessment: SelfAssessment) -> None:
    """Whoever submits submits what they have read: every change makes a new version of the report."""
    assessment.version += 1
    assessment.save(update_fields=["version"])


def _place(assessment: SelfAssessment) -> dict[str, Any]:
    """On which chain of the trail it is written down."""
    return {"place": assessment.run.unit, "fiscal_year": assessment.run.fiscal_year}
