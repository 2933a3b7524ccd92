"""Proof that the person at the keyboard is who they say, taken again at the moment of an act that binds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.access.second_factor import accepted, is_missing, is_set_up
from raprong.core.clock import day_of
from raprong.organisation.models import Person

GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class ConfirmedIdentity:
    """Who was proven, how, and when. Made only by `confirm_by_password` and its like."""

    person_id: int
    method: str
    confirmed_at: datetime


def confirm_by_password(person: Person, password: str, *, at: datetime) -> ConfirmedIdentity:
    """Ask for the password again. A wrong one is refused in words.

    Refused as well where a second factor is set up, or a role requires one: then it is that which is asked for.
    """
    if is_set_up(person) or is_missing(person, on=day_of(at)):
        raise Refused(_("The password alone is not enough here: a code of your second factor is asked for."))
    if person.user is None or not person.user.check_password(password):
        raise Refused(_("The password is not right. Nothing has been signed."))
    return ConfirmedIdentity(person.pk, "password", at)


def confirm_by_code(person: Person, code: str, *, true_time: datetime, at: datetime) -> ConfirmedIdentity:
    """Ask for a code of the second factor. A wrong one, or one that was used, is refused in words."""
    if person.user is None or accepted(person.user, code, true_time=true_time, at=at) is None:
        raise Refused(_("This code is not right, or it was used already. Nothing has been signed."))
    return ConfirmedIdentity(person.pk, "code", at)


def check_identity(identity: ConfirmedIdentity, person: Person, *, at: datetime) -> None:
    """Refuse a proof of somebody else, or one older than five minutes."""
    if identity.person_id != person.pk:
        raise Refused(_("Somebody else has proven who they are."))
    if not timedelta(0) <= at - identity.confirmed_at <= GOOD_FOR:
        raise Refused(_("Your proof was given too long ago. Give it once more."))
