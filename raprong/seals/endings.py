"""Administrators hear in good time that a seal certificate ends: buying a new one takes an office weeks."""

from datetime import datetime

from django.db.models import QuerySet

from raprong.access.administration import ADMINISTER
from raprong.access.models import RoleGrant
from raprong.access.roles import roles_that_hold
from raprong.core.clock import day_of
from raprong.lib.thai.dates import long_date
from raprong.notifications.actions import tell
from raprong.organisation.models import Agency, Person
from raprong.seals.models import SealCertificate

DAYS_BEFORE = (60, 30, 14, 7, 1, 0)


def warn_of_ending_seals(at: datetime) -> int:
    """Tell of every certificate whose end has come nearer than a count of days not yet told. Answers how many."""
    return sum(_warned(each, at=at) for each in SealCertificate.objects.filter(retired_at__isnull=True))


def days_left(certificate: SealCertificate, *, at: datetime) -> int:
    """Whole days until a certificate's last; below nought once it has ended."""
    return (day_of(certificate.valid_until) - day_of(at)).days


def _warned(certificate: SealCertificate, *, at: datetime) -> bool:
    left = days_left(certificate, at=at)
    due = min((count for count in DAYS_BEFORE if left <= count), default=None)
    if due is None or (certificate.warned_days is not None and certificate.warned_days <= due):
        return False
    kind = "seal.ending" if at <= certificate.valid_until else "seal.ended"
    day = long_date(day_of(certificate.valid_until))
    administrators = _administrators(certificate.agency, at=at)
    tell(administrators, kind, about=certificate, at=at, name=certificate.name, day=day)
    certificate.warned_days = due
    certificate.save(update_fields=["warned_days"])
    return True


def _administrators(agency: Agency, *, at: datetime) -> QuerySet[Person]:
    grants = RoleGrant.objects.in_force(day_of(at)).filter(agency=agency, role__in=roles_that_hold(ADMINISTER))
    return Person.objects.filter(pk__in=grants.values("person_id"))
