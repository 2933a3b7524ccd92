"""What pages with a form have in common: a verb's faults at their fields, and the page shown again with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse

from raprong.access.rules import Refused
from raprong.core.faults import Faults
from raprong.web.shell.pages import show

T = TypeVar("T")


def done(
    request: HttpRequest,
    form: forms.Form,
    work: Callable[[dict[str, Any]], T],
    *,
    field_of: Callable[[str], str] = str,
) -> T | None:
    """What the work makes of what was entered; None for who is only looking, and where something is wrong.

    A fault stands at the field that `field_of` names for it, else over the form, and so does a refusal.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return work(form.cleaned_data)
    except Faults as refused:
        for fault in refused.faults:
            place = field_of(fault.field)
            form.add_error(place if place in form.fields else None, str(fault.sentence))
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return None


def form_page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of a form; one with faults answers that it could not be done."""
    return show(request, template, {"form": form, **context}, status=422 if form.errors else 200)
