"""The pages that say no: each with the sentence why, and a next step. Never a stack trace."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from raprong.access.rules import Refused
from raprong.core.freshness import Stale
from raprong.core.full_disk import is_full_disk

CARRIED = {"csrfmiddlewaretoken", "version", "next", "typed_as", "seen_sha256", "intent"}
COUNTED = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")  # of rows of forms
SECRET = ("password", "token", "secret", "-arrived")  # the last: files that came ahead, by their tokens


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person typed into the form they posted, by field name; passwords and the form's own fields left out."""
    return [
        (name.replace("_", " ").replace("-", " "), text)
        for name, texts in request.POST.lists()
        if name not in CARRIED and not name.endswith(COUNTED) and not any(word in name for word in SECRET)
        for text in texts
        if text.strip()
    ]


def way_back(request: HttpRequest) -> str:
    """The page of ours from which this request came; empty where there is none."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours and came_from != request.build_absolute_uri() else ""


def _say(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The page; an answer to htmx takes the place of the whole page it came from."""
    response = render(request, template, context, status=status)
    if request.headers.get("HX-Request") == "true":
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule said no."""
    context = {
        "title": _("This is not possible"),
        "sentence": refusal.sentence,
        "typed": typed_words(request),
        "back": way_back(request),
    }
    return _say(request, "errors/refused.html", context, 403)


def stale(request: HttpRequest, exception: Stale) -> HttpResponse:
    """Somebody saved the same thing first; what this person typed is shown to copy from."""
    context = {
        "title": _("Somebody saved this before you"),
        "sentence": _("“%(thing)s” was changed after you opened it, so your change was not saved over theirs.")
        % {"thing": exception.thing},
        "typed": typed_words(request),
        "back": way_back(request) or request.path,
    }
    return _say(request, "errors/stale.html", context, 409)


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form came in after its sender's session had ended; what it said is shown to copy from."""
    page = way_back(request) or request.path
    context = {
        "title": _("You were signed out meanwhile"),
        "typed": typed_words(request),
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': page})}",
    }
    return _say(request, "errors/signed_out.html", context, 403)


def nobody(request: HttpRequest) -> HttpResponse:
    """The account belongs to no person of an office."""
    context = {
        "title": _("Your account has no post yet"),
        "sentence": _("You are signed in, but nobody has entered which person of which office you are."),
    }
    return _say(request, "errors/nobody.html", context, 403)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from Django itself."""
    context = {
        "title": _("This page is not for you"),
        "sentence": str(exception) or _("Your posts and roles do not open this page."),
        "typed": typed_words(request),
        "back": way_back(request),
    }
    return _say(request, "errors/refused.html", context, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it is not there, or not for this person. Which of the two, is not said. Of strangers no form is read."""
    known = getattr(request, "person", None) is not None
    context = {"title": _("This page is not here"), "typed": typed_words(request) if known else []}
    return _say(request, "errors/404.html", context, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, or 507: no room on the disk. The page needs neither the person nor the database."""
    context = {"typed": typed_words(request), "back": way_back(request) or request.path}
    if is_full_disk(sys.exc_info()[1]):
        return _say(request, "errors/full.html", {"title": _("The server has no room left"), **context}, 507)
    return _say(request, "errors/500.html", {"title": _("Something went wrong on our side"), **context}, 500)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself cannot be read."""
    return _say(request, "errors/400.html", {"title": _("This request cannot be read")}, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from another place, or its page was open for too long."""
    context = {
        "title": _("The form is too old to be sent"),
        "typed": typed_words(request),
        "back": way_back(request) or request.path,
    }
    return _say(request, "errors/csrf.html", context, 403)
