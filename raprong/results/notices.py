"""What people are told about monthly figures."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.lib.thai.dates import long_date, month_and_year
from raprong.notifications.actions import tell
from raprong.organisation.models import Person
from raprong.results.models import CorrectiveAction, FigureComment, MonthlyResult, Reopening

KINDS: dict[str, str | Promise] = {
    "result.commented": _("%(person)s wrote about %(kpi)s, %(month)s: %(text)s"),
    "result.month_reopened": _("%(month)s is open again: %(because)s"),
    "result.action_given": _("You are to act on %(kpi)s until %(due)s: %(action)s"),
    "result.action_closed": _("What was to be done about %(kpi)s is done: %(outcome)s"),
}
LONGEST_QUOTED = 200


def tell_of_comment(comment: FigureComment, *, by: Person, at: datetime) -> None:
    """Tell whoever reported the figure, and whoever spoke about it before."""
    kpi, month = comment.kpi, comment.month
    reported = MonthlyResult.objects.filter(kpi=kpi, month=month).values("reported_by")
    spoken = FigureComment.objects.filter(kpi=kpi, month=month).values("written_by")
    people = Person.objects.filter(Q(pk__in=reported) | Q(pk__in=spoken))
    words = {"person": by.name, "kpi": str(kpi), "month": month_and_year(month), "text": comment.text[:LONGEST_QUOTED]}
    tell(people, "result.commented", about=comment, at=at, besides=by, **words)


def tell_of_reopening(reopening: Reopening, *, on: date, by: Person, at: datetime) -> None:
    """Tell everybody who reports for a group of the unit."""
    close = reopening.close
    units = [close.run.unit, *close.run.unit.groups.all()]
    people = {
        person.pk: person
        for role in roles_that_hold("results.report")
        for unit in units
        for person in people_with_role(role, unit, on=on)
    }
    words = {"month": month_and_year(close.month), "because": reopening.because}
    tell(people.values(), "result.month_reopened", about=close, at=at, besides=by, **words)


def tell_of_action(action: CorrectiveAction, *, by: Person, at: datetime) -> None:
    """Tell the one who is to act."""
    words = {"kpi": str(action.kpi), "due": long_date(action.due_on), "action": action.action[:LONGEST_QUOTED]}
    tell([action.owner], "result.action_given", about=action, at=at, besides=by, **words)


def tell_of_closed_action(action: CorrectiveAction, *, by: Person, at: datetime) -> None:
    """Tell the one who wrote the action, and the one who was to act."""
    people = {person.pk: person for person in (action.written_by, action.owner)}
    words = {"kpi": str(action.kpi), "outcome": action.outcome[:LONGEST_QUOTED]}
    tell(people.values(), "result.action_closed", about=action, at=at, besides=by, **words)
