"""The trail: what happened in a unit's year, in order, and whether the chain of it still holds."""

from __future__ import annotations

from functools import partial
from typing import Any, NoReturn

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.access.permissions import check_holds
from raprong.access.queries import grants_of, units_where
from raprong.access.roles import all_roles
from raprong.audit.kinds import all_kinds
from raprong.audit.models import Chain, Entry
from raprong.audit.queries import breaks_in
from raprong.audit.seals import seal_of
from raprong.core import clock
from raprong.core.models import PublicIdModel
from raprong.core.read_only import reads_on_get
from raprong.core.references import reference
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Person
from raprong.web.audit.closing import closed_years, is_closed
from raprong.web.audit.facts import facts_in_words
from raprong.web.processes.current import current_run
from raprong.web.processes.panel import unit_name
from raprong.web.records.views import year_name
from raprong.web.shell.current import today
from raprong.web.shell.filters import in_thai

PER_PAGE = 50


class NarrowForm(forms.Form):
    """Whose trail, of which year, and which of its entries."""

    place = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Fiscal year"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    about = forms.CharField(label=gettext_lazy("About"), required=False, max_length=100)


@reads_on_get
def trail(request: HttpRequest) -> HttpResponse:
    """The entries of one place, newest first. With `verify` every chain of the place and year is computed again."""
    places = places_open_to(request.person)
    if not places:
        _refuse(request)
    place = _chosen_place(request, places)
    chains = Chain.objects.filter(place=reference(place)).order_by("-fiscal_year")
    form = _narrow_form(request, places, place, chains)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("year"):
        chains = chains.filter(fiscal_year=int(asked["year"]))
    entries = _narrowed(Entry.objects.filter(chain__in=chains), asked).select_related("chain")
    context = {
        "title": _("Audit trail"),
        "subtitle": place_name(place),
        "form": form,
        "page": Paginator(entries.order_by("-at", "-number"), PER_PAGE).get_page(request.GET.get("page")),
        "year_name": year_name,
        "seal_of": seal_of,
        "in_words": facts_in_words,
        "closed": partial(is_closed, years=closed_years(place, request.person, at=clock.now())),
        "checked": [(chain, list(breaks_in(chain))) for chain in chains] if "verify" in request.GET else None,
    }
    return render(request, "audit/trail.html", context)


def _refuse(request: HttpRequest) -> NoReturn:
    """Say whose page this is, where there is a unit to say it for."""
    if request.unit:
        check_holds(request.person, "audit.read", request.unit, on=today())
    raise Http404


def places_open_to(person: Person) -> list[PublicIdModel]:
    """The units whose trail a person may read; the agency's own first, where the right reaches the whole agency."""
    on = today()
    units = units_where(person, "audit.read", on=on).filter(kind=UnitKind.OFFICE).order_by("order", "name")
    whole = any(
        all_roles()[grant.role].reach.get("audit.read") == "agency" or (grant.unit is None and _reads(grant.role))
        for grant in grants_of(person, on=on)
    )
    return [*([person.agency] if whole else []), *units]


def _reads(role: str) -> bool:
    return "audit.read" in all_roles()[role].reach


def place_name(place: Any) -> str:
    return unit_name(place) if hasattr(place, "kind") else (not in_thai() and place.name_en) or place.name


def _chosen_place(request: HttpRequest, places: list[PublicIdModel]) -> PublicIdModel:
    """The place asked for, which must be open; else that of the current run, or the unit one works in, or the first."""
    asked = request.GET.get("place")
    if asked:
        found = next((place for place in places if place.public_id == asked), None)
        if found is None:
            raise Http404
        return found
    run = current_run(request)
    likely = [run.unit if run else None, request.unit]
    return next((place for place in likely if place in places), places[0])


def _narrow_form(
    request: HttpRequest, places: list[PublicIdModel], place: PublicIdModel, chains: QuerySet[Chain]
) -> NarrowForm:
    form = NarrowForm({**request.GET.dict(), "place": place.public_id})
    kinds = sorted(all_kinds().items(), key=lambda pair: str(pair[1]))
    form.fields["place"].choices = [(one.public_id, place_name(one)) for one in places]
    years = chains.values_list("fiscal_year", flat=True)
    form.fields["year"].choices = [("", _("Every year")), *((str(year), year_name(year)) for year in years)]
    form.fields["kind"].choices = [("", _("Everything")), *((code, str(words)) for code, words in kinds)]
    return form


def _narrowed(entries: QuerySet[Entry], asked: dict[str, Any]) -> QuerySet[Entry]:
    if asked.get("kind"):
        entries = entries.filter(kind=asked["kind"])
    return entries.filter(about_title__icontains=asked["about"]) if asked.get("about") else entries
