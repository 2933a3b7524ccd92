"""An installation without any account leads everybody to the page that makes the first one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from raprong.organisation.models import User

Answer = Callable[[HttpRequest], HttpResponse]


def is_empty() -> bool:
    return not User.objects.exists()


class FirstRunMiddleware:
    """Asked only for visitors who are not signed in: where somebody is, there is an account."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        open_anyway = (reverse("home:first-run"), reverse("set-language"))
        if request.path not in open_anyway and not request.user.is_authenticated and is_empty():
            return redirect("home:first-run")
        return self.get_response(request)
