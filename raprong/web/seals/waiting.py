"""What waits for an administrator of seals: certificates that end soon, or have ended, without another after them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.administration import ADMINISTER
from raprong.access.queries import holds_in_agency
from raprong.core.clock import day_of
from raprong.seals.endings import DAYS_BEFORE, days_left
from raprong.seals.models import SealCertificate
from raprong.web.home.desk import Desk, Waiting
from raprong.web.shell.filters import short_date


def endings(desk: Desk) -> Iterator[Waiting]:
    """From the first day on which administrators are told of it until a later certificate of the same unit is there."""
    if not holds_in_agency(desk.person, ADMINISTER, desk.person.agency, on=desk.on):
        return
    standing = SealCertificate.objects.filter(agency=desk.person.agency, retired_at__isnull=True)
    later = standing.filter(valid_until__gt=OuterRef("valid_until"))
    of_unit, of_agency = later.filter(unit=OuterRef("unit")), later.filter(unit__isnull=True)
    of_units = standing.filter(~Exists(of_unit), unit__isnull=False)
    of_the_agency = standing.filter(~Exists(of_agency), unit__isnull=True)
    for certificate in [*of_units, *of_the_agency]:
        if days_left(certificate, at=desk.at) <= max(DAYS_BEFORE):
            yield _ending(certificate)


def _ending(certificate: SealCertificate) -> Waiting:
    last = day_of(certificate.valid_until)
    return Waiting(
        title=_("Install a new seal certificate: %(name)s") % {"name": certificate.name},
        sentence=_("The one in use is valid until %(day)s.") % {"day": short_date(last)},
        due_on=last,
        url=reverse("seals:list"),
        label=_("Install"),
        key=f"seal {certificate.public_id}",
    )
