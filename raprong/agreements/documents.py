"""From an agreement and its KPIs to the paper that is signed.

Words on papers are Thai in every language of the pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from raprong.agreements.enums import Side, Tier
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.queries import is_yes, kpis_in
from raprong.agreements.workflow import IN_FORCE
from raprong.documents.addendum.shape import Addendum
from raprong.documents.agreement.shape import AgreedKpi
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.documents.parts import Signatory
from raprong.documents.signing_form.shape import FormKpi, Preparation, SigningForm
from raprong.kpis.documents import achievements_of, levels_text, result_text
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import in_families
from raprong.lib.scoring.rounding import sum_exactly
from raprong.processes.queries import standing_of, step_with_work
from raprong.signatures.enums import Way
from raprong.stationery.printing import worded

SignedPaper = AgreementPaper | Addendum
AGREEMENT = TypeAdapter(AgreementPaper)
ADDENDUM = TypeAdapter(Addendum)
ACTS = {
    Way.ELECTRONIC: "ลงนามทางอิเล็กทรอนิกส์เมื่อ",
    Way.CERTIFICATE: "ลงลายมือชื่อดิจิทัลเมื่อ",
    Way.WET_INK: "ลงนามในเอกสารเมื่อ",
}
APPROVED = "เห็นชอบเมื่อ"


def agreement_paper(agreement: Agreement, parties: Sequence[AgreementParty], *, dated_on: date) -> AgreementPaper:
    """The agreement as it is to be signed, from the KPIs and parties of this moment."""
    run = agreement.run
    paper = AgreementPaper(
        agency=run.unit.agency.name,
        unit=whose(agreement),
        fiscal_year=run.fiscal_year,
        starts_on=run.year.starts_on,
        ends_on=run.year.ends_on,
        dated_on=dated_on,
        receivers=signatories(parties, Side.RECEIVER),
        makers=signatories(parties, Side.MAKER),
        approvers=signatories(parties, Side.APPROVER),
        kpis=agreed_kpis(agreement),
        total_weight=sum_exactly(kpi.weight or Decimal(0) for kpi in kpis_in(agreement)),
    )
    return worded(paper, run.unit)


def signed_paper(agreement: Agreement, parties: Sequence[AgreementParty], *, dated_on: date) -> SignedPaper:
    """The very content that was shown for signing, its signature blocks filled."""
    return replace(
        content_of(agreement),
        receivers=signatories(parties, Side.RECEIVER),
        makers=signatories(parties, Side.MAKER),
        approvers=signatories(parties, Side.APPROVER),
        dated_on=dated_on,
    )


def content_of(agreement: Agreement) -> SignedPaper:
    """The content that was shown for signing, as it was printed."""
    if agreement.number:
        return ADDENDUM.validate_python(agreement.content)
    return AGREEMENT.validate_python(agreement.content)


def signing_form(
    agreement: Agreement, paper: AgreementPaper, *, dated_on: date, preparations: Sequence[Preparation] = ()
) -> SigningForm:
    """The form that lies on the table at the ceremony: the parties and the KPIs of the agreement's own paper."""
    form = SigningForm(
        agency=paper.agency,
        unit=paper.unit,
        fiscal_year=paper.fiscal_year,
        dated_on=dated_on,
        receivers=paper.receivers,
        makers=paper.makers,
        kpis=tuple(FormKpi(kpi.code, kpi.name, kpi.weight, kpi.host) for kpi in paper.kpis if not kpi.part_of),
        total_weight=paper.total_weight,
        ceremony_on=agreement.signing_on,
        venue=agreement.venue,
        preparations=tuple(preparations),
    )
    return worded(form, agreement.run.unit)


def preparations_of(agreement: Agreement, *, at: datetime) -> tuple[Preparation, ...]:
    """What the SOP asks to be ready for the signing, in its own words; ticked is what is answered with yes.

    SOPs speak of the unit's agreement: nothing is asked for the signing of a group's, a person's or an addendum.
    """
    run = agreement.run
    step = step_with_work(run, IN_FORCE) if agreement.tier == Tier.UNIT and not agreement.number else None
    if step is None:
        return ()
    answers = {control.code: control.answer for control in standing_of(run, at=at).step(step.code).controls}
    return tuple(
        Preparation(point.text, done=is_yes(run, point, answers.get(point.code))) for point in step.control_points
    )


def as_content(paper: SignedPaper) -> dict[str, Any]:
    """Plain JSON values that `signed_paper` reads back."""
    addendum = isinstance(paper, Addendum)
    content: dict[str, Any] = (ADDENDUM if addendum else AGREEMENT).dump_python(paper, mode="json")  # type: ignore[arg-type]
    return content


def signatories(parties: Iterable[AgreementParty], side: Side) -> tuple[Signatory, ...]:
    return tuple(
        Signatory(
            name=party.name,
            post=party.post,
            acting=party.acting,
            signed=party.signed_at,
            act=APPROVED if side == Side.APPROVER else ACTS[Way(party.agreement.way)],
            digital=party.agreement.way == Way.CERTIFICATE,
        )
        for party in parties
        if party.side == side
    )


def whose(agreement: Agreement) -> str:
    """Whose agreement it is, as the heading prints it: ``นายสมชาย ใจดี กลุ่มวิชาการ กองแผนงาน``."""
    places = (agreement.person, agreement.group, agreement.run.unit)
    return " ".join(dict.fromkeys(place.name for place in places if place))


def agreed_kpis(agreement: Agreement, selected: Iterable[KpiYear] | None = None) -> tuple[AgreedKpi, ...]:
    """The KPIs that an agreement is about as they read at this moment, each part under its KPI; see `kpis_in`."""
    duties = {share["kpi"]: share["duty"] for share in agreement.shares}
    kpis = in_families(kpis_in(agreement, selected))
    return tuple(agreed_kpi(kpi, duty=duties.get(kpi.public_id, "")) for kpi in kpis)


def agreed_kpi(kpi: KpiYear, *, duty: str = "") -> AgreedKpi:
    """One KPI as both attachments print it; the weight of a part is the one inside its KPI."""
    return AgreedKpi(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        weight=(kpi.weight_inside if kpi.parent else kpi.weight) or Decimal(0),
        levels=levels_text(kpi),
        dimension=kpi.dimension.title,
        target=result_text(kpi, kpi.target),
        baseline=baseline_of(kpi.baseline),
        host=kpi.group.name,
        definition=kpi.definition,
        achievements=achievements_of(kpi),
        part_of=kpi.parent.code if kpi.parent else "",
        duty=duty,
    )


def baseline_of(baseline: Mapping[str, str]) -> str:
    """``ปี 2568: 91.20; ปี 2569: 93``, the earliest year first."""
    return "; ".join(f"ปี {year}: {result}" for year, result in sorted(baseline.items()))
