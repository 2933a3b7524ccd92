"""From a KPI to the paper of its detail sheet. Words on papers are Thai in every language of the pages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import TypeAdapter

from raprong.documents.kpi_detail.shape import (
    Contact,
    KpiDetail,
    KpiSheet,
    KpiStep,
    RoundCriterion,
    YearFigure,
)
from raprong.documents.parts import Levels, levels_from
from raprong.kpis.criteria_words import figure_words, level_columns, level_texts, own_rounds, plan_words, result_words
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.kpis.steps import steps_of
from raprong.kpis.words import baseline_average, round_words, value_words
from raprong.lib.scoring.criteria import Steps
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
        level_of=_in_thai(lambda: str(kpi.get_level_display())),
        nature=_in_thai(lambda: f"{kpi.get_origin_display()} · {kpi.get_nature_display()}"),
        dimension=kpi.dimension.title,
        issue=kpi.issue,
        part_of=_part_of(kpi),
        strategy=kpi.strategy,
        sources=tuple(source.title for source in kpi.sources.all()),
        definition=kpi.definition,
        scope=kpi.scope,
        formula=kpi.formula,
        inputs=_inputs(kpi),
        target=result_text(kpi, kpi.target),
        round_criteria=_round_criteria(kpi),
        baseline=_baseline(kpi),
        baseline_average=figure_text(baseline_average(kpi)),
        steps=tuple(KpiStep(step.title, step.evidence) for step in steps_of(kpi.steps)),
        counted_in=_in_thai(lambda: _counted_in(kpi)),
        data_source=kpi.data_source,
        collection_method=kpi.collection_method,
        conditions=kpi.conditions,
        evidence_expected=kpi.evidence_expected,
        notes=kpi.notes,
        supervisor=_contact(kpi.supervisor, kpi.supervisor_phone, on=on),
        collector=_contact(kpi.collector, kpi.collector_phone, on=on),
    )


def digest_of(paper: KpiDetail) -> str:
    """A fingerprint of what the sheet says, whatever its day: two sheets that say the same have the same one."""
    return sha256(SHEET.dump_json(paper.sheet)).hexdigest()


def levels_text(kpi: KpiYear, *, months: int | None = None) -> Levels:
    """What each level of the year's scale asks for, in a round by its own criteria; a level left open stays empty."""
    with override("th"):
        asked = [(column.level, column.text) for column in level_columns(kpi, months=months)]
        return levels_from(asked, note=plan_words(kpi, months=months))


def achievements_of(kpi: KpiYear) -> tuple[str, ...]:
    """The points of success of a KPI where n of them reached score n; empty where its levels count otherwise."""
    criteria = criteria_of(kpi) if kpi.criteria else None
    if not isinstance(criteria, Steps) or any(rung.at != rung.score for rung in criteria.rungs):
        return ()
    return tuple(step.title for step in steps_of(kpi.steps))


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


def _baseline(kpi: KpiYear) -> tuple[YearFigure, ...]:
    """What past years came to, the earliest first."""
    past = sorted(kpi.baseline.items())
    return tuple(YearFigure(int(year), figure_text(Decimal(result))) for year, result in past)


def _part_of(kpi: KpiYear) -> str:
    """The KPI that this is a part of, with its weight inside it."""
    if kpi.parent is None:
        return ""
    inside = kpi.weight_inside
    words = {"kpi": kpi.parent, "weight": figure_text(inside)}
    return str(kpi.parent) if inside is None else _in_thai(lambda: _("%(kpi)s, weight inside it %(weight)s") % words)


def _inputs(kpi: KpiYear) -> tuple[str, ...]:
    """The figures that are collected, and how the result is reckoned from them."""
    if not kpi.inputs:
        return ()
    reckoned = _in_thai(lambda: _("Reckoned as %(expression)s") % {"expression": kpi.expression})
    return (*value_words("inputs", kpi.inputs).splitlines(), reckoned)


def _counted_in(kpi: KpiYear) -> str:
    """What a month's figure says, from which round on it is scored, and from which on it is cancelled."""
    counting = _("Its figure counts: %(how)s") % {"how": kpi.get_counting_display()}
    starts = _("Scored from %(round)s on") % {"round": round_words(kpi.starts_in)} if kpi.starts_in else ""
    words = {"round": round_words(kpi.cancelled_from), "because": kpi.cancelled_because}
    ends = _("Cancelled from %(round)s on: %(because)s") % words if kpi.cancelled_from else ""
    return "\n".join(line for line in (counting, starts, ends) if line)


def _in_thai(words: Callable[[], str]) -> str:
    """Words of a paper, which are Thai in every language of the pages."""
    with override("th"):
        return words()


def _contact(position: Position | None, phone: str, *, on: date) -> Contact | None:
    """A post with its unit, unless its title names it; its holder's name and telephone where one person holds it.

    A telephone that was written on the sheet goes before that of the holder.
    """
    if position is None:
        return None
    holders = list(holders_of_post(position, on=on))
    name, own_phone = (holders[0].name, holders[0].telephone) if len(holders) == 1 else ("", "")
    unit = "" if position.unit.name in position.title else position.unit.name
    return Contact(name=name, post=position.title, unit=unit, phone=phone or own_phone)
