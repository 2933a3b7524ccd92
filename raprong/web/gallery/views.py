"""The gallery page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raprong.core.read_only import reads_on_get
from raprong.web.gallery import samples
from raprong.web.gallery.forms import FilesForm, SampleForm
from raprong.web.shell.pages import open_to_accounts

WRONG = {"name": "", "result": "ร้อยละเก้าสิบ", "reported_on": "31/13/2570", "unit": "percent", "direction": "higher"}


@open_to_accounts
@require_safe
@reads_on_get
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data."""
    context = {
        "title": _("Gallery of components"),
        "form": SampleForm(initial={"reported_on": samples.TODAY, "result": "94.50"}),
        "wrong": SampleForm(WRONG, auto_id="wrong_%s"),
        "filter": SampleForm(auto_id="filter_%s"),
        "files": FilesForm(),
        "samples": samples,
        "unit": request.unit,
        "page": Paginator(range(60), 20).page(2),
    }
    return render(request, "gallery/gallery.html", context)
