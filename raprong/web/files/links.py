"""The page of one link: what was kept of it, when, and what every look since has found."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.files import links
from raprong.files.enums import Standing
from raprong.files.models import FrozenLink
from raprong.web.files.guards import is_visible
from raprong.web.files.watching import warn
from raprong.web.shell.current import today
from raprong.web.shell.pages import show

PILLS = {
    Standing.SAME: "done",
    Standing.CHANGED: "late",
    Standing.CLOSED: "late",
    Standing.GONE: "late",
    Standing.SILENT: "wait",
}


@require_safe
@reads_on_get
def link(request: HttpRequest, link: str) -> HttpResponse:
    """To its giver, and to whoever may see what it proves."""
    found = _visible(request, link)
    context = {
        "title": found.title,
        "subtitle": _("Link given as evidence"),
        "link": found,
        "checks": found.checks.all()[:100],
        "pills": PILLS,
        "every": links.CHECKED_EVERY.days,
        "why_not_look": refusal(links.check_can_look, found, at=clock.now()),
    }
    return show(request, "files/link.html", context)


@require_POST
def look(request: HttpRequest, link: str) -> HttpResponse:
    """Look again now."""
    found, at = _visible(request, link), clock.now()
    links.check_can_look(found, at=at)
    check = links.check(found, at=at)
    if check.is_news and found.given_by != request.person:
        warn(check, at=at)
    messages.success(request, _("Looked at just now: %(found)s") % {"found": check.get_found_display()})
    return redirect("files:link", found.public_id)


def _visible(request: HttpRequest, link: str) -> FrozenLink:
    found = get_object_or_404(FrozenLink.objects.select_related("file", "given_by"), public_id=link)
    if found.given_by != request.person and not is_visible(found.file, request.person, on=today()):
        raise Http404
    return found
