"""The verbs of a year's framework and its KPIs. One transaction each; the only writers of this room."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults, all_at_once
from raprong.core.freshness import check_fresh
from raprong.documents.kpi_detail.shape import KpiDetail
from raprong.kpis import notices, permissions
from raprong.kpis.decisions import decide as decide
from raprong.kpis.decisions import not_select as not_select
from raprong.kpis.decisions import select as select
from raprong.kpis.decisions import set_weights as set_weights
from raprong.kpis.deposits import SHEET_DEPOSITED, sheets_to_deposit
from raprong.kpis.details import Details, check_details, missing_details
from raprong.kpis.documents import digest_of
from raprong.kpis.enums import KpiState
from raprong.kpis.frames import check_dimensions, check_sources
from raprong.kpis.locks import locked_framework, locked_kpi
from raprong.kpis.models import DepartmentList, Dimension, Framework, KpiYear, PolicySource
from raprong.kpis.proposals import Proposal, check_proposal
from raprong.kpis.queries import list_for_department, selected_kpis
from raprong.kpis.trail import DETAIL_FIELDS, changes, check_reason, tell, told
from raprong.kpis.writing import new_kpi, write, write_details
from raprong.lib.scoring.rounding import sum_exactly
from raprong.lib.workbooks.cells import matching
from raprong.lib.workbooks.shape import KpiRow
from raprong.organisation.models import Person, Unit
from raprong.organisation.queries import groups_of
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit

SHEET_TITLE = "รายละเอียดตัวชี้วัดที่"  # on papers and in the cabinet words are Thai in every language
MOST_LETTERS_OF_A_TITLE = 300


# The framework


@transaction.atomic
def receive_policy(
    run: Run,
    *,
    criteria_note: str,
    sources: Sequence[tuple[str, str, str]],
    seen: int | None,
    by: Person,
    at: datetime,
) -> Framework:
    """Write down the policy and the criteria that this year's KPIs answer to; it opens the framework of the run.

    Sources are (kind, title, reference) in their order and replace those before, known again by their titles. A
    source that a KPI answers to stays: leaving it out is refused, with the KPIs.
    """
    permissions.check_may_receive_policy(by, run, at=at)
    framework = locked_framework(run)
    check_fresh(framework, seen)
    check_sources(framework, sources)

    _replace_sources(framework, sources)
    framework.criteria_note = criteria_note
    framework.policy_received_at, framework.policy_received_by = at, by
    _save_framework(framework, "criteria_note", "policy_received_at", "policy_received_by")

    tell("framework.policy_received", framework, run, by, at, sources=[title for _kind, title, _ref in sources])
    return framework


@transaction.atomic
def set_dimensions(
    framework: Framework, dimensions: Sequence[tuple[str, Decimal]], *, seen: int | None, by: Person, at: datetime
) -> Framework:
    """Enter the dimensions and their weights, which replace those before. They may add up to less until settled.

    A dimension is known again by its title; one that has KPIs stays, and leaving it out is refused.
    """
    framework = locked_framework(framework.run)
    permissions.check_may_set_dimensions(by, framework, at=at)
    check_fresh(framework, seen)
    check_dimensions(framework, dimensions)

    _replace_dimensions(framework, dimensions)
    _save_framework(framework)

    tell("framework.dimensions_set", framework, framework.run, by, at, dimensions=dict(dimensions))
    return framework


@transaction.atomic
def settle_framework(framework: Framework, *, by: Person, at: datetime) -> Framework:
    """Settle the dimensions: their weights are exactly the whole, and stay."""
    framework = locked_framework(framework.run)
    permissions.check_may_settle_framework(by, framework, at=at)

    framework.settled_at, framework.settled_by = at, by
    _save_framework(framework, "settled_at", "settled_by")

    tell("framework.settled", framework, framework.run, by, at)
    return framework


@transaction.atomic
def reopen_framework(framework: Framework, *, because: str, by: Person, at: datetime) -> Framework:
    """Open a settled framework again while its step is open, with a reason."""
    framework = locked_framework(framework.run)
    permissions.check_may_reopen_framework(by, framework, at=at)
    if not because.strip():
        raise Faults([Fault("because", _("Say why the framework is opened again."))])

    framework.settled_at, framework.settled_by = None, None
    _save_framework(framework, "settled_at", "settled_by")

    tell("framework.reopened", framework, framework.run, by, at, because=because)
    return framework


def _save_framework(framework: Framework, *fields: str) -> None:
    framework.version += 1
    framework.save(update_fields=[*fields, "version"])


def _replace_sources(framework: Framework, sources: Sequence[tuple[str, str, str]]) -> None:
    framework.sources.exclude(title__in=[title for _kind, title, _reference in sources]).delete()
    for order, (kind, title, reference) in enumerate(sources, start=1):
        values = {"kind": kind, "reference": reference, "order": order}
        PolicySource.objects.update_or_create(framework=framework, title=title, defaults=values)


def _replace_dimensions(framework: Framework, dimensions: Sequence[tuple[str, Decimal]]) -> None:
    framework.dimensions.exclude(title__in=[title for title, _weight in dimensions]).delete()
    for order, (title, weight) in enumerate(dimensions, start=1):
        Dimension.objects.update_or_create(
            framework=framework, title=title, defaults={"weight": weight, "order": order}
        )


# Proposals


@transaction.atomic
def propose(run: Run, proposal: Proposal, *, by: Person, at: datetime) -> KpiYear:
    """Propose a KPI for the year, for the group that answers for it. Refused with every fault at once."""
    framework = _framework_to_propose_in(run, proposal, by, at)
    check_proposal(framework, proposal)

    kpi = new_kpi(framework, proposal, by, at)

    tell("kpi.proposed", kpi, run, by, at, **told(kpi))
    return kpi


@transaction.atomic
def revise(
    kpi: KpiYear, proposal: Proposal, *, seen: int | None, because: str = "", by: Person, at: datetime
) -> KpiYear:
    """Change what a KPI asks. To hand it to another group, one must be allowed to propose for both.

    Once a KPI is selected a change needs a reason. Its weight was decided in the selection and stays.
    """
    kpi = locked_kpi(kpi)
    permissions.check_may_revise(by, kpi, at=at)
    if proposal.group is not None and proposal.group.pk != kpi.group_id:
        permissions.check_may_propose(by, kpi.run, proposal.group, at=at)
    check_fresh(kpi, seen)
    if kpi.state == KpiState.SELECTED:
        proposal = replace(proposal, weight=kpi.weight)
    check_proposal(kpi.framework, proposal, this=kpi)

    before = told(kpi)
    write(kpi, proposal)
    kpi.version += 1
    kpi.save()
    if proposal.sources is not None:
        kpi.sources.set(proposal.sources)
    changed = changes(before, told(kpi))
    check_reason(kpi, changed, because)

    tell("kpi.revised", kpi, kpi.run, by, at, changed=changed, because=because)
    return kpi


@transaction.atomic
def withdraw(kpi: KpiYear, *, by: Person, at: datetime) -> None:
    """Take a proposal back before anybody decided about it. What it said stays in the trail."""
    kpi = locked_kpi(kpi)
    permissions.check_may_withdraw(by, kpi, at=at)

    tell("kpi.withdrawn", kpi, kpi.run, by, at, **told(kpi))
    whole = kpi.kpi
    kpi.delete()
    if not whole.years.exists():
        whole.delete()


@transaction.atomic
def align(
    kpi: KpiYear,
    sources: Iterable[PolicySource],
    *,
    seen: int | None = None,
    because: str = "",
    by: Person,
    at: datetime,
) -> KpiYear:
    """Say which policy sources a KPI answers to. To change those of a selected KPI needs a reason."""
    kpi = locked_kpi(kpi)
    permissions.check_may_align(by, kpi, at=at)
    check_fresh(kpi, seen)
    chosen = list(sources)
    if any(source.framework_id != kpi.framework_id for source in chosen):
        raise Faults([Fault("sources", _("Choose among the policy sources of this year's framework."))])

    before = told(kpi, ["sources"])
    kpi.sources.set(chosen)
    kpi.version += 1
    kpi.save(update_fields=["version"])
    changed = changes(before, told(kpi, ["sources"]))
    if before["sources"]:
        check_reason(kpi, changed, because)

    tell("kpi.aligned", kpi, kpi.run, by, at, changed=changed, because=because)
    return kpi


@transaction.atomic
def import_workbook(run: Run, rows: Sequence[KpiRow], *, by: Person, at: datetime) -> list[KpiYear]:
    """Propose every KPI of a workbook, or none of them.

    Groups are matched by name, short name, English name or code. Where the framework has no dimensions yet, those of
    the workbook become its own, each with the weight of its KPIs together; otherwise a dimension must be there. Faults
    carry the row they stand in as their field, "row 5".
    """
    permissions.check_may_import(by, run, at=at)
    framework = locked_framework(run)
    if not framework.dimensions.exists():
        _replace_dimensions(framework, _dimensions_in(rows))
        _save_framework(framework)
    proposals = _proposals_in(framework, rows)
    for group in {proposal.group.pk: proposal.group for proposal in proposals if proposal.group}.values():
        permissions.check_may_propose(by, run, group, at=at)
    _check_rows(framework, rows, proposals)

    kpis = [new_kpi(framework, proposal, by, at) for proposal in proposals]

    for kpi in kpis:
        tell("kpi.proposed", kpi, run, by, at, **told(kpi))
    tell("kpis.imported", framework, run, by, at, count=len(kpis))
    return kpis


def _framework_to_propose_in(run: Run, proposal: Proposal, by: Person, at: datetime) -> Framework:
    """The framework, once it is clear that this person may propose in it; a missing group is a fault of the form."""
    permissions.check_may_propose(by, run, proposal.group or run.unit, at=at)
    return locked_framework(run)


def _dimensions_in(rows: Sequence[KpiRow]) -> list[tuple[str, Decimal]]:
    weights: dict[str, list[Decimal]] = {}
    for row in rows:
        weights.setdefault(row.dimension, []).append(row.weight or Decimal(0))
    return [(title, sum_exactly(held)) for title, held in weights.items()]


def _proposals_in(framework: Framework, rows: Sequence[KpiRow]) -> list[Proposal]:
    groups = groups_by_name(framework.run.unit)
    dimensions = {matching(dimension.title): dimension for dimension in framework.dimensions.all()}
    return [
        Proposal(
            code=row.code,
            title=row.title,
            dimension=dimensions.get(matching(row.dimension)),
            group=groups.get(matching(row.group)),
            measure=row.measure,
            criteria=row.criteria,
            target=row.target,
            weight=row.weight,
            baseline=dict(row.baseline),
            formula=row.formula,
            data_source=row.data_source,
            notes=row.figure_source,
        )
        for row in rows
    ]


def groups_by_name(office: Unit) -> dict[str, Unit]:
    """A unit's groups by every name they answer to, in the form in which names are compared."""
    return {
        matching(name): group
        for group in groups_of(office)
        for name in (group.name, group.short_name, group.name_en, group.code)
        if name
    }


