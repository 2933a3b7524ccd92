"""Orders to sign for a post: who may see them, and their entry by administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access import delegations
from raprong.access.administration import check_may_administer
from raprong.access.queries import units_where
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.organisation.models import DatedQuerySet, Delegation
from raprong.signatures.posts import acting_words
from raprong.web.organisation.forms import OrderForm, from_today
from raprong.web.processes.panel import unit_name
from raprong.web.shell.current import today


@dataclass(frozen=True)
class OrderLine:
    """An order with the words that papers print, and whether it holds today."""

    order: Delegation
    unit: str
    words: str
    pill: tuple[str, str]
    may_end: bool


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def orders(request: HttpRequest) -> HttpResponse:
    """Every order of the units one may look into, the latest first; an administrator enters one here."""
    agency, on = request.person.agency, today()
    form = OrderForm(request.POST or None, agency=agency, initial=from_today(on))
    if request.method == "POST" and form.is_valid():
        try:
            delegations.give_order(**form.cleaned_data, by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("The order is entered. Papers signed in its days carry its words."))
            return redirect("organisation:orders")
    why_not = refusal(check_may_administer, request.person, agency, at=clock.now())
    context = {
        "title": _("Orders to sign for a post"),
        "lines": [_line(order, on, may_end=not why_not) for order in _visible(request, on)],
        "form": None if why_not else form,
    }
    return render(request, "organisation/orders.html", context, status=422 if form.errors else 200)


@require_POST
@reads_on_get
def end_order(request: HttpRequest, order: str) -> HttpResponse:
    """Let an order end today."""
    found = get_object_or_404(_visible(request, today()), public_id=order)
    delegations.end_order(found, on=today(), by=request.person, at=clock.now())
    messages.success(request, _("The order ends today."))
    return redirect("organisation:orders")


def _visible(request: HttpRequest, on: date) -> DatedQuerySet[Delegation]:
    units = units_where(request.person, "organisation.read", on=on)
    found = Delegation.objects.filter(position__unit__in=units).select_related("position__unit__agency", "person")
    return found.order_by("-starts_on", "-pk")


def _line(order: Delegation, on: date, *, may_end: bool) -> OrderLine:
    ended = order.ends_on is not None and order.ends_on < on
    to_come = order.starts_on > on
    pill = ("wait", _("Ended")) if ended else ("next", _("To come")) if to_come else ("done", _("In force"))
    open_still = order.ends_on is None or order.ends_on > on
    return OrderLine(order, unit_name(order.position.unit), acting_words(order), pill, may_end and open_still)
