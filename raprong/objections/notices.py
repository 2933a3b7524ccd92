"""The messages this room sends."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.core.clock import day_of
from raprong.core.models import PublicIdModel
from raprong.evaluations.notices import people_who_hold
from raprong.lib.thai.dates import long_date
from raprong.notifications.actions import tell
from raprong.objections.models import Objection, Preliminary, members_of
from raprong.organisation.models import Person

KINDS: dict[str, str | Promise] = {
    "objection.result_shown": _(
        "The preliminary result of %(unit)s for %(months)s months waits for you to open it. You may accept it or "
        "object until %(day)s at the latest."
    ),
    "objection.result_opened": _("%(person)s opened the preliminary result of %(unit)s. The days end on %(day)s."),
    "objection.days_began": _(
        "Nobody has opened the preliminary result of %(unit)s for %(months)s months. The days to object began by "
        "themselves and end on %(day)s."
    ),
    "objection.accepted": _("%(unit)s accepts the result for %(months)s months. It is final."),
    "objection.passed": _("The days to object have passed. The result of %(unit)s for %(months)s months is final."),
    "objection.filed": _("%(unit)s objects to %(subject)s. The objection waits for a panel."),
    "objection.withdrawn": _("%(unit)s withdrew its objection to %(subject)s."),
    "objection.named": _("You sit on the panel for the objections of %(unit)s."),
    "objection.aside": _("%(person)s stands aside from the panel for %(unit)s: %(because)s"),
    "objection.proposed": _("A decision on the objection to %(subject)s waits for your vote."),
    "objection.rejected": _("The panel did not agree to the proposal on %(subject)s."),
    "objection.decided": _("The objection of %(unit)s to %(subject)s is decided: %(outcome)s"),
}


def tell_unit(
    kind: str, about: PublicIdModel, preliminary: Preliminary, *, by: Person | None, at: datetime, **more: str
) -> None:
    people = people_who_hold("objections.answer", preliminary.run.unit, at=at)
    tell(people, kind, about=about, at=at, besides=by, **_words(preliminary), **more)


def tell_announcers(
    kind: str, about: PublicIdModel, preliminary: Preliminary, *, by: Person | None, at: datetime, **more: str
) -> None:
    people = people_who_hold("evaluations.announce", preliminary.run.unit, at=at)
    tell(people, kind, about=about, at=at, besides=by, **_words(preliminary), **more)


def tell_namers(
    kind: str, about: PublicIdModel, preliminary: Preliminary, *, by: Person, at: datetime, **more: str
) -> None:
    """Those who name panels in the whole agency."""
    unit = preliminary.run.unit
    roles = roles_that_hold("objections.name_panel")
    people = {person.pk: person for role in roles for person in people_with_role(role, unit, on=day_of(at))}
    tell(people.values(), kind, about=about, at=at, besides=by, **_words(preliminary), **more)


def tell_panel(
    kind: str, about: PublicIdModel, preliminary: Preliminary, *, by: Person, at: datetime, **more: str
) -> None:
    people = [member.person for member in members_of(preliminary)]
    tell_people(people, kind, about, preliminary, by=by, at=at, **more)


def tell_people(
    people: Iterable[Person],
    kind: str,
    about: PublicIdModel,
    preliminary: Preliminary,
    *,
    by: Person,
    at: datetime,
    **more: str,
) -> None:
    tell(people, kind, about=about, at=at, besides=by, **_words(preliminary), **more)


def subject_of(objection: Objection) -> str:
    """What is objected to, as papers say it: the code of the KPI, or the total."""
    return objection.score.item.kpi.code if objection.score else "คะแนนรวม"


def _words(preliminary: Preliminary) -> dict[str, str]:
    return {
        "unit": preliminary.run.unit.name,
        "months": str(preliminary.evaluation.assessment.months),
        "day": long_date(preliminary.closes_on),
    }
