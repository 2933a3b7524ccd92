"""The cabinet: what was deposited, how long it is kept, and who may read it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.access.permissions import role_title
from raprong.access.queries import units_where
from raprong.access.roles import all_roles
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.documents.editable import is_editable
from raprong.documents.tabular import is_tabular
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Unit
from raprong.records.index import deposit_index, index_paper
from raprong.records.kinds import kind_name
from raprong.records.models import Record, RecordQuerySet
from raprong.records.papers import file_name, printed
from raprong.records.permissions import check_may_index
from raprong.records.queries import years_kept_by
from raprong.web.circulation.papers import fresh_paper
from raprong.web.processes.panel import unit_name
from raprong.web.shell.current import today
from raprong.web.shell.filters import digits, in_thai

PER_PAGE = 50
SORTS = {"title": "title", "kind": "kind", "day": "deposited_at", "until": "retain_until"}


class NarrowForm(forms.Form):
    """Which kind of paper, of which fiscal year."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Fiscal year"), required=False)


@reads_on_get
def records(request: HttpRequest) -> HttpResponse:
    """Every record this person may read, narrowed by kind and year."""
    visible = Record.objects.visible_to(request.person, on=today())
    form = _narrow_form(request, visible)
    sort = request.GET.get("sort", "-day")
    order = SORTS.get(sort.removeprefix("-"), "deposited_at")
    found = _narrowed(visible, form).select_related("unit", "file", "deposited_by")
    page = Paginator(found.order_by(f"-{order}" if sort.startswith("-") else order, "pk"), PER_PAGE)
    context = {
        "title": _("Records"),
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "kind_name": kind_name,
        "year_name": year_name,
        "unit_name": unit_name,
        "keeps_a_cabinet": _keeps_a_cabinet(request),
    }
    return render(request, "records/list.html", context)


@reads_on_get
def record(request: HttpRequest, record: str) -> HttpResponse:
    """One record: its file, its hash, until when it is kept and who may read it."""
    visible = Record.objects.visible_to(request.person, on=today()).select_related("unit", "file", "deposited_by")
    found = get_object_or_404(visible, public_id=record)
    context = {
        "title": digits(found.title),
        "record": found,
        "kind": kind_name(found.kind),
        "year": year_name(found.fiscal_year),
        "unit_name": unit_name(found.unit),
        "in_word": reverse("papers:record-word", args=[found.public_id]) if is_editable(found.kind) else "",
        "as_workbook": reverse("papers:record-workbook", args=[found.public_id]) if is_tabular(found.kind) else "",
        "readers": [role_title(code) for code in found.readers if code in all_roles()],
    }
    return render(request, "records/record.html", context)


@reads_on_get
def indexes(request: HttpRequest) -> HttpResponse:
    """The years of the cabinets this person keeps, each with its index to look at or to put into the cabinet."""
    context = {
        "title": _("Index of the year's papers"),
        "years": years_kept_by(request.person, on=today()),
        "keeps_a_cabinet": _keeps_a_cabinet(request),
        "year_name": year_name,
        "unit_name": unit_name,
    }
    return render(request, "records/indexes.html", context)


@reads_on_get
def index(request: HttpRequest, unit: str, year: int) -> HttpResponseBase:
    """The index as it would print now; it is kept nowhere."""
    held = _unit_kept(request, unit)
    paper = index_paper(held, year, by=request.person, at=clock.now())
    return fresh_paper(printed(paper, unit=held), file_name(paper, str(year)))


@reads_on_get
def put_index(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Seal the index of a year and put it into the cabinet, after asking once."""
    found = _unit_kept(request, unit)
    if request.method == "POST":
        deposited = deposit_index(found, year, by=request.person, at=clock.now())
        messages.success(request, _("The index of %(year)s lies in the cabinet.") % {"year": year_name(year)})
        return redirect("records:record", record=deposited.public_id)
    check_may_index(request.person, found, year, at=clock.now())
    context = {
        "title": _("Put the index of %(year)s into the cabinet") % {"year": year_name(year)},
        "sentence": _(
            "The index lists every paper of the year as it lies in the cabinet now, with its fingerprint. It is sealed "
            "and kept like them. If papers are added later, make another."
        ),
        "action": request.path,
        "label": _("Seal it and put it into the cabinet"),
        "cancel": reverse("records:indexes"),
        "section": "records:list",
        "crumbs": [
            (_("Records"), reverse("records:list")),
            (_("Index of the year's papers"), reverse("records:indexes")),
        ],
    }
    return render(request, "confirm.html", context)


def _keeps_a_cabinet(request: HttpRequest) -> bool:
    return units_where(request.person, "records.keep", on=today()).exists()


def _unit_kept(request: HttpRequest, unit: str) -> Unit:
    """A unit whose cabinet this person keeps; any other is not there."""
    kept = units_where(request.person, "records.keep", on=today()).filter(parent=None)
    return get_object_or_404(kept.select_related("agency"), public_id=unit)


def year_name(year: int) -> str:
    return digits(year) if in_thai() else FiscalYear(year).label_en


def _narrow_form(request: HttpRequest, visible: RecordQuerySet) -> NarrowForm:
    form = NarrowForm(request.GET)
    kinds = visible.order_by("kind").values_list("kind", flat=True).distinct()
    years = visible.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    form.fields["kind"].choices = [("", _("Every kind")), *((kind, kind_name(kind)) for kind in kinds)]
    form.fields["year"].choices = [("", _("Every year")), *((str(year), year_name(year)) for year in years)]
    return form


def _narrowed(visible: RecordQuerySet, form: NarrowForm) -> RecordQuerySet:
    """A choice that there is not asks for nothing."""
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("kind"):
        visible = visible.filter(kind=asked["kind"])
    return visible.filter(fiscal_year=int(asked["year"])) if asked.get("year") else visible
