"""What pages have in common that take something back from those who sign: they say what follows, and ask why."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from raprong.agreements.models import Agreement
from raprong.web.agreements.asked import crumbs_of, page_of
from raprong.web.shell.pages import show


def reason_page(
    request: HttpRequest, agreement: Agreement, form: forms.Form, *, title: str, sentence: str, label: str
) -> HttpResponse:
    """The page that posts a reason to itself; `sentence` says what follows, `label` stands on the button."""
    context = {
        "title": title,
        "section": "agreements:list",
        "crumbs": crumbs_of(agreement),
        "sentence": sentence,
        "action": request.path,
        "label": label,
        "kind": "danger",
        "cancel": page_of(agreement),
        "form": form,
    }
    return show(request, "confirm.html", context, status=422 if form.errors else 200)
