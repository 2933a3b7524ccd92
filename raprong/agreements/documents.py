"""From an agreement and its KPIs to the paper that is signed.

Words on papers are Thai in every language of the pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from raprong.agreements.enums import Side
from raprong.agreements.models import Agreement, AgreementParty
from raprong.documents.agreement.shape import AgreedKpi
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.documents.parts import Levels, Signatory
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.rounding import sum_exactly

AGREEMENT = TypeAdapter(AgreementPaper)
MOST_LEVELS = 5


def agreement_paper(
    agreement: Agreement, parties: Sequence[AgreementParty], kpis: Sequence[KpiYear], *, dated_on: date
) -> AgreementPaper:
    """The agreement as it is to be signed, from the KPIs and parties of this moment."""
    run = agreement.run
    return AgreementPaper(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        starts_on=run.year.starts_on,
        ends_on=run.year.ends_on,
        dated_on=dated_on,
        receivers=signatories(parties, Side.RECEIVER),
        makers=signatories(parties, Side.MAKER),
        kpis=tuple(agreed_kpi(kpi) for kpi in kpis),
        total_weight=sum_exactly(kpi.weight or Decimal(0) for kpi in kpis),
    )


def signed_paper(agreement: Agreement, parties: Sequence[AgreementParty], *, dated_on: date) -> AgreementPaper:
    """The very content that was shown for signing, its signature blocks filled."""
    return replace(
        AGREEMENT.validate_python(agreement.content),
        receivers=signatories(parties, Side.RECEIVER),
        makers=signatories(parties, Side.MAKER),
        dated_on=dated_on,
    )


def as_content(paper: AgreementPaper) -> dict[str, Any]:
    """Plain JSON values that `signed_paper` reads back."""
    content: dict[str, Any] = AGREEMENT.dump_python(paper, mode="json")
    return content


def signatories(parties: Iterable[AgreementParty], side: Side) -> tuple[Signatory, ...]:
    return tuple(
        Signatory(name=party.name, post=party.post, acting=party.acting, signed=party.signed_at)
        for party in parties
        if party.side == side
    )


def agreed_kpi(kpi: KpiYear) -> AgreedKpi:
    """One KPI as both attachments print it."""
    return AgreedKpi(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        weight=kpi.weight or Decimal(0),
        levels=levels_of(kpi),
        dimension=kpi.dimension.title,
        target=number(kpi.target),
        baseline=baseline_of(kpi.baseline),
        host=kpi.group.name,
        definition=kpi.definition,
    )


def levels_of(kpi: KpiYear) -> Levels:
    """What the levels ask for, the lowest first, as many as a paper has columns for."""
    asked = [number(Decimal(str(at))) for _, at in kpi.levels][:MOST_LEVELS]
    return Levels(*asked)


def baseline_of(baseline: Mapping[str, str]) -> str:
    """``ปี 2568: 91.20; ปี 2569: 93``, the earliest year first."""
    return "; ".join(f"ปี {year}: {result}" for year, result in sorted(baseline.items()))


def number(value: Decimal | None) -> str:
    """A number without the noughts that its column adds; empty where there is none."""
    if value is None:
        return ""
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f")
