"""Pages of the year's agreement, and of the manual and the order that follow from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.agreements import actions, documents, permissions
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.policies import CARD_OF_LETTER
from raprong.agreements.printing import paper_of
from raprong.agreements.queries import (
    agreement_of,
    awaits_print,
    first_of,
    letters_of,
    next_request,
    parties_of,
    signed_scan_of,
    signing_form_of,
)
from raprong.agreements.readiness import readiness_of, weights_ready
from raprong.agreements.workflow import DRAFTED, IN_FORCE
from raprong.circulation.enums import LetterKind
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.kpis.queries import (
    dimensions_weight,
    framework_of,
    in_families,
    scheme_of,
    selected_kpis,
    selection_standing,
)
from raprong.processes.models import Run
from raprong.records.papers import file_name, printed
from raprong.web.agreements import presenters
from raprong.web.agreements.addendum_lines import addendum_lines
from raprong.web.agreements.asked import beneath_of, page_of, posted, seen, visible
from raprong.web.agreements.form_pages import done, form_page
from raprong.web.agreements.forms import (
    CeremonyForm,
    SendBackForm,
    WithdrawForm,
    named_in,
    party_forms,
    place_faults,
)
from raprong.web.agreements.needs import need_lines
from raprong.web.agreements.reason_pages import reason_page
from raprong.web.agreements.signing import ways_of
from raprong.web.circulation.papers import fresh_paper, kept_paper, seal_in_words
from raprong.web.processes.current import run_of
from raprong.web.processes.panel import sop_panel_for
from raprong.web.shell.filters import named as name_of
from raprong.web.shell.pages import show

IN_LIST = (
    "-run__fiscal_year",
    "run__unit__name",
    F("group__order").asc(nulls_first=True),  # the unit's, then each group's with those of its people
    F("person__name").asc(nulls_first=True),
    "number",
)
ISSUE = {LetterKind.MANUAL: actions.issue_manual, LetterKind.COMMITTEE_ORDER: actions.issue_order}


@require_GET
@reads_on_get
def agreements(request: HttpRequest) -> HttpResponse:
    """The years whose agreement this person may read, newest first, and those that wait for their signature."""
    on = clock.today()
    found = (
        Agreement.objects.visible_to(request.person, on=on).with_run().prefetch_related("parties__request__signature")
    )
    runs = (
        Run.objects.visible_to(request.person, on=on)
        .with_sop()
        .exclude(pk__in=Agreement.objects.of_units().values("run"))
    )
    context = {
        "title": _("Agreements and signing"),
        "rows": [_row(each, request) for each in found.order_by(*IN_LIST)],
        "undrafted": [run for run in runs if holds(request.person, "agreements.read", run.unit, on=on)],
    }
    return show(request, "agreements/list.html", context)


def _row(agreement: Agreement, request: HttpRequest) -> dict[str, Any]:
    parties = [party for party in agreement.parties.all() if party.signs]
    return {
        "agreement": agreement,
        "href": page_of(agreement),
        "pill": presenters.state_pill(agreement),
        "signed": sum(party.signed_at is not None for party in parties),
        "parties": len(parties),
        "my_turn": agreement.state == State.SIGNING and next_request(agreement, request.person) is not None,
    }


@require_http_methods(["GET", "POST"])
@reads_on_get
def agreement(request: HttpRequest, run: str) -> HttpResponse:
    """The agreement of a year. Posting drafts it from the selected KPIs."""
    found, at = run_of(request, run), clock.now()
    if request.method == "POST":
        actions.draft(found, by=request.person, at=at)
        messages.success(request, _("The agreement is drafted. Its parties are proposed from the SOP and the posts."))
        return redirect("agreements:agreement", run=found.public_id)
    drafted = agreement_of(found)
    _check_readable(request, found, drafted, at=at)
    card = IN_FORCE if drafted else DRAFTED
    context = {
        "title": presenters.title_of_year(found.fiscal_year),
        "subtitle": name_of(found.unit),
        "run": found,
        "agreement": drafted,
        "kpis": in_families(selected_kpis(found)),
        "selection": selection_standing(found),
        "levels": presenters.levels,
        "plan": presenters.plan,
        "stand_beneath": presenters.stand_beneath,
        "scale": presenters.levels_of_the_year(scheme_of(found)),
        "panel": sop_panel_for(found, card, request.person, at),
    }
    context |= drafted_context(request, drafted, at=at) if drafted else _undrafted_context(request, found, at=at)
    return show(request, "agreements/agreement.html", context)


def _undrafted_context(request: HttpRequest, run: Run, *, at: datetime) -> dict[str, Any]:
    framework = framework_of(run)
    return {
        "needs": need_lines([weights_ready(run)], run),
        "why_not_draft": refusal(permissions.check_may_draft, request.person, run, at=at),
        "framework_weight": dimensions_weight(framework) if framework else None,
    }


def drafted_context(request: HttpRequest, agreement: Agreement, *, at: datetime) -> dict[str, Any]:
    parties = list(parties_of(agreement))
    person = request.person
    return {
        "needs": need_lines(readiness_of(agreement, on=day_of(at)), agreement.run, agreement)
        if agreement.state == State.DRAFTING
        else [],
        "pill": presenters.state_pill(agreement),
        "steps": presenters.steps(agreement, parties),
        "parties": presenters.party_rows(agreement, parties, person),
        "in_force": presenters.in_force_sentence(agreement),
        "signed_pages": signed_scan_of(agreement),
        "declined": presenters.declined_sentences(parties),
        "ways": ways_of(agreement),
        "for_approval": awaits_print(agreement),
        "waiting": presenters.waiting_sentence(parties) if agreement.state == State.SIGNING else "",
        "is_party": any(party.person_id == person.pk and party.signs for party in parties),
        "may_decline": not refusal(permissions.check_may_decline, person, agreement),
        "why_not_remind": refusal(permissions.check_may_remind, person, agreement, at=at),
        "my_turn": agreement.state == State.SIGNING and next_request(agreement, person) is not None,
        "hash": presenters.hash_in_short(_paper_sha256(agreement)),
        "seal": seal_in_words(agreement.sealed) if agreement.sealed and "check" in request.GET else None,
        "why_not_change": refusal(permissions.check_may_change, person, agreement, at=at),
        "why_not_open": refusal(permissions.check_may_open_signing, person, agreement, at=at),
        "why_not_sign": refusal(permissions.check_may_sign, person, agreement, at=clock.now()),
        "why_not_take_to_paper": refusal(permissions.check_may_take_to_paper, person, agreement, at=at),
        "why_not_send_back": refusal(permissions.check_may_send_back, person, agreement, at=at),
        "may_withdraw": not refusal(permissions.check_may_withdraw, person, agreement, at=at),
        "addenda": addendum_lines(agreement),
        "why_not_amend": refusal(permissions.check_may_draft_addendum, person, agreement, at=at),
    }


def _paper_sha256(agreement: Agreement) -> str:
    file = agreement.sealed or agreement.shown
    return file.sha256 if file else ""


@require_http_methods(["GET", "POST"])
@reads_on_get
def parties(request: HttpRequest, agreement: str) -> HttpResponse:
    """Who makes and who receives the agreement."""
    found, at = visible(request, agreement), clock.now()
    permissions.check_may_change(request.person, found, at=at)
    named = list(parties_of(found))
    rows = party_forms(found, named, posted(request))
    whole: list[str] = []
    if request.method == "POST" and rows.is_valid():
        try:
            entered = named_in(rows)
            actions.name_parties(
                found, [party for _number, party in entered], seen=seen(request), by=request.person, at=at
            )
        except Faults as refused:
            whole = place_faults(rows, [number for number, _party in entered], refused)
        else:
            messages.success(request, _("The parties are saved."))
            return redirect(page_of(found))
    context = {
        "title": _("Parties to the agreement"),
        "agreement": found,
        "home": page_of(found),
        "rows": rows,
        "whole": [("", "", sentence) for sentence in [*whole, *rows.non_form_errors()]],
        "panel": sop_panel_for(found.run, IN_FORCE, request.person, at),
    }
    return show(request, "agreements/parties.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@reads_on_get
def ceremony(request: HttpRequest, agreement: str) -> HttpResponse:
    """When and where the agreement is signed."""
    found, at = visible(request, agreement), clock.now()
    permissions.check_may_change(request.person, found, at=at)
    initial = {"signing_on": found.signing_on, "venue": found.venue, "version": found.version}
    form = CeremonyForm(posted(request), initial=initial)

    def kept(entered: dict[str, Any]) -> Agreement:
        day, venue, version = entered["signing_on"], entered["venue"], entered["version"]
        return actions.set_ceremony(found, signing_on=day, venue=venue, seen=version, by=request.person, at=at)

    if done(request, form, kept):
        messages.success(request, _("The day and the place of signing are saved."))
        return redirect(page_of(found))
    return form_page(
        request,
        "agreements/ceremony.html",
        form,
        title=_("Day and place of signing"),
        agreement=found,
        home=page_of(found),
        panel=sop_panel_for(found.run, IN_FORCE, request.person, at),
    )


@require_POST
def open_signing(request: HttpRequest, agreement: str) -> HttpResponse:
    """Freeze the content and ask the parties to sign."""
    found = visible(request, agreement)
    actions.open_signing(found, seen=seen(request), by=request.person, at=clock.now())
    messages.success(request, _("The agreement is open for signing, and every party has been told."))
    return redirect(page_of(found))


@require_http_methods(["GET", "POST"])
@reads_on_get
def send_back(request: HttpRequest, agreement: str) -> HttpResponse:
    """Back to drafting, with a reason."""
    found, at = visible(request, agreement), clock.now()
    permissions.check_may_send_back(request.person, found, at=at)
    form = SendBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.send_back(found, because=form.cleaned_data["because"], by=request.person, at=at)
        messages.success(request, _("The agreement is back in drafting. Every party has been told why."))
        return redirect(page_of(found))
    return reason_page(
        request,
        found,
        form,
        title=_("Send the agreement back to drafting"),
        sentence=_("Nothing that was signed so far stays in force. The paper is printed anew when signing opens."),
        label=_("Send back to drafting"),
    )


@require_http_methods(["GET", "POST"])
@reads_on_get
def withdraw(request: HttpRequest, agreement: str) -> HttpResponse:
    """Withdraw a draft, with a reason."""
    found, at = visible(request, agreement), clock.now()
    permissions.check_may_withdraw(request.person, found, at=at)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw(found, because=form.cleaned_data["because"], by=request.person, at=at)
        messages.success(request, _("The draft is withdrawn. Everybody named in it has been told why."))
        return redirect(page_of(first_of(found)) if found.number else beneath_of(found))
    return reason_page(
        request,
        found,
        form,
        title=_("Withdraw the draft"),
        sentence=_("The draft goes from every list, and another one can be made. The trail keeps that it was there."),
        label=_("Withdraw the draft"),
    )


@require_GET
@reads_on_get
def paper(request: HttpRequest, agreement: str) -> HttpResponseBase:
    """The paper: as it would print now while it is drafted, as it was shown for signing, or as it was sealed."""
    found = visible(request, agreement)
    kept = found.sealed or found.shown
    if kept is not None:
        return kept_paper(kept)
    preview = paper_of(found, dated_on=found.signing_on or clock.today())
    return fresh_paper(printed(preview, unit=found.run.unit), "agreement-draft.pdf")


@require_GET
@reads_on_get
def signing_form(request: HttpRequest, agreement: str) -> HttpResponseBase:
    """The form for the ceremony: to be printed once signing is open, as it was deposited once in force."""
    found, at = visible(request, agreement), clock.now()
    if found.state == State.DRAFTING or found.number:
        raise Http404
    kept = signing_form_of(found)
    if kept is not None:
        return kept_paper(kept)
    signed = documents.signed_paper(found, list(parties_of(found)), dated_on=day_of(at))
    assert isinstance(signed, AgreementPaper)
    form = documents.signing_form(
        found, signed, dated_on=day_of(at), preparations=documents.preparations_of(found, at=at)
    )
    return fresh_paper(printed(form, unit=found.run.unit), file_name(form))


@require_GET
@reads_on_get
def papers(request: HttpRequest, run: str) -> HttpResponse:
    """The manual and the order of the year: drafted from the agreement, signed among the letters."""
    found, at = run_of(request, run), clock.now()
    drafted = agreement_of(found)
    _check_readable(request, found, drafted, at=at)
    context = {
        "title": _("Manual and order of the year"),
        "subtitle": name_of(found.unit),
        "run": found,
        "papers": [_paper_row(request, found, drafted, kind, at=at) for kind in ISSUE],
        "panel": sop_panel_for(found, CARD_OF_LETTER[LetterKind.MANUAL], request.person, at),
    }
    return show(request, "agreements/papers.html", context)


def _paper_row(
    request: HttpRequest, run: Run, agreement: Agreement | None, kind: LetterKind, *, at: datetime
) -> dict[str, Any]:
    letters = letters_of(agreement, kind) if agreement else None
    return {
        "kind": kind,
        "letter": letters.first() if letters is not None else None,
        "why_not": refusal(permissions.check_may_issue, request.person, run, kind, at=at),
    }


@require_POST
def issue(request: HttpRequest, run: str, kind: str) -> HttpResponse:
    """Draft the manual or the order, and go to the letter."""
    found = run_of(request, run)
    if kind not in ISSUE:
        raise Http404
    letter = ISSUE[LetterKind(kind)](found, by=request.person, at=clock.now())
    messages.success(request, _("It is drafted. Read it, and have it signed."))
    return redirect("circulation:letter", letter=letter.public_id)


def _check_readable(request: HttpRequest, run: Run, agreement: Agreement | None, *, at: datetime) -> None:
    """Somebody who sees the run but is not to read its agreement is told that the page is not there."""
    if holds(request.person, "agreements.read", run.unit, on=day_of(at)):
        return
    if agreement is None or not AgreementParty.objects.filter(agreement=agreement, person=request.person).exists():
        raise Http404
