"""While an agreement is open: declining, naming another in somebody's place, reminding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.agreements import permissions, turns
from raprong.agreements.models import Agreement
from raprong.agreements.queries import parties_of
from raprong.agreements.workflow import IN_FORCE
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.organisation.models import Person
from raprong.web.agreements.asked import page_of, posted, visible
from raprong.web.agreements.form_pages import done, form_page
from raprong.web.agreements.forms import DeclineForm, SubstituteForm
from raprong.web.agreements.reason_pages import reason_page
from raprong.web.processes.panel import sop_panel_for


@require_POST
def remind(request: HttpRequest, agreement: str) -> HttpResponse:
    """Remind those whose turn it is."""
    found = visible(request, agreement)
    reminded = turns.remind(found, by=request.person, at=clock.now())
    names = ", ".join(party.name for party in reminded)
    messages.success(request, _("Reminded: %(names)s.") % {"names": names})
    return redirect(page_of(found))


@require_http_methods(["GET", "POST"])
@reads_on_get
def decline(request: HttpRequest, agreement: str) -> HttpResponse:
    """Say why one does not sign."""
    found = visible(request, agreement)
    permissions.check_may_decline(request.person, found)
    form = DeclineForm(posted(request))
    if request.method == "POST" and form.is_valid():
        turns.decline(found, because=form.cleaned_data["because"], by=request.person, at=clock.now())
        messages.success(request, _("You have declined to sign. Everybody has been told why."))
        return redirect(page_of(found))
    return reason_page(
        request,
        found,
        form,
        title=_("Decline to sign"),
        sentence=_("Signing rests until the planning group sends the agreement back or names another person."),
        label=_("Decline to sign"),
    )


@require_http_methods(["GET", "POST"])
@reads_on_get
def name_another(request: HttpRequest, agreement: str, party: str) -> HttpResponse:
    """Another person in the place of one who has not signed."""
    found, at = visible(request, agreement), clock.now()
    place = get_object_or_404(parties_of(found), public_id=party)
    permissions.check_may_name_another(request.person, found, place, at=at)
    initial = {"post": place.post, "acting": place.acting, "version": found.version}
    people = Person.objects.filter(agency=found.run.unit.agency_id).exclude(pk=place.person_id)
    form = SubstituteForm(posted(request), initial=initial, people=people)

    def named(entered: dict[str, Any]) -> Agreement:
        substitute = turns.Substitute(entered["person"], entered["post"], entered["acting"])
        return turns.name_another(found, place, substitute, seen=entered["version"], by=request.person, at=at)

    if done(request, form, named, field_of=lambda place: "person" if place else ""):
        messages.success(request, _("Another person is named, and everybody has been told."))
        return redirect(page_of(found))
    return form_page(
        request,
        "agreements/another.html",
        form,
        title=_("Another person in the place of %(name)s") % {"name": place.name},
        agreement=found,
        home=page_of(found),
        party=place,
        panel=sop_panel_for(found.run, IN_FORCE, request.person, at),
    )
