"""Pages that say no, beside the real ones."""

import errno

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from raprong.access.rules import Refused
from raprong.config.urls import handler400, handler403, handler404, handler500
from raprong.config.urls import urlpatterns as real
from raprong.core.freshness import Stale

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Result:
    def __str__(self) -> str:
        return "ผลเดือนธันวาคม"


def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("น้ำหนักรวมได้ ๙๕ ต้องครบ ๑๐๐")


def stale(request: HttpRequest) -> HttpResponse:
    raise Stale(Result())  # type: ignore[arg-type]


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def full(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def saved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/")


urlpatterns = [
    path("refused/", refused),
    path("stale/", stale),
    path("broken/", broken),
    path("full/", full),
    path("saved/", saved),
    *real,
]
