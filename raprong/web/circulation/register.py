"""The register of numbers: every number that a unit gave out, cancelled ones too; and taking a letter back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from raprong.access.rules import refusal
from raprong.circulation import actions, permissions
from raprong.circulation.documents import register_paper
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.circulation.numbers import SERIES
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.lib.thai.dates import be_year
from raprong.organisation.models import Unit
from raprong.records.papers import file_name, printed
from raprong.web.circulation import presenters
from raprong.web.circulation.papers import fresh_paper
from raprong.web.circulation.views import visible_letter

SERIES_TITLES = {
    "letter": gettext_lazy("Letters"),
    "circular": gettext_lazy("Circulars"),
    "order": gettext_lazy("Orders"),
    "manual": gettext_lazy("Manuals"),
}


@dataclass(frozen=True)
class Series:
    """The letters of one unit, calendar year and series, the latest number first."""

    unit: Unit
    year: int
    title: str
    letters: tuple[Letter, ...]


class CancelForm(forms.Form):
    """Why a letter is taken back, and which version of it was seen."""

    because = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=gettext_lazy("It stands in the register beside the number."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@require_safe
@reads_on_get
def register(request: HttpRequest) -> HttpResponse:
    """Every number of the letters one may read, by unit, calendar year and series."""
    letters = Letter.objects.visible_to(request.person, on=clock.today()).with_units().numbered()
    context = {
        "title": _("Register of numbers"),
        "series": list(_by_series(letters.select_related("cancelled_by").order_by("-signed_at"))),
        "pill": presenters.state_pill,
        "kind_of": presenters.kind_of,
    }
    return render(request, "circulation/register.html", context)


@require_safe
@reads_on_get
def register_as_paper(request: HttpRequest, unit: str, year: int) -> HttpResponseBase:
    """The register of one unit and calendar year as it prints now; it is kept nowhere."""
    readable = Letter.objects.visible_to(request.person, on=clock.today()).with_units().numbered()
    held = get_object_or_404(Unit.objects.select_related("agency"), public_id=unit)
    letters = [
        letter
        for letter in readable.filter(Q(unit=held) | Q(unit__parent=held))
        if letter.signed_at and be_year(day_of(letter.signed_at).year) == year
    ]
    if not letters:
        raise Http404
    paper = register_paper(held, year, letters, on=clock.today())
    return fresh_paper(printed(paper, unit=held), file_name(paper, str(year)))


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def cancel(request: HttpRequest, letter: str) -> HttpResponse:
    """Ask once, with the reason, then take the letter back."""
    found, at = visible_letter(request, letter), clock.now()
    form = CancelForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.cancel(found, because=typed["because"], seen=typed["version"], by=request.person, at=at)
        except Faults as refused:
            for fault in refused.faults:
                form.add_error(fault.field, str(fault.sentence))
        else:
            messages.success(request, _("The letter is cancelled. Its number stays in the register."))
            return redirect("circulation:letter", letter=found.public_id)
    context = {
        "title": _("Cancel this letter"),
        "subtitle": f"{found.number_text} · {found.subject}",
        "letter": found,
        "form": form,
        "why_not": refusal(permissions.check_may_cancel, request.person, found, at=at),
    }
    return render(request, "circulation/cancel.html", context, status=422 if form.errors else 200)


def _by_series(letters: Iterable[Letter]) -> Iterable[Series]:
    grouped: dict[tuple[Unit, int, str], list[Letter]] = {}
    for letter in letters:
        assert letter.signed_at is not None, "a numbered letter is signed"
        key = (letter.unit.office, be_year(day_of(letter.signed_at).year), SERIES[LetterKind(letter.kind)])
        grouped.setdefault(key, []).append(letter)
    for (unit, year, series), held in sorted(grouped.items(), key=lambda one: (-one[0][1], one[0][0].pk, one[0][2])):
        by_number = sorted(held, key=lambda letter: letter.number or 0, reverse=True)
        yield Series(unit, year, str(SERIES_TITLES[series]), tuple(by_number))
