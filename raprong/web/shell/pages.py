"""Show a page, or the one part of it that htmx asked for: the same template, the same truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from jinja2_fragments import render_block

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """Render a template; with `fragment` and a request by htmx, only the block of that name.

    What a fragment needs is set inside its block: names set at the top of a page's template are not known there.
    """
    if not (fragment and getattr(request, "htmx", False)):
        return render(request, template, context, status=status)
    backend = get_template(template).backend
    values: dict[str, Any] = {**(context or {}), "request": request}
    for processor in backend.template_context_processors:
        values |= processor(request)
    return HttpResponse(render_block(backend.env, template, fragment, values), status=status)


def open_to_accounts(view: View) -> View:
    """Let an account in that belongs to no person of an office yet."""
    view.open_to_accounts = True  # type: ignore[attr-defined]
    return view
