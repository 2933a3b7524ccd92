"""Whose stationery a page is about: the reader's own agency, or a unit of it whose stationery they may read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from raprong.access.queries import units_where
from raprong.core import clock
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Unit
from raprong.stationery.queries import Holder


def units_read(request: HttpRequest) -> QuerySet[Unit]:
    """The units whose stationery this person may read."""
    held = units_where(request.person, "stationery.read", on=clock.today())
    return held.filter(kind=UnitKind.OFFICE).select_related("agency").order_by("order", "name")


def holders_read(request: HttpRequest) -> list[Holder]:
    """The agency, whose stationery holds for every unit, and the units that this person may read it of."""
    units = list(units_read(request))
    return [units[0].agency, *units] if units else []


def holder_or_404(request: HttpRequest, holder: str) -> Holder:
    """The agency or unit of an address; others do not exist for this person."""
    units = units_read(request)
    if found := units.filter(public_id=holder).first():
        return found
    if found := units.filter(agency__public_id=holder).first():
        return found.agency
    raise Http404
