from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.lib.due_calendar import DueDay, due_calendar
from raprong.notifications.calendar_feeds import feed_behind, feed_of, open_feed, secret_of, withdraw_feed
from raprong.notifications.preferences import language_of
from raprong.organisation.models import Person
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.waiting import everything
from raprong.web.shell.current import today
from raprong.web.shell.filters import long_date

SECONDS_KEPT = 15 * 60


@require_safe
@reads_on_get
def mine(request: HttpRequest) -> HttpResponse:
    """The address of one's own calendar, and what stands in it today."""
    found = feed_of(request.person)
    address = request.build_absolute_uri(reverse("calendar:feed", args=[secret_of(found)])) if found else ""
    context = {
        "title": _("Calendar of my due dates"),
        "feed": found,
        "address": address,
        "subscribe": address.replace("https:", "webcal:").replace("http:", "webcal:"),
        "due": [_line(one) for one in _due(request.person)],
    }
    response = render(request, "calendar/mine.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@reads_on_get
def renew(request: HttpRequest) -> HttpResponse:
    """Get an address, or another one in its place."""
    had_one = feed_of(request.person) is not None
    open_feed(by=request.person, at=clock.now())
    renewed = _("Your calendar has a new address. The one before shows nothing any more.")
    messages.success(request, renewed if had_one else _("Your calendar has an address. Copy it into your calendar."))
    return redirect("calendar:mine")


@require_POST
@reads_on_get
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    withdraw_feed(by=request.person, at=clock.now())
    messages.success(request, _("The address is withdrawn. Calendars that use it no longer get anything."))
    return redirect("calendar:mine")


@login_not_required
@require_safe
@reads_on_get
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar itself, for whoever holds its address: titles, days and pages, no sentence that names a person."""
    found = feed_behind(secret)
    if found is None:
        raise Http404
    with override(language_of(found.person)):
        due = [
            DueDay(one.key, one.title, one.due_on, request.build_absolute_uri(one.url))
            for one in _due(found.person)
            if one.due_on
        ]
        content = due_calendar(_("Raprong: my due dates"), due, owner=found.person.public_id, on=today())
    return _calendar_file(request, content)


def _calendar_file(request: HttpRequest, content: bytes) -> HttpResponseBase:
    """The file with a tag by which a calendar program finds out that nothing has changed."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="raprong.ics"'
    response.headers["ETag"] = tag = f'"{sha256(content).hexdigest()}"'
    response.headers["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
    response.headers["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=tag, response=response) or response


def _line(one: Waiting) -> dict[str, Any]:
    return {
        "title": one.title,
        "note": long_date(one.due_on),
        "due_on": one.due_on,
        "href": one.url,
        "label": one.label,
    }


def _due(person: Person) -> list[Waiting]:
    return [one for one in everything(Desk.of(person, clock.now())) if one.due_on]
