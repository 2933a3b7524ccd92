"""The verbs of a KPI across its years: copied from last year, retired and brought back, cancelled from a round on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import Fault, FaultList, Faults, all_at_once
from raprong.core.freshness import check_fresh
from raprong.kpis import notices, permissions
from raprong.kpis.locks import locked_framework, locked_kpi
from raprong.kpis.models import Dimension, Framework, Kpi, KpiYear
from raprong.kpis.proposals import Proposal, check_proposal
from raprong.kpis.trail import DETAIL_FIELDS, plain, tell, told
from raprong.kpis.writing import locked_whole, new_kpi, proposal_of
from raprong.kpis.years import kpis_to_copy, last_copy_by
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person
from raprong.processes.models import Run

COPIED_AS_IT_STANDS = (*DETAIL_FIELDS, "round_criteria")


@dataclass(frozen=True)
class Copying:
    """A KPI of last year to be copied. Code and dimension are given where last year's cannot be used."""

    kpi: KpiYear
    code: str = ""
    dimension: Dimension | None = None


@transaction.atomic
def copy_from_last_year(
    run: Run, copies: Sequence[Copying], *, reached: Mapping[int, Decimal], by: Person, at: datetime
) -> list[KpiYear]:
    """Propose last year's KPIs again, all in one move or none of them.

    A copy is the same KPI in another year: its text, criteria, target, sheet and weight as they were, its dimension
    and its policy sources by their titles. `reached` is what each of last year's KPIs (by key) came to; it joins the
    baseline. Refused with every fault at once: fields are `take_`, `code_` and `dimension_` with the KPI's public id.
    """
    for group in {copy.kpi.group.pk: copy.kpi.group for copy in copies}.values():
        permissions.check_may_propose(by, run, group, at=at)
    framework = locked_framework(run)
    if not copies:
        raise Faults([Fault("", _("Choose at least one KPI to copy."))])

    made: dict[int, KpiYear] = {}
    with all_at_once() as found:
        there = set(kpis_to_copy(run).values_list("pk", flat=True))
        for copy in sorted(copies, key=lambda one: one.kpi.parent_id is not None):
            if copy.kpi.pk not in there:
                found.add(f"take_{copy.kpi.public_id}", _("It is in this year already, or it is retired."))
            elif (kpi := _copied(found, framework, copy, made, reached, by, at)) is not None:
                made[copy.kpi.pk] = kpi

    for earlier, kpi in made.items():
        tell("kpi.copied", kpi, run, by, at, from_year=run.fiscal_year - 1, **told(kpi), reached=reached.get(earlier))
    tell("kpis.copied", framework, run, by, at, codes=[kpi.code for kpi in made.values()])
    return list(made.values())


@transaction.atomic
def undo_copy(run: Run, *, by: Person, at: datetime) -> list[str]:
    """Take back one's own last copying. What was changed or decided since stays; answers the codes taken back."""
    framework = locked_framework(run)
    untouched = last_copy_by(by, framework)
    if not untouched:
        raise Refused(_("There is no copy of yours that nobody has changed or decided about."))
    for kpi in untouched:
        permissions.check_may_withdraw_copy(by, kpi, at=at)

    codes = sorted(kpi.code for kpi in untouched if not _has_other_parts(kpi, untouched))
    for kpi in untouched:
        if kpi.code in codes:
            tell("kpi.copy_undone", kpi, run, by, at, **told(kpi))
            kpi.delete()
    return codes


@transaction.atomic
def retire(kpi: Kpi, *, because: str, by: Person, at: datetime) -> Kpi:
    """Take a KPI out of use from now on. Its years stay as they are; it is not offered for copying any more."""
    kpi = locked_whole(kpi)
    permissions.check_may_retire(by, kpi, at=at)
    _check_because(because, _("Say why the KPI is retired; whoever misses it will read it."))

    kpi.retired_at, kpi.retired_by, kpi.retired_because = at, by, because.strip()
    kpi.save(update_fields=["retired_at", "retired_by", "retired_because"])

    _tell_of_whole("kpi.retired", kpi, by, at, because=because)
    return kpi


@transaction.atomic
def bring_back(kpi: Kpi, *, because: str, by: Person, at: datetime) -> Kpi:
    """Put a retired KPI to use again."""
    kpi = locked_whole(kpi)
    permissions.check_may_bring_back(by, kpi, at=at)
    _check_because(because, _("Say why the KPI is used again."))

    kpi.retired_at, kpi.retired_by, kpi.retired_because = None, None, ""
    kpi.save(update_fields=["retired_at", "retired_by", "retired_because"])

    _tell_of_whole("kpi.brought_back", kpi, by, at, because=because)
    return kpi


