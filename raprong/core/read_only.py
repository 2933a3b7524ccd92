"""GET does not write: a view marked so is shut to writes while it answers someone who is only looking."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from raprong.core.databases.read_only import reading_only

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def reads_on_get(view: View[P]) -> View[P]:
    """Shut the databases to writes while `view` answers GET, HEAD or OPTIONS; a write raises `WriteWhileReading`."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            return view(request, *args, **kwargs)
        with reading_only():
            return view(request, *args, **kwargs)

    answer.reads_on_get = True  # type: ignore[attr-defined]
    return answer
