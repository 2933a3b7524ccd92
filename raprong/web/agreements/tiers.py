"""Agreements of groups and people: the list of a year, and the page of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raprong.access.permissions import check_holds
from raprong.access.rules import refusal
from raprong.agreements import documents, permissions, tiers
from raprong.agreements.enums import State, Tier
from raprong.agreements.models import Agreement
from raprong.agreements.printing import paper_of
from raprong.agreements.queries import newest_of
from raprong.cascade import agreements as cascade
from raprong.cascade.queries import people_with_shares
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.read_only import reads_on_get
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.web.agreements import presenters
from raprong.web.agreements.asked import page_of, visible
from raprong.web.agreements.views import drafted_context
from raprong.web.processes.current import run_of
from raprong.web.shell.filters import digits
from raprong.web.shell.filters import named as name_of
from raprong.web.shell.pages import show


@dataclass(frozen=True)
class TierLine:
    """A group or a person of the list, with the agreement where there is one this reader may see."""

    name: str
    note: str
    href: str
    pill: tuple[str, str]
    draft: dict[str, str]  # what is posted to draft it
    why_not: str
    behind: bool = False
    addendum: str = ""  # which one, where the agreement was changed by one


@dataclass(frozen=True)
class GroupCard:
    name: str
    own: TierLine
    people: list[TierLine]


@require_http_methods(["GET", "POST"])
@reads_on_get
def beneath(request: HttpRequest, run: str) -> HttpResponse:
    """Every group with its people, and the agreement of each. Posting drafts all that are missing."""
    found, at = run_of(request, run), clock.now()
    check_holds(request.person, "agreements.read", found.unit, on=day_of(at))
    if request.method == "POST":
        made = cascade.draft_missing(found, by=request.person, at=at)
        sentence = ngettext("%(count)s agreement is drafted.", "%(count)s agreements are drafted.", len(made))
        messages.success(request, sentence % {"count": digits(len(made))})
        return redirect("agreements:beneath", run=found.public_id)
    groups = [_card(request.person, found, each, at=at) for each in cascade.standing_of(found, on=day_of(at))]
    context = {
        "title": _("Agreements of groups and people"),
        "subtitle": name_of(found.unit),
        "run": found,
        "groups": groups,
        "missing": any(not line.href and not line.why_not for group in groups for line in (group.own, *group.people)),
    }
    return show(request, "agreements/beneath.html", context)


@require_POST
def draft(request: HttpRequest, run: str) -> HttpResponse:
    """Draft the agreement of a group, or of one person in it."""
    found, at = run_of(request, run), clock.now()
    group = get_object_or_404(Unit.objects.filter(agency=found.unit.agency), public_id=request.POST.get("group", ""))
    if not request.POST.get("person"):
        made = tiers.draft_for_group(found, group, by=request.person, at=at)
    else:
        person = get_object_or_404(people_with_shares(found, group), public_id=request.POST["person"])
        made = cascade.draft_for_person(found, group, person, by=request.person, at=at)
    messages.success(request, _("The agreement is drafted. Look through it and open it for signing."))
    return redirect(page_of(made))


@require_GET
@reads_on_get
def tier(request: HttpRequest, agreement: str) -> HttpResponse:
    """The agreement of a group or a person: what it is about, who signs it, and where it stands."""
    found, at = visible(request, agreement), clock.now()
    if found.tier == Tier.UNIT or found.number:
        return redirect(page_of(found))
    drafted = found.state == State.DRAFTING
    paper = paper_of(found, dated_on=day_of(at)) if drafted else documents.content_of(found)
    assert isinstance(paper, AgreementPaper)
    context = {
        "title": presenters.title_of(found),
        "subtitle": name_of(found.run.unit),
        "run": found.run,
        "agreement": found,
        "paper": paper,
        "behind": cascade.is_behind(newest_of(found)),
        **drafted_context(request, found, at=at),
    }
    return show(request, "agreements/tier.html", context)


@require_POST
def bring_up_to_date(request: HttpRequest, agreement: str) -> HttpResponse:
    """Let the draft say what the person has taken on by now."""
    found = visible(request, agreement)
    if found.tier != Tier.PERSON:
        raise Http404
    cascade.bring_up_to_date(found, by=request.person, at=clock.now())
    messages.success(request, _("The draft says what is taken on now."))
    return redirect(page_of(found))


def _card(person: Person, run: Run, standing: cascade.GroupStanding, *, at: datetime) -> GroupCard:
    counted = ngettext("%(count)s KPI", "%(count)s KPIs", standing.kpis) % {"count": digits(standing.kpis)}
    own = _line(person, run, standing.group, None, standing.agreement, counted, at=at, behind=standing.behind)
    people = []
    for each in standing.people:
        note = ngettext("%(count)s KPI", "%(count)s KPIs", len(each.shares)) % {"count": digits(len(each.shares))}
        people.append(_line(person, run, standing.group, each.person, each.agreement, note, at=at, behind=each.behind))
    return GroupCard(name_of(standing.group), own, people)


def _line(
    reader: Person,
    run: Run,
    group: Unit,
    whose: Person | None,
    agreement: Agreement | None,
    note: str,
    *,
    at: datetime,
    behind: bool = False,
) -> TierLine:
    name = whose.name if whose else _("The group, with the head of the unit")
    seen = agreement is not None and Agreement.objects.visible_to(reader, on=day_of(at)).filter(pk=agreement.pk)
    return TierLine(
        name=name,
        note=note,
        href=page_of(agreement) if agreement and seen else "",
        pill=presenters.state_pill(agreement) if agreement else ("wait", _("Not drafted yet")),
        addendum=_("Addendum %(number)s") % {"number": digits(agreement.number)}
        if agreement and agreement.number
        else "",
        draft={"group": group.public_id} | ({"person": whose.public_id} if whose else {}),
        why_not=refusal(permissions.check_may_draft_below, reader, run, group, whose, at=at),
        behind=behind,
    )
