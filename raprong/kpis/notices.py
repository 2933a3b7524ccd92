"""What people are told about KPIs."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.kpis.enums import KpiState
from raprong.kpis.models import DepartmentList, KpiYear
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.organisation.queries import people_of
from raprong.processes.models import Run

KINDS: dict[str, str | Promise] = {
    "kpi.selected": _("“%(kpi)s” was selected, with weight %(weight)s."),
    "kpi.part_selected": _("“%(kpi)s” was selected as a part of KPI %(parent)s."),
    "kpi.not_selected": _("“%(kpi)s” was not selected: %(because)s"),
    "kpi.cancelled": _("“%(kpi)s” is cancelled from the round of %(months)s months on: %(because)s"),
    "kpi.taken_up_again": _("“%(kpi)s” counts again: %(because)s"),
    "kpis.sent_to_department": _("%(unit)s sent its list of %(count)s KPIs for fiscal year %(year)s."),
}


def tell_of_decision(kpi: KpiYear, *, by: Person, at: datetime) -> None:
    """Tell the one who proposed a KPI what became of it."""
    if kpi.proposed_by is None:
        return
    parent = kpi.parent.code if kpi.parent else ""
    words = {"kpi": str(kpi), "weight": str(kpi.weight or ""), "parent": parent, "because": kpi.decision_reason}
    chosen = "kpi.part_selected" if parent else "kpi.selected"
    kind = chosen if kpi.state == KpiState.SELECTED else "kpi.not_selected"
    tell([kpi.proposed_by], kind, about=kpi, at=at, besides=by, **words)


def tell_of_cancelling(kpi: KpiYear, *, because: str, on: date, by: Person, at: datetime) -> None:
    """Tell the group that answers for a KPI, and those who will score it, that it is cancelled or counts again."""
    people = {person.pk: person for person in [*people_of(kpi.group, on=on), *_scorers(kpi.run, on=on)]}
    words = {"kpi": str(kpi), "because": because}
    if kpi.cancelled_from is None:
        tell(people.values(), "kpi.taken_up_again", about=kpi, at=at, besides=by, **words)
    else:
        months = str(kpi.cancelled_from)
        tell(people.values(), "kpi.cancelled", about=kpi, at=at, besides=by, **words, months=months)


def tell_of_list(sent: DepartmentList, *, on: date, by: Person, at: datetime) -> None:
    """Tell those of the department who will score the year that the list is there."""
    run = sent.framework.run
    people = {person.pk: person for person in _scorers(run, on=on)}
    words = {"unit": str(run.unit), "count": str(len(sent.content)), "year": str(run.fiscal_year)}
    tell(people.values(), "kpis.sent_to_department", about=sent, at=at, besides=by, **words)


def _scorers(run: Run, *, on: date) -> Iterator[Person]:
    """Those of the department who will score the year."""
    for role in roles_that_hold("evaluations.score"):
        yield from people_with_role(role, run.unit, on=on)
