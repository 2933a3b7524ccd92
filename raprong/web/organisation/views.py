"""People and posts: who is who, for everybody of the office; and their entry, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access import actions as access
from raprong.access import administration, second_factor
from raprong.access.models import RoleGrant
from raprong.access.permissions import role_title
from raprong.access.queries import units_where
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.organisation.models import Appointment, Person, Position, Unit
from raprong.web.organisation.forms import (
    AddPersonForm,
    AddPostForm,
    AddressForm,
    AddUnitForm,
    AppointForm,
    GiveRoleForm,
    SearchForm,
    TakeAwayForm,
    from_today,
)
from raprong.web.processes.panel import unit_name
from raprong.web.shell.current import today
from raprong.web.shell.filters import in_thai

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class PostLine:
    """A post with whoever holds it."""

    title: str
    holder: Person | None
    roles: str


@dataclass(frozen=True)
class UnitCard:
    unit: Unit
    name: str
    posts: list[PostLine]


@reads_on_get
def people(request: HttpRequest) -> HttpResponse:
    """Units with their posts, who holds them, and the roles of these people."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    units = units_where(request.person, "organisation.read", on=today()).select_related("parent", "agency")
    context = {
        "title": _("People and posts"),
        "form": form,
        "searched": words,
        "units": [card for card in _cards(units, words) if card.posts or not words],
        "others": _without_post(request, words) if _administers(request) else [],
        "administers": _administers(request),
    }
    return render(request, "organisation/people.html", context)


@READ_AND_WRITE
@reads_on_get
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """A unit's groups and posts; an administrator adds posts here."""
    found = get_object_or_404(_units(request), public_id=unit)
    form = AddPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = administration.add_position(found, **form.cleaned_data, by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("The post %(post)s is added.") % {"post": made.title})
            return redirect("organisation:unit", unit=unit)
    context = {
        "title": unit_name(found),
        "subtitle": unit_name(found.parent) if found.parent else found.agency.name,
        "unit": found,
        "card": _cards(Unit.objects.filter(pk=found.pk), "")[0],
        "groups": [(group, unit_name(group)) for group in found.groups.all()],
        "form": form if _administers(request) else None,
    }
    return render(request, "organisation/unit.html", context, status=422 if form.errors else 200)