def _check_rows(framework: Framework, rows: Sequence[KpiRow], proposals: Sequence[Proposal]) -> None:
    with all_at_once() as found:
        codes: set[str] = set()
        for row, proposal in zip(rows, proposals, strict=True):
            try:
                check_proposal(framework, proposal)
            except Faults as refused:
                for fault in refused.faults:
                    found.add(f"row {row.row}", fault.sentence)
            if row.code in codes:
                found.add(f"row {row.row}", _("Code %(code)s is used twice.") % {"code": row.code})
            codes.add(row.code)


# The list for the department


@transaction.atomic
def send_to_department(run: Run, *, by: Person, at: datetime) -> DepartmentList:
    """Send the list of selected KPIs to the department, kept as it is today. A changed list can be sent again."""
    permissions.check_may_send(by, run, at=at)
    framework = locked_framework(run)

    sent = DepartmentList.objects.create(
        framework=framework, content=list_for_department(selected_kpis(run)), sent_at=at, sent_by=by
    )
    notices.tell_of_list(sent, on=day_of(at), by=by, at=at)

    tell("kpis.sent_to_department", sent, run, by, at, codes=[row["code"] for row in sent.content])
    return sent


# The detail sheet


@transaction.atomic
def fill_details(
    kpi: KpiYear, details: Details, *, seen: int | None, because: str = "", by: Person, at: datetime
) -> KpiYear:
    """Write the detail sheet of a selected KPI. It may be saved before it is complete; to change it later, say why."""
    kpi = locked_kpi(kpi)
    permissions.check_may_fill_details(by, kpi, at=at)
    check_fresh(kpi, seen)
    check_details(kpi, details)

    was_complete, before = not missing_details(kpi), told(kpi, DETAIL_FIELDS)
    written = write_details(kpi, details)
    kpi.version += 1
    kpi.save(update_fields=[*written, "version"])
    changed = changes(before, told(kpi, DETAIL_FIELDS))
    if was_complete:
        check_reason(kpi, changed, because)

    tell("kpi.details_filled", kpi, kpi.run, by, at, changed=changed, because=because)
    return kpi


@transaction.atomic
def deposit_sheets(run: Run, *, by: Person, at: datetime) -> list[Record]:
    """Seal the detail sheets and put them into the cabinet, a paper for each KPI that was selected.

    Refused until every sheet is complete. Later only those go in again that say something else than before.
    """
    locked_framework(run)
    permissions.check_may_deposit_sheets(by, run, at=at)

    return [_deposit_sheet(kpi, paper, by, at) for kpi, paper in sheets_to_deposit(run, on=day_of(at))]


def _deposit_sheet(kpi: KpiYear, paper: KpiDetail, by: Person, at: datetime) -> Record:
    run = kpi.run
    kept = seal_and_deposit(
        paper,
        title=f"{SHEET_TITLE} {kpi}"[:MOST_LETTERS_OF_A_TITLE],
        about=kpi,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=by,
        at=at,
        which=kpi.code,
    )
    tell(SHEET_DEPOSITED, kpi, run, by, at, says=digest_of(paper), sha256=kept.sha256)
    return kept
