"""The months of a fiscal year, as results name them."""

from datetime import date

from django.utils.translation import get_language

from raprong.kpis.enums import Counting
from raprong.kpis.models import KpiYear
from raprong.lib.thai.dates import month_and_year, month_and_year_en
from raprong.processes.models import Run


def month_title(month: date) -> str:
    """ธันวาคม ๒๕๖๙, or December 2026, in the language of the page."""
    thai = (get_language() or "th").startswith("th")
    return month_and_year(month) if thai else month_and_year_en(month)


def last_day_of(run: Run, month: date) -> date:
    return run.year.month(month.month)[1]


def round_on(run: Run, day: date) -> int:
    """The round, in months from October, that a day belongs to: the first that ends on it or later, else the last."""
    rounds = sorted(run.definition.reporting.rounds)
    return next((months for months in rounds if run.year.round_ends_on(months) >= day), rounds[-1])


def months_begun(run: Run, on: date) -> list[date]:
    """The months of the run's year of which at least the first day has come."""
    return [month for month in run.year.months() if month <= on]


def is_due(run: Run, kpi: KpiYear, month: date) -> bool:
    """Whether a figure is owed for a month: one that counts once for the year is owed for its last month alone."""
    return kpi.counting != Counting.ANNUAL or month == run.year.months()[-1]
