"""The cabinet: what was deposited, how long it is kept, and who may read it."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.access.permissions import role_title
from raprong.access.roles import all_roles
from raprong.core.read_only import reads_on_get
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.records.models import Record, RecordQuerySet
from raprong.web.processes.panel import unit_name
from raprong.web.shell.current import today
from raprong.web.shell.filters import digits, in_thai

PER_PAGE = 50
SORTS = {"title": "title", "kind": "kind", "day": "deposited_at", "until": "retain_until"}
KINDS = {
    "agreement": gettext_lazy("Performance agreement"),
    "self_assessment": gettext_lazy("Self-assessment report"),
    "score_table": gettext_lazy("Score table"),
    "result_letter": gettext_lazy("Result letter"),
    "circular": gettext_lazy("Circular"),
    "committee_order": gettext_lazy("Order appointing a committee"),
    "manual": gettext_lazy("Manual of the year"),
    "kpi_detail": gettext_lazy("KPI detail sheets"),
    "monthly_report": gettext_lazy("Monthly report"),
    "signing_form": gettext_lazy("Signing form"),
    "selection_minutes": gettext_lazy("Minutes of a selection meeting"),
}


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
        "readers": [role_title(code) for code in found.readers if code in all_roles()],
    }
    return render(request, "records/record.html", context)


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


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
