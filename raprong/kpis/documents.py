"""From a KPI to the paper of its detail sheet. Words on papers are Thai in every language of the pages."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import TypeAdapter

from raprong.documents.kpi_detail.shape import Contact, KpiDetail, KpiSheet, RoundCriterion, YearFigure
from raprong.documents.parts import Levels, levels_from
from raprong.kpis.criteria_words import figure_words, level_columns, level_texts, own_rounds, plan_words, result_words
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Position
from raprong.organisation.queries import holders_of_post

SHEET = TypeAdapter(KpiSheet)


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
        target=result_text(kpi, kpi.target),
        round_criteria=_round_criteria(kpi),
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


def levels_text(kpi: KpiYear, *, months: int | None = None) -> Levels:
    """What each level of the year's scale asks for, in a round by its own criteria; a level left open stays empty."""
    with override("th"):
        asked = [(column.level, column.text) for column in level_columns(kpi, months=months)]
        return levels_from(asked, note=plan_words(kpi, months=months))


def result_text(kpi: KpiYear, result: Decimal | None) -> str:
    """A result as its kind is told: the chosen answer, yes or no, or the figure. Empty where there is none."""
    with override("th"):
        return result_words(kpi, result)


def figure_text(number: Decimal | None) -> str:
    """A figure without the noughts that its column adds: 59.0000 is 59. Empty where there is none."""
    return "" if number is None else figure_words(number)


def _round_criteria(kpi: KpiYear) -> tuple[RoundCriterion, ...]:
    """What each round asks for that has criteria, milestones or a plan of its own."""
    with override("th"):
        return tuple(
            RoundCriterion(_("%(months)s months") % {"months": months}, _in_a_round(kpi, months))
            for months in own_rounds(kpi)
        )


def _in_a_round(kpi: KpiYear, months: int) -> str:
    levels = (f"{_('Level %s') % asked.level}: {asked.text}" for asked in level_texts(kpi, months=months))
    return "\n".join(line for line in [*levels, plan_words(kpi, months=months)] if line)


def _contact(position: Position | None, *, on: date) -> Contact | None:
    """A post with its unit, unless its title names it; its holder's name and telephone where one person holds it."""
    if position is None:
        return None
    holders = list(holders_of_post(position, on=on))
    name, phone = (holders[0].name, holders[0].telephone) if len(holders) == 1 else ("", "")
    unit = "" if position.unit.name in position.title else position.unit.name
    return Contact(name=name, post=position.title, unit=unit, phone=phone)
