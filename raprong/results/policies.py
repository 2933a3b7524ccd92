from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.access.permissions import role_title
from raprong.access.roles import roles_that_hold
from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults, all_at_once
from raprong.kpis.enums import KpiState
from raprong.kpis.formulas import inputs_of, said
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import criteria_of
from raprong.lib.formula import FormulaRefused, reckon
from raprong.lib.scoring.criteria import Choice, Milestones, Steps, YesNo
from raprong.lib.scoring.rounding import half_up
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus
from raprong.results.models import MonthClose, MonthlyResult
from raprong.results.months import last_day_of, month_title

CARD = "results.months_reported"  # the work an SOP names for reporting months
PLACES = 4
MOST = Decimal(10) ** 11  # eleven digits before the point, as the table keeps them


def check_selected(kpi: KpiYear) -> None:
    if kpi.state != KpiState.SELECTED:
        raise Refused(_("%(kpi)s is not a KPI of this year's agreement.") % {"kpi": kpi})
    if kpi.is_sum:
        raise Refused(_("%(kpi)s is reckoned from its parts. Report their results.") % {"kpi": kpi})


def check_month_is_open(run: Run, month: date, *, on: date) -> None:
    """A month of the run's year that has begun and is not closed."""
    check_is_month_of(run, month)
    if on < month:
        raise Refused(_("%(month)s has not begun yet.") % {"month": month_title(month)})
    check_not_closed(run, month)


def check_can_close(run: Run, month: date, *, at: datetime) -> None:
    """A month closes once, from its last day on."""
    check_is_month_of(run, month)
    check_not_closed(run, month)
    last_day = last_day_of(run, month)
    if day_of(at) < last_day:
        raise Refused(_("%(month)s is not over yet.") % {"month": month_title(month)})


def check_is_month_of(run: Run, month: date) -> None:
    if month not in run.year.months():
        raise Refused(_("%(month)s is not a month of this fiscal year.") % {"month": month_title(month)})


def check_not_closed(run: Run, month: date) -> None:
    if MonthClose.objects.standing().filter(run=run, month=month).exists():
        words = {"month": month_title(month), "roles": ", ".join(map(role_title, roles_that_hold("results.close")))}
        raise Refused(
            _("%(month)s is closed. Its figures no longer change. It can be opened again by: %(roles)s.") % words
        )


def faults_of_closing(
    month: date, missing: Sequence[KpiYear], reasons: Mapping[str, str], below: Sequence[MonthlyResult]
) -> list[Fault]:
    """What stands in the way of a closing: a figure that is missing without a reason, or too low without a cause."""
    faults = []
    if without := [kpi.code for kpi in missing if not reasons[kpi.code]]:
        sentence = _("%(month)s has no figure for %(codes)s. Say why it is closed without them.")
        faults.append(Fault("because", sentence % {"month": month_title(month), "codes": ", ".join(without)}))
    if below:
        sentence = _("Below the chosen level in %(month)s: %(codes)s. Write cause and corrective action first.")
        codes = ", ".join(result.kpi.code for result in below)
        faults.append(Fault("", sentence % {"month": month_title(month), "codes": codes}))
    return faults


def faults_of_figure(kpi: KpiYear, value: Decimal | None, status: str, *, field: str = "value") -> list[Fault]:
    """Everything wrong with a figure: it fits its status, has at most 4 decimals, and is what its kind counts.

    Steps and milestones are counted from nought, and whole unless parts of a step count. Yes is 1 and no is 0; an
    answer is named by its number. Other figures may fall below nought, as a growth rate does.
    """
    if status != ResultStatus.VALUE:
        return [] if value is None else [Fault(field, _("Leave the figure empty where there is none this month."))]
    if value is None:
        return [Fault(field, _("Enter the figure, or say that nothing applies this month."))]
    if not value.is_finite():
        return [Fault(field, _("Enter a number, such as 94.50."))]
    return [Fault(field, sentence) for sentence in _sentences_on(kpi, value)]


def reckoned(kpi: KpiYear, inputs: Mapping[str, Decimal]) -> Decimal:
    """The result that a KPI's formula makes of its inputs, rounded half-up at the 4 decimals that a result has.

    Refused with the fault of each input that is missing or no number (`input_a`), and what cannot be reckoned, such as
    a division by nought, at the formula's first input.
    """
    names = [one.name for one in inputs_of(kpi.inputs)]
    with all_at_once() as found:
        for name in names:
            if name not in inputs or not inputs[name].is_finite():
                found.add(f"input_{name}", _("Enter a number, such as 94.50."))
            elif abs(inputs[name]) >= MOST:
                found.add(f"input_{name}", _("The figure has at most 11 digits before the point."))
    try:
        return half_up(reckon(kpi.expression, inputs), PLACES)
    except FormulaRefused as refused:
        place = f"input_{names[0]}" if names else "value"
        raise Faults([Fault(place, said(fault)) for fault in refused.faults]) from None


def _sentences_on(kpi: KpiYear, value: Decimal) -> Iterable[str]:
    if abs(value) >= MOST:
        yield _("The figure has at most 11 digits before the point.")
    elif value != round(value, PLACES):
        yield _("The figure has at most 4 decimals.")
    else:
        yield from _sentences_of_kind(kpi, value)


def _sentences_of_kind(kpi: KpiYear, value: Decimal) -> Iterable[str]:
    match criteria_of(kpi):
        case Steps(fractions=True) if value < 0:
            yield _("Steps are counted from 0.")
        case Steps(fractions=False) | Milestones() if value % 1 or value < 0:
            yield _("Steps are counted whole: 0, 1, 2 and so on.")
        case YesNo() if value not in (0, 1):
            yield _("Enter 1 for yes, or 0 for no.")
        case Choice(options) if value % 1 or not 1 <= value <= len(options):
            yield _("Enter the number of an answer, 1 to %(last)s.") % {"last": len(options)}


def check_figure(kpi: KpiYear, value: Decimal | None, status: str) -> None:
    """Refuse a figure with all its faults at once."""
    faults = faults_of_figure(kpi, value, status)
    if faults:
        raise Faults(faults)
