from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from raprong.access.administration import check_may_administer
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.lib.signing.personal import LARGEST_BYTES
from raprong.seals import actions
from raprong.seals.endings import days_left
from raprong.seals.models import SealCertificate, SealedPaper, TrustedAuthority
from raprong.seals.strictness import Strictness, strictness_in
from raprong.web.processes.panel import unit_name
from raprong.web.seals.forms import InstallForm, ReasonForm, TrustForm
from raprong.web.shell.filters import digits

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
SOON = 60  # days before its end that a certificate is marked


@dataclass(frozen=True)
class Line:
    """A certificate as the page shows it; it holds nothing of the key."""

    certificate: SealCertificate
    place: str
    fingerprint: str
    pill: tuple[str, str]
    may_retire: bool


@reads_on_get
def seals(request: HttpRequest) -> HttpResponse:
    """What seals papers here, until when, who confirms their moment, and whose signatures are believed."""
    at = clock.now()
    check_may_administer(request.person, request.person.agency, at=at)
    certificates = SealCertificate.objects.filter(agency=request.person.agency).select_related("unit", "agency")
    lines = [_line(each, at) for each in certificates.order_by("retired_at", "-in_force_from", "-pk")]
    context = {
        "title": _("Seals and certificates"),
        "lines": lines,
        "for_training": not any(line.pill[0] in ("done", "now") and line.certificate.unit is None for line in lines),
        "authorities": [
            (each, grouped(each.sha256)) for each in _authorities(request).order_by("withdrawn_at", "name")
        ],
        "required": strictness_in(request.person.agency) is Strictness.REQUIRED,
        "timestamp_server": settings.TIMESTAMP_SERVER,
        "timestamp_required": settings.TIMESTAMP_REQUIRED,
        "site_address": settings.SITE_ADDRESS,
        "awaiting": SealedPaper.objects.filter(awaits_proof=True, unit__agency=request.person.agency).count(),
    }
    return render(request, "seals/list.html", context)


@sensitive_post_parameters("password")
@READ_AND_WRITE
@reads_on_get
def install(request: HttpRequest) -> HttpResponse:
    """Install a certificate for a unit or the whole agency."""
    at, agency = clock.now(), request.person.agency
    check_may_administer(request.person, agency, at=at)
    form = InstallForm(
        request.POST or None, request.FILES or None, agency=agency, initial={"in_force_from": day_of(at)}
    )
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            made = actions.install(
                agency,
                unit=entered["unit"],
                pkcs12=entered["file"].read(LARGEST_BYTES + 1),
                password=entered["password"],
                in_force_from=entered["in_force_from"],
                by=request.person,
                at=at,
            )
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("%(name)s is installed.") % {"name": made.name})
            return redirect("seals:list")
    return _form_page(request, form, title=_("Install a seal certificate"), label=_("Install"))


@READ_AND_WRITE
@reads_on_get
def trust(request: HttpRequest) -> HttpResponse:
    """Believe signatures whose certificates lead to a root."""
    at = clock.now()
    check_may_administer(request.person, request.person.agency, at=at)
    form = TrustForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read(LARGEST_BYTES)
            made = actions.trust(content, by=request.person, at=at)
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("%(name)s is trusted.") % {"name": made.name})
            return redirect("seals:list")
    return _form_page(request, form, title=_("Trust a certification authority"), label=_("Trust it"))


@READ_AND_WRITE
@reads_on_get
def retire(request: HttpRequest, certificate: str) -> HttpResponse:
    """Ask once more, with the reason, before a certificate seals no more."""
    found = get_object_or_404(SealCertificate, public_id=certificate, agency=request.person.agency)
    check_may_administer(request.person, found.agency, at=clock.now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.retire(found, **form.cleaned_data, by=request.person, at=clock.now())
        messages.success(request, _("%(name)s seals no more.") % {"name": found.name})
        return redirect("seals:list")
    sentence = _(
        "From now on no paper is sealed with %(name)s. Papers that it sealed stay sealed, and their public page tells "
        "the reason. This cannot be taken back."
    )
    return _confirm(request, form, _("Retire a seal certificate"), sentence % {"name": found.name}, _("Retire it"))


@READ_AND_WRITE
@reads_on_get
def withdraw(request: HttpRequest, authority: str) -> HttpResponse:
    """Ask once more, with the reason, before an authority is believed no longer."""
    found = get_object_or_404(_authorities(request), public_id=authority)
    check_may_administer(request.person, request.person.agency, at=clock.now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(found, **form.cleaned_data, by=request.person, at=clock.now())
        messages.success(request, _("%(name)s is trusted no longer.") % {"name": found.name})
        return redirect("seals:list")
    sentence = _(
        "Signatures whose certificates lead to %(name)s are then of an unknown authority, on papers that are in the "
        "cabinet already too."
    )
    return _confirm(request, form, _("Withdraw the trust"), sentence % {"name": found.name}, _("Withdraw it"))


def _authorities(request: HttpRequest) -> QuerySet[TrustedAuthority]:
    return TrustedAuthority.objects.filter(agency=request.person.agency).select_related("agency")


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people compare it."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)).upper()


def _line(certificate: SealCertificate, at: datetime) -> Line:
    return Line(
        certificate=certificate,
        place=unit_name(certificate.unit) if certificate.unit else _("The whole agency"),
        fingerprint=grouped(certificate.sha256),
        pill=_standing(certificate, at),
        may_retire=certificate.retired_at is None,
    )


def _standing(certificate: SealCertificate, at: datetime) -> tuple[str, str]:
    left = days_left(certificate, at=at)
    if certificate.retired_at is not None:
        return "wait", _("Retired")
    if at > certificate.valid_until:
        return "late", _("Certificate has ended")
    if day_of(at) < certificate.in_force_from:
        return "next", _("Not in force yet")
    if left <= SOON:
        return "now", ngettext("Ends in %(days)s day", "Ends in %(days)s days", left) % {"days": digits(left)}
    return "done", _("Seals papers")


def _form_page(request: HttpRequest, form: InstallForm | TrustForm, *, title: str, label: str) -> HttpResponse:
    context = {"title": title, "form": form, "label": label}
    return render(request, "seals/form.html", context, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, form: ReasonForm, title: str, sentence: str, label: str) -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence,
        "action": request.path,
        "label": label,
        "kind": "danger",
        "cancel": reverse("seals:list"),
        "form": form,
        "section": "seals:list",
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
