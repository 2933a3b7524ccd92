"""Walks every address: closed unless it says so here, and a page that is only looked at cannot write."""

from collections.abc import Iterator
from http import HTTPStatus
from inspect import signature, unwrap
from typing import Any

from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

# Open to people who have not signed in. A new line here is a decision.
OPEN = {
    "account_inactive",
    "account_login",
    "account_logout",
    "calendar:feed",  # read by calendar programs, which cannot sign in: its address is a secret of one person
    "home:first-run",  # answers only while an installation has nobody who could sign in
    "mfa_authenticate",  # the second step of signing in: leads back to the first without it
    "set-language",
    "printed-page",  # the code on a paper signed by hand: leads to its check, or to signing in
    "verification:authorities",  # whoever checks a paper elsewhere needs to know whom we believe
    "verification:check",  # whoever received a paper may ask whether it is whole
    "verification:paper",  # and what it is, by the code printed on it
}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}", entry.callback
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def addresses() -> dict[str, Any]:
    return dict(patterns(get_resolver()))


def is_ours(view: Any) -> bool:
    return getattr(view, "__module__", "").startswith("raprong.")


def test_doors_are_closed_by_default() -> None:
    ajar = {name for name, view in addresses().items() if not getattr(view, "login_required", True)}

    assert ajar == OPEN


def test_our_pages_cannot_write_while_read() -> None:
    """Reading is guarded, or it is refused before anything else is looked at."""
    ours = {name: view for name, view in addresses().items() if is_ours(view)}
    unguarded = {name: view for name, view in ours.items() if not getattr(view, "reads_on_get", False)}

    readable = [name for name, view in unguarded.items() if answer_to_reading(view) != HTTPStatus.METHOD_NOT_ALLOWED]

    assert readable == []


def answer_to_reading(view: Any) -> int | None:
    """The status with which a view answers GET from nobody about nothing; none where it looks further."""
    names = list(signature(unwrap(view)).parameters)[1:]
    try:
        return int(view(RequestFactory().get("/"), **dict.fromkeys(names, "nothing")).status_code)
    except Exception:
        return None
