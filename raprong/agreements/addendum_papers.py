"""From an addendum to the paper that is signed: what read otherwise before, beside what reads so now.

Words on papers are Thai in every language of the pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from raprong.agreements.addenda_reading import amendments_of, base_of
from raprong.agreements.documents import agreed_kpis, content_of, signatories, whose
from raprong.agreements.enums import PARTIES, Side, Tier
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.queries import kpis_in
from raprong.agreements.tier_changes import changes_between
from raprong.core.clock import day_of
from raprong.documents.addendum.shape import Addendum, Change
from raprong.kpis.amendments import weight_after
from raprong.kpis.criteria_words import level_columns
from raprong.kpis.documents import result_text
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.lib.scoring.rounding import sum_exactly
from raprong.stationery.printing import worded

SIDES = {Side.RECEIVER: "ผู้รับคำรับรอง", Side.MAKER: "ผู้ทำคำรับรอง"}


def addendum_paper(addendum: Agreement, parties: Sequence[AgreementParty], *, dated_on: date) -> Addendum:
    """The addendum as it is to be signed, from what is changed at this moment."""
    run, base = addendum.run, base_of(addendum)
    agreed_at = base.in_force_at if base and base.in_force_at else addendum.drafted_at
    paper = Addendum(
        agency=run.unit.agency.name,
        unit=whose(addendum),
        fiscal_year=run.fiscal_year,
        number=addendum.number,
        agreed_on=day_of(agreed_at),
        effective_on=addendum.effective_on or dated_on,
        dated_on=dated_on,
        changes=tuple(changes_of(addendum, parties)),
        receivers=signatories(parties, Side.RECEIVER),
        makers=signatories(parties, Side.MAKER),
        approvers=signatories(parties, Side.APPROVER),
        total_weight=_weight(addendum),
        because=addendum.because,
        kpis=() if addendum.tier == Tier.UNIT else agreed_kpis(addendum),
    )
    return worded(paper, run.unit)


def _weight(addendum: Agreement) -> Decimal:
    """What the weights add up to with it."""
    if addendum.tier == Tier.UNIT:
        return weight_after(addendum.run, amendments_of(addendum))
    return sum_exactly(kpi.weight or Decimal(0) for kpi in kpis_in(addendum))


def changes_of(addendum: Agreement, parties: Iterable[AgreementParty]) -> Iterator[Change]:
    """Every thing that is changed, old and new in words: KPI by KPI, then the parties.

    To a group's or a person's agreement it is whatever reads otherwise at this moment than was agreed last.
    """
    base = base_of(addendum)
    if addendum.tier == Tier.UNIT:
        yield from _of_unit(addendum)
    elif base is not None:
        yield from changes_between(content_of(base).kpis, agreed_kpis(addendum))
    if base is not None:
        yield from _of_parties(base.parties.all(), list(parties))


def _of_unit(addendum: Agreement) -> Iterator[Change]:
    kpis = {kpi.public_id: kpi for kpi in selected_kpis(addendum.run)}
    for change in addendum.changes:
        if change["kpi"] in kpis:
            yield from _of_kpi(kpis[change["kpi"]], change["before"], change["after"])


def _of_kpi(kpi: KpiYear, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    about = f"ตัวชี้วัดที่ {kpi.code} {kpi.title}"
    old, new = _reading(kpi, before), _reading(kpi, after)
    if before["target"] != after["target"]:
        yield Change(about, "ค่าเป้าหมาย", result_text(old, old.target), result_text(new, new.target))
    if before["weight"] != after["weight"]:
        yield Change(about, "น้ำหนัก", before["weight"] or "", after["weight"] or "")
    if before["criteria"] != after["criteria"]:
        yield Change(about, "เกณฑ์การให้คะแนน", _levels(old), _levels(new))


def _reading(kpi: KpiYear, values: dict[str, Any]) -> KpiYear:
    """The KPI as it would read with other values; it is not saved."""
    other = copy(kpi)
    other.criteria, other.criteria_kind = values["criteria"], values["criteria"]["kind"]
    other.target = None if values["target"] is None else Decimal(values["target"])
    return other


def _levels(kpi: KpiYear) -> str:
    with override("th"):
        return "\n".join(f"{column.level}: {column.text}" for column in level_columns(kpi) if column.text)


def _of_parties(before: Iterable[AgreementParty], after: Sequence[AgreementParty]) -> Iterator[Change]:
    held = list(before)
    for side in PARTIES:
        old = [_named(party) for party in held if party.side == side]
        new = [_named(party) for party in after if party.side == side]
        if old != new:
            yield Change(SIDES[side], "ผู้ลงนาม", "\n".join(old), "\n".join(new))


def _named(party: AgreementParty) -> str:
    return " ".join(filter(None, (party.name, party.post, party.acting)))