@READ_AND_WRITE
@reads_on_get
def add_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit, or a group of one."""
    agency = request.person.agency
    administration.check_may_administer(request.person, agency, at=clock.now())
    form = AddUnitForm(request.POST or None, agency=agency, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        try:
            made = administration.add_unit(agency, **form.cleaned_data, by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("%(unit)s is added. Add its posts here.") % {"unit": made.name})
            return redirect("organisation:unit", unit=made.public_id)
    return _form_page(request, form, title=_("Add a unit or group"), label=_("Add"))


@READ_AND_WRITE
@reads_on_get
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a person. Their temporary password is on the page that answers, and nowhere else."""
    agency = request.person.agency
    administration.check_may_administer(request.person, agency, at=clock.now())
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = administration.add_person(agency, **form.cleaned_data, by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            return _password_page(request, made, password, _("%(person)s is added") % {"person": made})
    return _form_page(request, form, title=_("Add a person"), label=_("Add"))


@reads_on_get
def person(request: HttpRequest, person: str) -> HttpResponse:
    """A person's posts and roles; an administrator changes them here."""
    return _person_page(request, _person(request, person))


@require_POST
@reads_on_get
def appoint(request: HttpRequest, person: str) -> HttpResponse:
    """Give a post."""
    found = _person(request, person)
    form = AppointForm(request.POST, agency=found.agency)
    if form.is_valid():
        try:
            administration.appoint(found, **form.cleaned_data, by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("The post is given."))
            return redirect("organisation:person", person=person)
    return _person_page(request, found, appoint_form=form)


@require_POST
@reads_on_get
def give_address(request: HttpRequest, person: str) -> HttpResponse:
    """Give an account its e-mail address."""
    found = _person(request, person)
    administration.check_may_administer(request.person, found.agency, at=clock.now())
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            administration.give_address(found, **form.cleaned_data, by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("The e-mail address is saved."))
            return redirect("organisation:person", person=person)
    return _person_page(request, found, address_form=form)


@require_POST
@reads_on_get
def end_post(request: HttpRequest, person: str, position: str) -> HttpResponse:
    """Let an appointment end today."""
    held = Appointment.objects.in_force(today()).filter(person=_person(request, person))
    found: Any = get_object_or_404(held, position__public_id=position)
    administration.end_appointment(found, on=today(), by=request.person, at=clock.now())
    messages.success(request, _("The appointment ends today."))
    return redirect("organisation:person", person=person)


@require_POST
@reads_on_get
def give_role(request: HttpRequest, person: str) -> HttpResponse:
    """Give a role in a unit."""
    found = _person(request, person)
    form = GiveRoleForm(request.POST, agency=found.agency)
    if not form.is_valid():
        return _person_page(request, found, role_form=form)
    typed = form.cleaned_data
    access.grant(
        found, typed["role"], unit=typed["unit"], starts_on=typed["starts_on"], by=request.person, at=clock.now()
    )
    messages.success(request, _("The role is given."))
    return redirect("organisation:person", person=person)


@require_POST
@reads_on_get
def end_role(request: HttpRequest, person: str, grant: str) -> HttpResponse:
    """Let a role end today."""
    found = get_object_or_404(RoleGrant, public_id=grant, person=_person(request, person))
    access.end(found, on=today(), by=request.person, at=clock.now())
    messages.success(request, _("The role ends today."))
    return redirect("organisation:person", person=person)


@require_POST
@reads_on_get
def new_password(request: HttpRequest, person: str) -> HttpResponse:
    """Replace a forgotten password."""
    found = _person(request, person)
    password = administration.give_new_password(found, by=request.person, at=clock.now())
    return _password_page(request, found, password, _("A new password for %(person)s") % {"person": found})


@require_POST
@reads_on_get
def take_away(request: HttpRequest, person: str) -> HttpResponse:
    """Take a second factor away from whoever lost its device."""
    found = _person(request, person)
    form = TakeAwayForm(request.POST, auto_id="factor_%s")
    if form.is_valid():
        try:
            second_factor.take_away(found, form.cleaned_data["because"], by=request.person, at=clock.now())
        except Faults as faults:
            form.place(faults)
        else:
            messages.success(request, _("The second factor is taken away. The password alone opens the account now."))
            return redirect("organisation:person", person=person)
    return _person_page(request, found, take_away_form=form)


def _units(request: HttpRequest) -> QuerySet[Unit]:
    return units_where(request.person, "organisation.read", on=today()).select_related("parent", "agency")


def _person(request: HttpRequest, public_id: str) -> Person:
    """Somebody of this agency, for those who read the organisation of a unit they work in, and for administrators."""
    seen = Q(appointments__position__unit__in=_units(request)) | Q(pk=request.person.pk)
    if _administers(request):
        seen |= Q(agency=request.person.agency)
    return get_object_or_404(
        Person.objects.filter(seen).distinct().select_related("agency", "user"), public_id=public_id
    )


def _administers(request: HttpRequest) -> bool:
    asked = (administration.check_may_administer, request.person, request.person.agency)
    return not refusal(*asked, at=clock.now())


def _cards(units: QuerySet[Unit], words: str) -> list[UnitCard]:
    """Units in their order, groups after their unit; posts narrowed to those that answer to the words."""
    held = Appointment.objects.in_force(today()).filter(position__unit__in=units)
    by_post: dict[int, list[Person]] = {}
    for appointment in held.select_related("person"):
        by_post.setdefault(appointment.position_id, []).append(appointment.person)
    roles = _roles_of([person for holders in by_post.values() for person in holders])
    posts: dict[int, list[PostLine]] = {}
    for post in Position.objects.filter(unit__in=units).select_related("unit").order_by("-heads_unit", "title"):
        holders: list[Person | None] = [*by_post.get(post.pk, [])] or [None]
        for holder in holders:
            line = PostLine((not in_thai() and post.title_en) or post.title, holder, roles.get(holder, ""))
            if _answers(words, line, unit_name(post.unit)):
                posts.setdefault(post.unit_id, []).append(line)
    ordered = sorted(units, key=lambda one: (one.office.order, one.office.pk, one.parent_id is not None, one.order))
    return [UnitCard(one, unit_name(one), posts.get(one.pk, [])) for one in ordered]


def _roles_of(people: list[Person]) -> dict[Any, str]:
    found: dict[Any, list[str]] = {}
    for grant in RoleGrant.objects.in_force(today()).filter(person__in=people).select_related("person"):
        found.setdefault(grant.person, []).append(role_title(grant.role))
    return {person: ", ".join(dict.fromkeys(titles)) for person, titles in found.items()}


def _answers(words: str, line: PostLine, unit: str) -> bool:
    text = f"{line.title} {line.holder or ''} {unit} {line.roles}".casefold()
    return words.casefold() in text


def _without_post(request: HttpRequest, words: str) -> list[Person]:
    """People of the agency who hold no post today."""
    holding = Appointment.objects.in_force(today()).values("person_id")
    found = request.person.agency.people.exclude(pk__in=holding).order_by("name")
    return list(found.filter(name__icontains=words))


def _person_page(
    request: HttpRequest,
    found: Person,
    appoint_form: AppointForm | None = None,
    role_form: GiveRoleForm | None = None,
    address_form: AddressForm | None = None,
    take_away_form: TakeAwayForm | None = None,
) -> HttpResponse:
    wrong = any(form.errors for form in (appoint_form, role_form, address_form, take_away_form) if form)
    administers = _administers(request) and found.agency_id == request.person.agency_id
    start, agency = from_today(today()), found.agency
    posts = Appointment.objects.filter(person=found).select_related("position__unit").order_by("-starts_on")
    grants = RoleGrant.objects.filter(person=found).select_related("unit", "agency").order_by("-starts_on")
    context = {
        "title": found.name,
        "subtitle": found.agency.name,
        "person": found,
        "posts": posts,
        "grants": [(grant, role_title(grant.role)) for grant in grants],
        "administers": administers,
        "appoint_form": appoint_form or AppointForm(agency=agency, initial=start),
        "role_form": role_form or GiveRoleForm(agency=agency, initial=start, auto_id="role_%s"),
        "address_form": address_form or AddressForm(initial={"email": found.user.email if found.user else ""}),
        "has_second_factor": administers and second_factor.is_set_up(found),
        "why_not_take_away": refusal(second_factor.check_may_take_away, found, by=request.person, at=clock.now()),
        "take_away_form": take_away_form or TakeAwayForm(auto_id="factor_%s"),
        "unit_name": unit_name,
    }
    return render(request, "organisation/person.html", context, status=422 if wrong else 200)


def _form_page(request: HttpRequest, form: Any, *, title: str, label: str) -> HttpResponse:
    context = {"title": title, "form": form, "label": label}
    return render(request, "organisation/form.html", context, status=422 if form.errors else 200)


def _password_page(request: HttpRequest, found: Person, password: str, title: str) -> HttpResponse:
    context = {"title": title, "person": found, "password": password}
    response = render(request, "organisation/password.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
