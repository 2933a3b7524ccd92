"""The rounds that a run's SOP asks a report for, counted in months from October; the last one sums the year up."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.lib.thai.digits import to_thai_digits
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.processes.models import Run
from raprong.processes.queries import calendar_of


def rounds_of(run: Run) -> list[int]:
    """Every round that needs a report, the shortest first."""
    return sorted(run.definition.reporting.rounds)


def final_round_of(run: Run) -> int:
    """The round that counts for the year."""
    return run.definition.reporting.last_round


def first_day_of_last_month(year: FiscalYear, months: int) -> date:
    """The day from which the report of a round may be written."""
    return year.round_ends_on(months).replace(day=1)


def due_on(run: Run, months: int) -> date:
    """The day by which the report of a round is submitted, as the SOP counts it from the end of the round."""
    ends_on, days = run.year.round_ends_on(months), run.definition.reporting.due_working_days_after_end
    return calendar_of(run.fiscal_year).add_working_days(ends_on, days) if days else ends_on


def round_title(months: int) -> str:
    """`รอบ ๖ เดือน`, or `6-month round`, in the language of the page."""
    thai = (get_language() or "th").startswith("th")
    return _("%(months)s-month round") % {"months": to_thai_digits(months) if thai else months}


def round_title_th(months: int) -> str:
    """As papers print it."""
    return f"รอบ {months} เดือน"
