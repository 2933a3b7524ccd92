"""Walks every address: closed unless it says so here, and a page that is only looked at cannot write."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Open to people who have not signed in. A new line here is a decision.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "set-language",
}
# Answer to POST alone, so there is nothing to look at.
POST_ALONE = {
    "set-language",
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
    ajar = {name for name, view in addresses().items() if is_ours(view) and not getattr(view, "login_required", True)}

    assert ajar <= OPEN


def test_our_pages_cannot_write_while_read() -> None:
    ours = {name: view for name, view in addresses().items() if is_ours(view) and name not in POST_ALONE}

    unguarded = [name for name, view in ours.items() if not getattr(view, "reads_on_get", False)]

    assert unguarded == []


@pytest.mark.parametrize("name", sorted(POST_ALONE))
def test_what_answers_post_alone_refuses_to_be_read(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 405
