"""The request being answered, for the components that need it (the form's token, the address of the page).

Components are imported once for the whole process and shared by all pages, so they cannot carry a request inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from itertools import count

from django.http import HttpRequest
from django.utils import timezone

from raprong.core import clock

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_numbers: ContextVar[Iterator[int] | None] = ContextVar("numbers", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Name the request that is being answered until the block ends."""
    request_token, numbers_token = _request.set(request), _numbers.set(count(1))
    try:
        yield
    finally:
        _request.reset(request_token)
        _numbers.reset(numbers_token)


def current_request() -> HttpRequest | None:
    """The request being answered, or None outside a request."""
    return _request.get()


def next_id(prefix: str) -> str:
    """An HTML id that is unique on the page being written, and the same each time the page is written."""
    numbers = _numbers.get()
    if numbers is None:
        numbers = count(1)
        _numbers.set(numbers)
    return f"{prefix}-{next(numbers)}"


def now() -> datetime:
    """The moment at the door's clock, asked once for a request."""
    request = _request.get()
    if request is None:
        return clock.now()
    if "now" not in request.__dict__:
        request.__dict__["now"] = clock.now()
    moment: datetime = request.__dict__["now"]
    return moment


def today() -> date:
    """The day of that moment."""
    return clock.day_of(now())


def received_at(request: HttpRequest) -> datetime:
    """The moment at which a request came in, by the door's clock, however long it has been worked on since."""
    arrived = getattr(request, "arrived_at", None)
    return clock.now() - (timezone.now() - arrived) if arrived else clock.now()
