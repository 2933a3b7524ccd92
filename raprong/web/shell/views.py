"""The two switches of the frame: the language, and the unit and year one works in."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.core.read_only import reads_on_get
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.notifications.preferences import remember_language
from raprong.organisation.models import Unit
from raprong.web.shell.current import today
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.whereabouts import choose, offices_open_to, years_open

A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language, here and for what is sent to them, and go back to the page."""
    response = HttpResponseRedirect(_own_address(request, request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if request.person:
            remember_language(request.person, language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


class UnitChoiceField(forms.ModelChoiceField):
    """Units by their name in the reader's language."""

    def label_from_instance(self, unit: Unit) -> str:
        return (not in_thai() and unit.name_en) or unit.name


class WhereaboutsForm(forms.Form):
    """The unit and the fiscal year to work in."""

    unit = UnitChoiceField(label=_("Unit"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)


@require_http_methods(["GET", "POST"])
@reads_on_get
def switch(request: HttpRequest) -> HttpResponse:
    """Choose the unit and the fiscal year that the pages show."""
    form = _whereabouts_form(request)
    if request.method == "POST" and form.is_valid():
        choose(request, unit=form.cleaned_data["unit"], year=form.cleaned_data["year"])
        return redirect(get_script_prefix())
    context = {"title": _("Unit and fiscal year"), "form": form}
    return render(request, "shell/switch.html", context, status=422 if form.errors else 200)


def _whereabouts_form(request: HttpRequest) -> WhereaboutsForm:
    initial = {"unit": request.unit and request.unit.public_id, "year": request.fiscal_year.be}
    form = WhereaboutsForm(request.POST or None, initial=initial)
    form.fields["unit"].queryset = offices_open_to(request.person, on=today())
    form.fields["year"].choices = [(year, _year_label(year)) for year in years_open(today())]
    return form


def _year_label(year: int) -> str:
    return digits(year) if in_thai() else FiscalYear(year).label_en


def _own_address(request: HttpRequest, address: str) -> str:
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else get_script_prefix()
