"""What every request passes: its language, its person, and the house's way of saying no."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from raprong.access.rules import Refused
from raprong.access.second_factor import is_missing
from raprong.core.freshness import Stale
from raprong.organisation.models import Person
from raprong.organisation.queries import position_of
from raprong.web.shell import errors
from raprong.web.shell.current import answering, today
from raprong.web.shell.whereabouts import chosen_unit, chosen_year

Answer = Callable[[HttpRequest], HttpResponse]

NAME_OF_WORDS = re.compile(r"[0-9a-f]{32}")


class ArrivalMiddleware:
    """When a request came in, before anything was done for it: `request.arrived_at`. See `current.received_at`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()
        return self.get_response(request)


class LanguageMiddleware:
    """Thai, unless the reader has chosen another language on our own switch. The browser's wish is not asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language), answering(request):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Who is not signed in is led to the sign-in; words that came in a form are shown once more and not lost on it."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        led_away = super().process_view(request, view, args, kwargs)
        if led_away and request.method == "POST" and errors.typed_words(request):
            return errors.signed_out(request)
        return led_away


class PersonMiddleware:
    """Who is asking: `request.person` and their `request.position`, and the unit (an office, never a group) and the
    fiscal year they work in: `request.unit`, `request.fiscal_year`. Without a person all four are None.

    An account that belongs to nobody in the office has no business on the pages; views marked with
    `open_to_accounts` and those open without sign-in let it in. They also let in whoever still has a temporary
    password, and whoever lacks the second factor that their role requires; everything else waits for that.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = request.position = request.unit = request.fiscal_year = None
        if request.user.is_authenticated:
            request.person = Person.objects.select_related("user", "agency").filter(user=request.user).first()
        if request.person is not None:
            request.position = position_of(request.person, on=today())
            request.unit = chosen_unit(request, on=today())
            request.fiscal_year = chosen_year(request, on=today())
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        needs_person = getattr(view, "login_required", True) and not getattr(view, "open_to_accounts", False)
        if not needs_person or not request.user.is_authenticated:
            return None
        if request.user.password_is_temporary:
            messages.info(request, _("Your password is temporary. Choose one that only you know, then go on."))
            return HttpResponseRedirect(reverse("account_change_password"))
        if request.person is None:
            return errors.nobody(request)
        return HttpResponseRedirect(reverse("mfa_activate_totp")) if is_missing(request.person, on=today()) else None


class TakenMiddleware:
    """A form that was taken is named to the browser, which then lets go of the words it kept; see assets/typed.js."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and request.person and response.status_code < HTTPStatus.BAD_REQUEST:
            name = request.POST.get("typed_as", "")
            if NAME_OF_WORDS.fullmatch(name):
                response.set_cookie("taken", name, samesite="Lax", secure=request.is_secure())
        return response


class RefusalMiddleware:
    """A rule's no becomes a page with its sentence; a form overtaken by another person becomes a page that keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Stale):
            return errors.stale(request, exception)
        if isinstance(exception, Refused):
            return _refuse(request, exception)
        return None


def _refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A pressed button goes back to its page with the sentence; typed words or a plain visit get their own page."""
    back = errors.way_back(request)
    if request.method != "POST" or not back or errors.typed_words(request):
        return errors.refused(request, refused)
    messages.error(request, refused.sentence)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(back)
    return HttpResponseRedirect(back)
