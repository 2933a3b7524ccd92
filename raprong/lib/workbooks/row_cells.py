"""A KPI as the cells of its row: what the writer puts under each heading, so that the reader finds the same."""

from collections.abc import Sequence
from decimal import Decimal

from raprong.lib.workbooks import choices
from raprong.lib.workbooks.cells import guarded
from raprong.lib.workbooks.choices import word_for
from raprong.lib.workbooks.columns import (
    BEFORE_LEVELS,
    CANCELLED_FROM,
    INPUTS,
    KIND,
    MOST_LEVEL_COLUMNS,
    NEEDED_TEXTS,
    OPTIONAL,
    OPTIONAL_TEXTS,
    PARENT,
    PLAN,
    ROUND_CRITERIA,
    SCORES,
    SOURCES,
    STARTS_IN,
    STEPS,
    TARGET,
    WEIGHT,
    WEIGHT_INSIDE,
    level_heading,
)
from raprong.lib.workbooks.criteria_cells import cells_of, kind_of, plan_text
from raprong.lib.workbooks.line_cells import rounds_text, steps_text
from raprong.lib.workbooks.shape import KpiRow, NamedInput

Written = str | int | Decimal | None


def headings(years: Sequence[int], optional: Sequence[str] = OPTIONAL, scores: Sequence[Decimal] = SCORES) -> list[str]:
    """The headings of a written sheet, in their order."""
    levels = [level_heading(score) for score in scores]
    return [*BEFORE_LEVELS, *levels, TARGET, *(past_year(year) for year in years), *optional]


def scores_of(kpis: Sequence[KpiRow], scores: Sequence[Decimal]) -> list[Decimal]:
    """The scores that a sheet has columns for: those of the scale, unless it has too many, and all that are used."""
    used = {score for kpi in kpis for score in cells_of(kpi.criteria)}
    of_the_scale = scores if len(scores) <= MOST_LEVEL_COLUMNS else SCORES
    return sorted(used | set(of_the_scale))


def past_year(year: int) -> str:
    return f"ผลปี {year}"


def cells_by_heading(kpi: KpiRow) -> dict[str, Written]:
    """What stands under each heading; nothing under those that are not named. Text never starts a formula."""
    cells: dict[str, Written] = {column.heading: getattr(kpi, column.field) for column in NEEDED_TEXTS}
    for column in OPTIONAL_TEXTS:
        said = getattr(kpi, column.field)
        cells[column.heading] = word_for(said, column.choices) if column.choices else said
    cells[WEIGHT], cells[TARGET], cells[WEIGHT_INSIDE] = kpi.weight, kpi.target, kpi.weight_inside
    cells |= _criteria_cells(kpi)
    cells |= {past_year(year): figure for year, figure in kpi.baseline}
    cells[PARENT] = kpi.parent
    cells[SOURCES] = "; ".join(kpi.sources)
    cells[INPUTS] = "\n".join(_input_text(one) for one in kpi.inputs)
    cells[ROUND_CRITERIA] = rounds_text(kpi.round_criteria, kpi.criteria)
    cells[STEPS] = steps_text(kpi.steps)
    cells[STARTS_IN], cells[CANCELLED_FROM] = kpi.starts_in, kpi.cancelled_from
    return {heading: _shown(cell) for heading, cell in cells.items() if cell not in (None, "")}


def used_headings(kpis: Sequence[KpiRow]) -> list[str]:
    """The optional headings under which at least one KPI says something, beside those of every workbook."""
    used = {heading for kpi in kpis for heading in cells_by_heading(kpi)} | set(OPTIONAL[:3])
    return [heading for heading in OPTIONAL if heading in used]


def _criteria_cells(kpi: KpiRow) -> dict[str, Written]:
    criteria = kpi.criteria
    kind = word_for(kind_of(criteria), choices.KINDS) if kpi.other_criteria else ""
    levels = {level_heading(level): cell for level, cell in cells_of(criteria).items()}
    return {KIND: kind, PLAN: plan_text(criteria), **levels}


def _input_text(one: NamedInput) -> str:
    return f"{one.name} = {one.title} [{one.measure}]" if one.measure else f"{one.name} = {one.title}"


def _shown(cell: Written) -> Written:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return int(cell)
    return cell
