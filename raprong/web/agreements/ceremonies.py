"""Ceremonies: their plan, what lies ready, the sitting in which one signs, and the page for the big screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raprong.access.queries import units_where
from raprong.access.rules import Refused, refusal
from raprong.agreements import by_hand, ceremonies, permissions
from raprong.agreements.ceremony_papers import papers_are_ready, papers_in_one_file
from raprong.agreements.ceremony_standing import (
    agreements_in,
    agreements_to_take_in,
    for_signing_now,
    pairs_of,
    preparations_for,
)
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement, AgreementParty, Ceremony
from raprong.agreements.policies import check_is_approved
from raprong.agreements.seating import seat_plan
from raprong.agreements.workflow import IN_FORCE
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.documents.seat_plan.shape import SeatPlan
from raprong.lib.qr_codes import drawn_for_screen
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Person, Unit
from raprong.processes.queries import step_with_work
from raprong.records.papers import file_name, printed
from raprong.signatures.certificates import confirm_by_certificate, token_of
from raprong.signatures.enums import Way
from raprong.web.agreements import presenters
from raprong.web.agreements.asked import page_of, posted, visible
from raprong.web.agreements.ceremony_forms import CallOffForm, CertificateSittingForm, PlanForm, SittingForm
from raprong.web.agreements.form_pages import done, form_page
from raprong.web.agreements.forms import SendBackForm
from raprong.web.agreements.reason_pages import reason_page
from raprong.web.agreements.signing import CERTIFICATE_LEADS_NOWHERE, faults_at_their_fields, leads_nowhere
from raprong.web.circulation.papers import fresh_paper
from raprong.web.shell.filters import digits, named
from raprong.web.shell.pages import show

ZIP = "application/zip"
SVG = "image/svg+xml"


@require_GET
@reads_on_get
def ceremony_list(request: HttpRequest) -> HttpResponse:
    """The ceremonies that this person may read, newest first."""
    on = clock.today()
    context = {
        "title": _("Signing ceremonies"),
        "ceremonies": Ceremony.objects.visible_to(request.person, on=on).prefetch_related("agreements"),
        "may_arrange": _units(request).exists(),
    }
    return show(request, "agreements/ceremonies.html", context)


@require_http_methods(["GET", "POST"])
@reads_on_get
def arrange(request: HttpRequest) -> HttpResponse:
    """Plan a ceremony."""
    at = clock.now()
    units = _units(request)
    if not units.exists():
        raise Refused(_("Ceremonies are arranged by planning groups and by the department."))
    form = PlanForm(posted(request), units=units, initial={"unit": units.first()})

    def arranged(entered: dict[str, Any]) -> Ceremony:
        unit, year = entered["unit"], FiscalYear.of(entered["held_on"]).be
        return ceremonies.arrange(unit, form.plan(), fiscal_year=year, by=request.person, at=at)

    if made := done(request, form, arranged):
        messages.success(request, _("The ceremony is planned. Put the agreements into it."))
        return redirect("agreements:ceremony-plan", ceremony=made.public_id)
    return _plan_page(request, form, title=_("Plan a ceremony"), cancel=reverse("agreements:ceremonies"))


@require_http_methods(["GET", "POST"])
@reads_on_get
def change(request: HttpRequest, ceremony: str) -> HttpResponse:
    """Plan it anew."""
    found, at = _ceremony(request, ceremony), clock.now()
    permissions.check_may_arrange(request.person, found.unit, at=at)
    form = PlanForm(posted(request), units=_units(request), initial=PlanForm.of(found))
    home = reverse("agreements:ceremony-plan", kwargs={"ceremony": found.public_id})

    def changed(entered: dict[str, Any]) -> Ceremony:
        return ceremonies.change(found, form.plan(), seen=entered["version"], by=request.person, at=at)

    if done(request, form, changed):
        messages.success(request, _("The plan of the ceremony is saved."))
        return redirect(home)
    return _plan_page(request, form, title=_("Change the plan"), cancel=home)


def _plan_page(request: HttpRequest, form: PlanForm, *, title: str, cancel: str) -> HttpResponse:
    return form_page(request, "agreements/ceremony_plan.html", form, title=title, action=request.path, cancel=cancel)


@require_GET
@reads_on_get
def plan(request: HttpRequest, ceremony: str) -> HttpResponse:
    """The ceremony: when and where, who comes, what lies ready, the agreements with their codes, the running order."""
    found, at = _ceremony(request, ceremony), clock.now()
    held = list(agreements_in(found))
    context = {
        "title": str(found),
        "ceremony": found,
        "rows": [_row(agreement, place) for place, agreement in enumerate(held, start=1)],
        "pairs": pairs_of(held),
        "prepared": [_prepared(each) for each in preparations_for(held, at=at)],
        "sitting": _way_to_sign(found, request.person),
        "drafts": sum(agreement.state == State.DRAFTING for agreement in held),
        "why_not_arrange": refusal(permissions.check_may_arrange, request.person, found.unit, at=at)
        or refusal(ceremonies.check_is_on, found),
        "why_not_call_off": refusal(ceremonies.check_nothing_signed, found),
        "to_take_in": _to_take_in(request, found),
        "ready": papers_are_ready(found),
        "unseated": seat_plan(found).unseated if found.seat_rows else (),
    }
    return show(request, "agreements/ceremony_page.html", context)


def _way_to_sign(ceremony: Ceremony, person: Person) -> str:
    """The page of the sitting on which something waits for a person; empty where nothing does."""
    for way, name in (("ceremony-sitting", Way.ELECTRONIC), ("ceremony-certificate-sitting", Way.CERTIFICATE)):
        if for_signing_now(ceremony, person, name):
            return reverse(f"agreements:{way}", kwargs={"ceremony": ceremony.public_id})
    return ""


def _to_take_in(request: HttpRequest, ceremony: Ceremony) -> list[Agreement]:
    on = clock.today()
    if refusal(ceremonies.check_is_to_come, ceremony, on=on):
        return []
    return list(agreements_to_take_in(request.person, ceremony, on=on))


@require_POST
def take_in(request: HttpRequest, ceremony: str) -> HttpResponse:
    """Put an agreement into the ceremony, or all that are offered."""
    found = _ceremony(request, ceremony)
    if "all" in request.POST:
        taken = ceremonies.take_all_in(found, _to_take_in(request, found), by=request.person, at=clock.now())
        words = {"count": digits(len(taken))}
        messages.success(
            request, _("%(count)s agreements are in the ceremony, and their parties have been told.") % words
        )
        return redirect("agreements:ceremony-plan", ceremony=found.public_id)
    agreement = visible(request, request.POST.get("agreement", ""))
    ceremonies.take_in(found, agreement, by=request.person, at=clock.now())
    messages.success(request, _("The agreement is in the ceremony, and its parties have been told."))
    return redirect("agreements:ceremony-plan", ceremony=found.public_id)


@require_POST
def open_all(request: HttpRequest, ceremony: str) -> HttpResponse:
    """Open for signing what is still being drafted; what is not ready says why."""
    found = _ceremony(request, ceremony)
    outcomes = ceremonies.open_for_signing(found, by=request.person, at=clock.now())
    for each in outcomes:
        if each.refusal:
            messages.warning(request, f"{each.agreement}: {each.refusal}")
    opened = sum(not each.refusal for each in outcomes)
    if opened:
        words = {"count": digits(opened)}
        messages.success(
            request, _("%(count)s agreements are open for signing, and every party has been told.") % words
        )
    return redirect("agreements:ceremony-plan", ceremony=found.public_id)


@require_http_methods(["GET", "POST"])
@reads_on_get
def call_off(request: HttpRequest, ceremony: str) -> HttpResponse:
    """Call the ceremony off, with a reason."""
    found, at = _ceremony(request, ceremony), clock.now()
    permissions.check_may_arrange(request.person, found.unit, at=at)
    ceremonies.check_is_on(found)
    ceremonies.check_nothing_signed(found)
    home = reverse("agreements:ceremony-plan", kwargs={"ceremony": found.public_id})
    form = CallOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        ceremonies.call_off(found, because=form.cleaned_data["because"], by=request.person, at=at)
        messages.success(request, _("The ceremony is called off, and everybody in it has been told why."))
        return redirect(home)
    context = {
        "title": _("Call the ceremony off"),
        "section": "agreements:list",
        "crumbs": [(_("Signing ceremonies"), reverse("agreements:ceremonies")), (str(found), home)],
        "sentence": _("Its agreements leave it. They can be put into another ceremony, or signed without one."),
        "action": request.path,
        "label": _("Call the ceremony off"),
        "kind": "danger",
        "cancel": home,
        "form": form,
    }
    return show(request, "confirm.html", context, status=422 if form.errors else 200)


@require_POST
def leave_out(request: HttpRequest, ceremony: str, agreement: str) -> HttpResponse:
    """Take an agreement out of the ceremony."""
    found = _ceremony(request, ceremony)
    ceremonies.leave_out(found, visible(request, agreement), by=request.person, at=clock.now())
    messages.success(request, _("The agreement is no longer in the ceremony."))
    return redirect("agreements:ceremony-plan", ceremony=found.public_id)


@require_http_methods(["GET", "POST"])
@reads_on_get
def sitting(request: HttpRequest, ceremony: str) -> HttpResponse:
    """Everything that one can sign on screen in this ceremony: read each, tick each, prove once who one is."""
    found, at = _ceremony(request, ceremony), clock.now()
    mine = for_signing_now(found, request.person)
    form = SittingForm(posted(request), person=request.person, mine=mine)
    if request.method == "POST" and (identity := form.prove(at=at)):
        for each in ceremonies.sign_in_one_sitting(form.chosen(), identity=identity, by=request.person, at=at):
            _say(request, each)
        return redirect("agreements:ceremony-sitting", ceremony=found.public_id)
    return _sitting_page(request, found, form, others=for_signing_now(found, request.person, Way.CERTIFICATE))


@require_http_methods(["GET", "POST"])
@reads_on_get
def certificate_sitting(request: HttpRequest, ceremony: str) -> HttpResponse:
    """The same for what one signs with a certificate or a token, which is opened once."""
    found, at, person = _ceremony(request, ceremony), clock.now(), request.person
    mine = for_signing_now(found, person, Way.CERTIFICATE)
    form = CertificateSittingForm(posted(request), request.FILES or None, token=token_of(person), mine=mine)
    if request.method == "POST" and form.is_valid():
        with faults_at_their_fields(form), form.opened(at=at) as signer:
            identity = confirm_by_certificate(person, signer.certificate, at=at)
            done = ceremonies.sign_in_one_sitting(form.chosen(), identity=identity, signer=signer, by=person, at=at)
            for each in done:
                _say(request, each)
            return redirect("agreements:ceremony-certificate-sitting", ceremony=found.public_id)
    return _sitting_page(request, found, form, others=for_signing_now(found, person))


def _sitting_page(
    request: HttpRequest,
    ceremony: Ceremony,
    form: SittingForm | CertificateSittingForm,
    *,
    others: Sequence[tuple[Agreement, AgreementParty]],
) -> HttpResponse:
    """`others` are what waits to be signed in the other way, on a page of its own."""
    with_certificate = isinstance(form, CertificateSittingForm)
    ways = {False: "agreements:ceremony-sitting", True: "agreements:ceremony-certificate-sitting"}
    key = {"ceremony": ceremony.public_id}
    context = {
        "title": _("Sign in one sitting"),
        "ceremony": ceremony,
        "form": form,
        "rows": form.rows(),
        "with_certificate": with_certificate,
        "action": reverse(ways[with_certificate], kwargs=key),
        "others": reverse(ways[not with_certificate], kwargs=key) if others else "",
    }
    return show(request, "agreements/ceremony_sitting.html", context, status=422 if form.errors else 200)


@require_GET
@reads_on_get
def screen(request: HttpRequest, ceremony: str) -> HttpResponse:
    """For the wall: each pair turns green as it signs. Names and posts only."""
    found = _ceremony(request, ceremony)
    pairs = pairs_of(agreements_in(found))
    context = {
        "title": str(found),
        "ceremony": found,
        "pairs": pairs,
        "signed": sum(pair.signed for pair in pairs),
    }
    return show(request, "agreements/ceremony_screen.html", context, fragment="board")


@require_GET
@reads_on_get
def seats(request: HttpRequest, ceremony: str) -> HttpResponse:
    """For the wall: who sits where."""
    found = _ceremony(request, ceremony)
    return show(
        request, "agreements/ceremony_seats.html", {"title": str(found), "ceremony": found, "plan": _seated(found)}
    )


@require_GET
@reads_on_get
def seat_paper(request: HttpRequest, ceremony: str) -> HttpResponseBase:
    """The seat plan on paper, as it stands now."""
    found = _ceremony(request, ceremony)
    paper = _seated(found)
    return fresh_paper(printed(paper, unit=found.unit), file_name(paper))


def _seated(ceremony: Ceremony) -> SeatPlan:
    if not ceremony.seat_rows:
        raise Http404
    return seat_plan(ceremony)


@require_GET
@reads_on_get
def code(request: HttpRequest, ceremony: str, agreement: str) -> HttpResponseBase:
    """The code that leads a telephone to the page on which an agreement of the ceremony is signed."""
    found = get_object_or_404(agreements_in(_ceremony(request, ceremony)), public_id=agreement)
    address = request.build_absolute_uri(reverse("agreements:sign", kwargs={"agreement": found.public_id}))
    return HttpResponse(drawn_for_screen(address), content_type=SVG, headers={"Cache-Control": "private, max-age=3600"})


@require_POST
def keep_ready(request: HttpRequest, ceremony: str) -> HttpResponse:
    """Print every open agreement with codes, in case pens are needed."""
    found = _ceremony(request, ceremony)
    ready = ceremonies.keep_papers_ready(found, by=request.person, at=clock.now())
    words = {"count": digits(len(ready))}
    messages.success(request, _("%(count)s agreements are printed ready. Download them and put them on paper.") % words)
    left_out = agreements_in(found).filter(state=State.SIGNING).exclude(pk__in=[each.pk for each in ready])
    for agreement in left_out:
        messages.warning(request, f"{agreement}: {refusal(check_is_approved, agreement)}")
    return redirect("agreements:ceremony-plan", ceremony=found.public_id)


@require_GET
@reads_on_get
def papers(request: HttpRequest, ceremony: str) -> HttpResponseBase:
    """The papers that lie ready, as one file."""
    found, at = _ceremony(request, ceremony), clock.now()
    permissions.check_may_arrange(request.person, found.unit, at=at)
    response = HttpResponse(papers_in_one_file(found, at=at), content_type=ZIP)
    response.headers["Content-Disposition"] = f'attachment; filename="ceremony-{found.held_on.isoformat()}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@reads_on_get
def take_to_paper(request: HttpRequest, agreement: str) -> HttpResponse:
    """Go over to signing by hand, with a reason."""
    found = visible(request, agreement)
    permissions.check_may_take_to_paper(request.person, found, at=clock.now())
    form = SendBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        by_hand.take_to_paper(found, because=form.cleaned_data["because"], by=request.person, at=clock.now())
        messages.success(request, _("The agreement is signed by hand now. Everybody has been told."))
        return redirect("agreements:scan", agreement=found.public_id)
    return reason_page(
        request,
        found,
        form,
        title=_("Sign by hand instead"),
        sentence=_(
            "The same agreement is signed with a pen on the print with codes. Approvals stand; signatures given on "
            "screen bind nobody."
        ),
        label=_("Sign by hand instead"),
    )


def _row(agreement: Agreement, place: int) -> dict[str, Any]:
    return {
        "place": place,
        "agreement": agreement,
        "name": agreement.person.name if agreement.person else named(agreement.group or agreement.run.unit),
        "note": named(agreement.run.unit)
        if agreement.group and not agreement.number
        else presenters.title_of(agreement),
        "href": page_of(agreement),
        "pill": presenters.state_pill(agreement),
        "open": agreement.state == State.SIGNING,
    }


def _prepared(each: Any) -> dict[str, Any]:
    step = step_with_work(each.run, IN_FORCE)
    address = reverse("processes:step", kwargs={"run": each.run.public_id, "step": step.code}) if step else ""
    return {"text": each.text, "ok": True if each.done else None, "note": each.run.unit.name, "href": address}


def _say(request: HttpRequest, each: ceremonies.Outcome) -> None:
    if each.refusal:
        messages.error(request, f"{each.agreement}: {each.refusal}")
        return
    messages.success(request, _("Signed: %(agreement)s.") % {"agreement": each.agreement})
    if leads_nowhere(each.agreement, request.person):
        messages.warning(request, CERTIFICATE_LEADS_NOWHERE)


def _units(request: HttpRequest) -> Any:
    return Unit.objects.filter(pk__in=units_where(request.person, "agreements.arrange", on=clock.today()), parent=None)


def _ceremony(request: HttpRequest, public_id: str) -> Ceremony:
    readable = Ceremony.objects.visible_to(request.person, on=clock.today())
    return get_object_or_404(readable, public_id=public_id)