@transaction.atomic
def cancel(
    kpi: KpiYear, *, from_round: int, because: str, seen: int | None = None, by: Person, at: datetime
) -> KpiYear:
    """Cancel a selected KPI from a round of the year on. What was reported stays; the scheme says what counts."""
    kpi = locked_kpi(kpi)
    permissions.check_may_cancel(by, kpi, at=at)
    check_fresh(kpi, seen)
    with all_at_once() as found:
        if from_round not in kpi.run.definition.reporting.rounds:
            found.add("from_round", _("Choose a round of this year."))
        if not because.strip():
            found.add("because", _("Say why the KPI is cancelled; its group and the assessors will read it."))

    _save_cancelling(kpi, from_round, because.strip())
    notices.tell_of_cancelling(kpi, because=because.strip(), on=day_of(at), by=by, at=at)

    tell("kpi.cancelled", kpi, kpi.run, by, at, from_round=from_round, because=because)
    return kpi


@transaction.atomic
def take_up_again(kpi: KpiYear, *, because: str, seen: int | None = None, by: Person, at: datetime) -> KpiYear:
    """Undo the cancelling of a KPI."""
    kpi = locked_kpi(kpi)
    permissions.check_may_take_up_again(by, kpi, at=at)
    check_fresh(kpi, seen)
    _check_because(because, _("Say why the KPI counts again."))

    _save_cancelling(kpi, None, "")
    notices.tell_of_cancelling(kpi, because=because.strip(), on=day_of(at), by=by, at=at)

    tell("kpi.taken_up_again", kpi, kpi.run, by, at, because=because)
    return kpi


def _copied(
    found: FaultList,
    framework: Framework,
    copy: Copying,
    made: Mapping[int, KpiYear],
    reached: Mapping[int, Decimal],
    by: Person,
    at: datetime,
) -> KpiYear | None:
    """The copy of one KPI; None, and its faults told, where it cannot be copied as it is."""
    earlier, key = copy.kpi, copy.kpi.public_id
    parent = _parent_here(framework, earlier, made)
    if earlier.parent is not None and parent is None:
        found.add(f"take_{key}", _("It is a part of KPI %(code)s. Copy that too.") % {"code": earlier.parent.code})
        return None
    proposal = _proposal(framework, copy, parent, reached)
    try:
        check_proposal(framework, proposal)
    except Faults as refused:
        for fault in refused.faults:
            field = fault.field if fault.field in ("code", "dimension") else "take"
            found.add(f"{field}_{key}", fault.sentence)
        return None
    kpi = new_kpi(framework, proposal, by, at, whole=earlier.kpi)
    for name in COPIED_AS_IT_STANDS:
        setattr(kpi, name, getattr(earlier, name))
    kpi.copied_from = earlier
    kpi.save()
    return kpi


def _proposal(framework: Framework, copy: Copying, parent: KpiYear | None, reached: Mapping[int, Decimal]) -> Proposal:
    """What last year's KPI says, as a proposal of this year."""
    earlier = copy.kpi
    same_dimension = framework.dimensions.filter(title=earlier.dimension.title).first()
    proposal = proposal_of(earlier)
    baseline = dict(proposal.baseline)
    if earlier.pk in reached:
        baseline[earlier.run.fiscal_year] = Decimal(plain(reached[earlier.pk]))
    return replace(
        proposal,
        code=copy.code or earlier.code,
        dimension=copy.dimension or same_dimension,
        baseline=baseline,
        sources=list(framework.sources.filter(title__in=[source.title for source in earlier.sources.all()])),
        parent=parent,
        weight=None if parent else earlier.weight,
        weight_inside=earlier.weight_inside if parent else None,
        starts_in=None,
    )


def _parent_here(framework: Framework, earlier: KpiYear, made: Mapping[int, KpiYear]) -> KpiYear | None:
    """This year's version of the KPI that last year's was a part of."""
    if earlier.parent is None:
        return None
    return made.get(earlier.parent.pk) or framework.kpis.filter(kpi=earlier.parent.kpi_id).first()


def _has_other_parts(kpi: KpiYear, going: Sequence[KpiYear]) -> bool:
    """Whether parts of it stay, so that it stays too."""
    return kpi.parts.exclude(pk__in=[one.pk for one in going]).exists()


def _save_cancelling(kpi: KpiYear, from_round: int | None, because: str) -> None:
    kpi.cancelled_from, kpi.cancelled_because = from_round, because
    kpi.version += 1
    kpi.save(update_fields=["cancelled_from", "cancelled_because", "version"])


def _check_because(because: str, sentence: str) -> None:
    if not because.strip():
        raise Faults([Fault("because", sentence)])


def _tell_of_whole(kind: str, kpi: Kpi, by: Person, at: datetime, **facts: Any) -> None:
    """On the chain of the unit, in the year in which it happens."""
    record(kind, about=kpi, by=by, at=at, place=kpi.unit, fiscal_year=FiscalYear.of(day_of(at)).be, **facts)
