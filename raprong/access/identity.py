"""Proof that the person at the keyboard is who they say, taken again at the moment of an act that binds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.organisation.models import Person

GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class ConfirmedIdentity:
    """Who was proven, how, and when. Made only by `confirm_by_password`."""

    person_id: int
    method: str
    confirmed_at: datetime


def confirm_by_password(person: Person, password: str, *, at: datetime) -> ConfirmedIdentity:
    """Ask for the password again. A wrong one is refused in words."""
    if person.user is None or not person.user.check_password(password):
        raise Refused(_("The password is not right. Nothing has been signed."))
    return ConfirmedIdentity(person.pk, "password", at)


def check_identity(identity: ConfirmedIdentity, person: Person, *, at: datetime) -> None:
    """Refuse a proof of somebody else, or one older than five minutes."""
    if identity.person_id != person.pk:
        raise Refused(_("The password was given by somebody else."))
    if not timedelta(0) <= at - identity.confirmed_at <= GOOD_FOR:
        raise Refused(_("The password was given too long ago. Give it once more."))
