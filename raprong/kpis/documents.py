"""From a KPI to the paper of its detail sheet. Words on papers are Thai in every language of the pages."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from pydantic import TypeAdapter

from raprong.documents.kpi_detail.shape import Contact, KpiDetail, KpiSheet, YearFigure
from raprong.documents.parts import Levels
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import rungs_of
from raprong.organisation.models import Position
from raprong.organisation.queries import holders_of_post

SHEET = TypeAdapter(KpiSheet)
LEVELS = range(1, 6)


def sheet_paper(kpi: KpiYear, *, on: date) -> KpiDetail:
    """The detail sheet (แบบฟอร์มรายละเอียดตัวชี้วัด) of a KPI as it stands, with those who hold its posts on a day."""
    run = kpi.run
    return KpiDetail(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        dated_on=on,
        sheet=kpi_sheet(kpi, on=on),
    )


def kpi_sheet(kpi: KpiYear, *, on: date) -> KpiSheet:
    """Every field of the sheet that is filled in."""
    return KpiSheet(
        code=kpi.code,
        name=kpi.title,
        unit_of_measure=kpi.measure,
        levels=levels_text(kpi),
        weight=kpi.weight,
        dimension=kpi.dimension.title,
        sources=tuple(source.title for source in kpi.sources.all()),
        definition=kpi.definition,
        formula=kpi.formula,
        target=figure_text(kpi.target),
        baseline=tuple(YearFigure(int(year), result) for year, result in sorted(kpi.baseline.items())),
        data_source=kpi.data_source,
        collection_method=kpi.collection_method,
        conditions=kpi.conditions,
        evidence_expected=kpi.evidence_expected,
        notes=kpi.notes,
        supervisor=_contact(kpi.supervisor, on=on),
        collector=_contact(kpi.collector, on=on),
    )


def digest_of(paper: KpiDetail) -> str:
    """A fingerprint of what the sheet says, whatever its day: two sheets that say the same have the same one."""
    return sha256(SHEET.dump_json(paper.sheet)).hexdigest()


def levels_text(kpi: KpiYear) -> Levels:
    """What each level of a KPI asks for; a level its criteria leave open stays empty."""
    asked = {int(rung.score): figure_text(rung.at) for rung in rungs_of(kpi) if rung.score % 1 == 0}
    return Levels(*(asked.get(level, "") for level in LEVELS))


def figure_text(number: Decimal | None) -> str:
    """A figure without the noughts that its column adds: 59.0000 is 59. Empty where there is none."""
    if number is None:
        return ""
    return format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize(), "f")


def _contact(position: Position | None, *, on: date) -> Contact | None:
    """A post with its unit, unless its title names it; its holder's name and telephone where one person holds it."""
    if position is None:
        return None
    holders = list(holders_of_post(position, on=on))
    name, phone = (holders[0].name, holders[0].telephone) if len(holders) == 1 else ("", "")
    unit = "" if position.unit.name in position.title else position.unit.name
    return Contact(name=name, post=position.title, unit=unit, phone=phone)
