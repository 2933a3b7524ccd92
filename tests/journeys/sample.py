"""What the people of the journeys enter: the sample's KPIs, figures and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import yaml
from openpyxl import Workbook

from raprong.cli.rehearsal.stage import WORDS as WORDS_SOURCE
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.shape import KpiRow, KpiWorkbook, MonthlyRow
from raprong.lib.workbooks.writer import write_workbook
from raprong.organisation.models import Unit

WORDS: dict[str, Any] = yaml.safe_load(WORDS_SOURCE.read_text("utf-8"))
KPIS = sample_workbook().kpis
FIGURES = {row.code: dict(row.figures) for row in sample_workbook().months}


def dimensions() -> dict[str, object]:
    """The dimensions of the sample, each with the weight of its KPIs together."""
    names = dict.fromkeys(kpi.dimension for kpi in KPIS)
    return {name: sum(kpi.weight for kpi in KPIS if kpi.dimension == name) for name in names}


def kpis_of(group: Unit) -> list[KpiRow]:
    """The KPIs of the sample that a group answers for."""
    return [kpi for kpi in KPIS if kpi.group == group.short_name]


def workbook_of_kpis(fiscal_year: int) -> bytes:
    return write_workbook(KpiWorkbook(kpis=KPIS, months=()), fiscal_year=fiscal_year)


def workbook_of_months(fiscal_year: int, wanted: Callable[[int], bool]) -> bytes:
    """The sample's figures of some calendar months alone."""
    rows = [
        MonthlyRow(
            row.row, row.code, tuple((month, figure if wanted(month) else None) for month, figure in row.figures)
        )
        for row in sample_workbook().months
    ]
    return write_workbook(KpiWorkbook(kpis=KPIS, months=tuple(rows)), fiscal_year=fiscal_year)


def proof_of(code: str) -> bytes:
    """A table of a KPI's monthly figures, as a collector would print it from the source."""
    book = Workbook()
    for month, figure in FIGURES[code].items():
        book.active.append([month, figure])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def day_after(month: date) -> date:
    """The first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
