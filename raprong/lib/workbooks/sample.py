"""The sample workbook: published criteria and results, kept as text in definitions/demonstration/kpis.yaml."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from raprong.lib.definition_file import read_definition
from raprong.lib.workbooks.shape import MONTHS, KpiRow, KpiWorkbook, MonthlyRow

SOURCE = Path(__file__).parents[2] / "definitions" / "demonstration" / "kpis.yaml"


@dataclass(frozen=True)
class _SampleKpi:
    code: str
    title: str
    dimension: str
    group: str
    measure: str
    weight: Decimal
    levels: dict[Decimal, Decimal]
    target: Decimal
    formula: str
    data_source: str
    figure_source: str
    results: dict[int, Decimal] = field(default_factory=dict)  # calendar month and cumulative figure


@dataclass(frozen=True)
class _Sample:
    kpis: tuple[_SampleKpi, ...]


def sample_workbook(source: Path = SOURCE) -> KpiWorkbook:
    """The sample's KPIs and their results, as a workbook with these in its rows would read."""
    kpis = read_definition(source, _Sample).kpis
    return KpiWorkbook(
        kpis=tuple(_kpi_row(row, kpi) for row, kpi in enumerate(kpis, start=2)),
        months=tuple(_monthly_row(row, kpi) for row, kpi in enumerate(kpis, start=2)),
    )


def _kpi_row(row: int, kpi: _SampleKpi) -> KpiRow:
    return KpiRow(
        row=row,
        code=kpi.code,
        title=kpi.title,
        dimension=kpi.dimension,
        group=kpi.group,
        measure=kpi.measure,
        weight=kpi.weight,
        levels=tuple(sorted(kpi.levels.items())),
        target=kpi.target,
        formula=kpi.formula,
        data_source=kpi.data_source,
        figure_source=kpi.figure_source,
    )


def _monthly_row(row: int, kpi: _SampleKpi) -> MonthlyRow:
    return MonthlyRow(row, kpi.code, tuple((month, kpi.results.get(month)) for month, _ in MONTHS))
