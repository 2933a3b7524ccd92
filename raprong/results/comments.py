"""What people who read a figure say about it, and everything that happened to it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from raprong.audit.actions import record
from raprong.audit.models import Entry
from raprong.core.faults import Fault, Faults
from raprong.core.references import reference
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.results import permissions, policies
from raprong.results.models import FigureComment, MonthlyResult, TakenBack
from raprong.results.notices import tell_of_comment

MOST_LETTERS = 2000


@transaction.atomic
def comment(kpi: KpiYear, month: date, *, text: str, by: Person, at: datetime) -> FigureComment:
    """Say something about the figure of a month. Whoever reported it, and whoever spoke about it before, is told.

    Everybody who may read the results may comment, on closed months too: a comment changes no figure.
    """
    run = kpi.run
    permissions.check_may_read(by, run, at=at)
    policies.check_is_month_of(run, month)
    _check_text(text)

    written = FigureComment.objects.create(kpi=kpi, month=month, text=text.strip(), written_at=at, written_by=by)
    tell_of_comment(written, by=by, at=at)

    record(
        "result.commented",
        about=written,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        kpi=reference(kpi),
        month=month,
        text=text.strip(),
    )
    return written


def comments_on(kpi: KpiYear, month: date) -> QuerySet[FigureComment]:
    """What was said about a figure, the earliest first."""
    return FigureComment.objects.filter(kpi=kpi, month=month).select_related("written_by")


def history_of_figure(kpi: KpiYear, month: date) -> QuerySet[Entry]:
    """Who reported, corrected or took back the figure of a month, the earliest first; taken back ones among them."""
    standing = MonthlyResult.objects.filter(kpi=kpi, month=month)
    gone = TakenBack.objects.filter(kpi=kpi, month=month).values_list("about", flat=True)
    abouts = [*(reference(result) for result in standing), *gone]
    return Entry.objects.filter(about__in=abouts, kind__startswith="result.").order_by("at", "number")


def _check_text(text: str) -> None:
    if not text.strip():
        raise Faults([Fault("text", _("Write what you want to say about the figure."))])
    if len(text) > MOST_LETTERS:
        raise Faults([Fault("text", _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS})])
