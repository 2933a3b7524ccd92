"""What an SOP may ask about monthly results."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.kpis.queries import reported_kpis
from raprong.organisation.models import Unit
from raprong.processes.cards import Card, CardAnswer, register
from raprong.processes.models import Run
from raprong.results.months import month_title
from raprong.results.queries import still_missing

MONTHS_REPORTED = "results.months_reported"


def months_reported(run: Run, piece: Unit | None) -> CardAnswer:
    """Every month of the year is reported for every selected KPI (of the piece's group), or closed with a reason."""
    kpis = reported_kpis(run).filter(group=piece) if piece else reported_kpis(run)
    if not kpis.exists():
        return CardAnswer(done=False, sentence=_("No KPI has been selected yet."))
    months = run.year.months()
    waiting = still_missing(run, months, group=piece)
    if not waiting:
        return CardAnswer(
            done=True, sentence=_("All %(months)s months are reported or closed.") % {"months": len(months)}
        )
    first, missing = next(iter(waiting.items()))
    sentence = _("%(done)s of %(all)s months are complete. %(month)s waits for: %(codes)s.") % {
        "done": len(months) - len(waiting),
        "all": len(months),
        "month": month_title(first),
        "codes": ", ".join(kpi.code for kpi in missing),
    }
    return CardAnswer(done=False, sentence=sentence)


def register_cards() -> None:
    register(Card(MONTHS_REPORTED, gettext_lazy("Monthly results reported"), months_reported))
