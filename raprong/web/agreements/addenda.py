"""Addenda to an agreement: why and from when, what is changed, old beside new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raprong.agreements import addenda, permissions
from raprong.agreements.addenda_reading import amendments_of
from raprong.agreements.addendum_papers import changes_of
from raprong.agreements.documents import content_of
from raprong.agreements.enums import State, Tier
from raprong.agreements.models import Agreement
from raprong.agreements.queries import first_of, parties_of
from raprong.cascade import agreements as cascade
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.documents.addendum.shape import Addendum as AddendumPaper
from raprong.kpis.queries import in_families, selected_kpis
from raprong.web.agreements import presenters
from raprong.web.agreements.addendum_forms import ChangesForm, TermsForm
from raprong.web.agreements.asked import crumbs_of, page_of, posted, visible
from raprong.web.agreements.form_pages import done, form_page
from raprong.web.agreements.views import drafted_context
from raprong.web.shell.filters import named as name_of
from raprong.web.shell.pages import show


@require_GET
@reads_on_get
def addendum(request: HttpRequest, agreement: str) -> HttpResponse:
    """One addendum: what it changes, who signs it, and where it stands."""
    found, at = visible(request, agreement), clock.now()
    if not found.number:
        return redirect("agreements:agreement", run=found.run.public_id)
    base, drafted = first_of(found), found.state == State.DRAFTING
    context = {
        "title": presenters.title_of(found),
        "subtitle": name_of(found.run.unit),
        "run": found.run,
        "agreement": found,
        "base": base,
        "crumbs": crumbs_of(base),
        "changes": list(changes_of(found, parties_of(found))) if drafted else _frozen(found).changes,
        "behind": drafted and cascade.is_behind(found),
        **drafted_context(request, found, at=at),
    }
    return show(request, "agreements/addendum.html", context)


def _frozen(addendum: Agreement) -> AddendumPaper:
    """What an addendum said when it opened for signing."""
    content = content_of(addendum)
    assert isinstance(content, AddendumPaper)
    return content


@require_http_methods(["GET", "POST"])
@reads_on_get
def draft(request: HttpRequest, agreement: str) -> HttpResponse:
    """Begin an addendum: why the agreement is changed, and from which day."""
    found, at = first_of(visible(request, agreement)), clock.now()
    permissions.check_may_draft_addendum(request.person, found, at=at)
    form = TermsForm(posted(request), initial={"effective_on": clock.today()})

    def drafted(entered: dict[str, Any]) -> Agreement:
        because, day = entered["because"], entered["effective_on"]
        return cascade.draft_addendum(found, because=because, effective_on=day, by=request.person, at=at)

    if made := done(request, form, drafted):
        if made.tier != Tier.UNIT:
            messages.success(request, _("The addendum is drafted. See what it changes."))
            return redirect(page_of(made))
        messages.success(request, _("The addendum is drafted. Say what it changes."))
        return redirect("agreements:addendum-changes", agreement=made.public_id)
    return _terms_page(request, form, found, title=_("Change what was agreed"))


@require_http_methods(["GET", "POST"])
@reads_on_get
def terms(request: HttpRequest, agreement: str) -> HttpResponse:
    """Why, and from which day."""
    found, at = _addendum(request, agreement), clock.now()
    permissions.check_may_change(request.person, found, at=at)
    initial = {"because": found.because, "effective_on": found.effective_on, "version": found.version}
    form = TermsForm(posted(request), initial=initial)

    def kept(entered: dict[str, Any]) -> Agreement:
        because, day, version = entered["because"], entered["effective_on"], entered["version"]
        return addenda.set_terms(found, because=because, effective_on=day, seen=version, by=request.person, at=at)

    if done(request, form, kept):
        messages.success(request, _("The reason and the day are saved."))
        return redirect(page_of(found))
    return _terms_page(request, form, found, title=_("Reason and day of the addendum"))


def _terms_page(request: HttpRequest, form: TermsForm, agreement: Agreement, *, title: str) -> HttpResponse:
    return form_page(
        request,
        "agreements/addendum_terms.html",
        form,
        title=title,
        agreement=agreement,
        home=page_of(agreement),
        action=request.path,
    )


@require_http_methods(["GET", "POST"])
@reads_on_get
def changes(request: HttpRequest, agreement: str) -> HttpResponse:
    """What each KPI of the unit asks for from the addendum's day on."""
    found, at = _addendum(request, agreement), clock.now()
    if found.tier != Tier.UNIT:
        raise Http404
    permissions.check_may_change(request.person, found, at=at)
    kpis = in_families(selected_kpis(found.run))
    amended = {amendment.kpi.pk: amendment for amendment in amendments_of(found)}
    form = ChangesForm(posted(request), kpis=kpis, amended=amended, initial={"version": found.version})

    def kept(entered: dict[str, Any]) -> Agreement:
        return addenda.set_changes(found, form.changes(), seen=entered["version"], by=request.person, at=at)

    if done(request, form, kept, field_of=form.field_of):
        messages.success(request, _("The changes are saved."))
        return redirect(page_of(found))
    return form_page(
        request,
        "agreements/addendum_changes.html",
        form,
        title=_("What the addendum changes"),
        agreement=found,
        home=page_of(found),
        rows=form.rows(),
    )


def _addendum(request: HttpRequest, public_id: str) -> Agreement:
    found = visible(request, public_id)
    if not found.number:
        raise Http404
    return found
