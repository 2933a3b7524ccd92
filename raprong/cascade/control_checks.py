"""What an SOP may ask about handing KPIs on to groups and persons."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.cascade.policies import ACKNOWLEDGED, ASSIGNED
from raprong.cascade.queries import commitments_of, nobody_yet
from raprong.kpis.queries import selected_kpis
from raprong.organisation.models import Unit
from raprong.processes.cards import Card, CardAnswer, register
from raprong.processes.models import Run


def assigned(run: Run, piece: Unit | None) -> CardAnswer:
    """Every selected KPI (of the piece's group) has somebody of its own group."""
    kpis = selected_kpis(run).filter(group=piece) if piece else selected_kpis(run)
    count, missing = kpis.count(), nobody_yet(run, piece)
    if not count:
        return CardAnswer(done=False, sentence=_("No KPI has been selected yet."))
    sentence = _("%(done)s of %(all)s KPIs have somebody of their group.") % {
        "done": count - len(missing),
        "all": count,
    }
    if missing:
        codes = ", ".join(kpi.code for kpi in missing)
        sentence += " " + _("Nobody yet for: %(codes)s.") % {"codes": codes}
    return CardAnswer(done=not missing, sentence=sentence)


def everyone_acknowledged(run: Run, piece: Unit | None) -> CardAnswer:
    """Everybody who was given a KPI (of the piece's group) has acknowledged it."""
    commitments = list(commitments_of(run, piece))
    if not commitments:
        return CardAnswer(done=False, sentence=_("No KPI has been given to anybody yet."))
    waiting = [commitment for commitment in commitments if commitment.acknowledged_at is None]
    numbers = {"done": len(commitments) - len(waiting), "all": len(commitments)}
    return CardAnswer(done=not waiting, sentence=_("%(done)s of %(all)s acknowledged.") % numbers)


def register_cards() -> None:
    register(Card(ASSIGNED, gettext_lazy("KPIs given to people"), assigned))
    register(Card(ACKNOWLEDGED, gettext_lazy("Everybody has acknowledged"), everyone_acknowledged))
