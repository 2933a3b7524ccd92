"""The menu: what the house offers, in the order of the year's work.

Entries of one run lead into the current run. An entry whose page is not there is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import grants_of
from raprong.access.roles import all_roles
from raprong.web.processes.current import current_run
from raprong.web.shell.current import today

Visible = Callable[[HttpRequest], bool]
Counter = Callable[[HttpRequest], int]


def for_everyone(request: HttpRequest) -> bool:
    """Every signed-in person sees it; the page itself refuses in words whom it is not for."""
    return True


def holding(permission: str) -> Visible:
    """Only those see it who hold a permission somewhere."""

    def visible(request: HttpRequest) -> bool:
        return any(permission in all_roles()[grant.role].reach for grant in grants_of(request.person, on=today()))

    return visible


def holding_for_several(permission: str) -> Visible:
    """Only those see it who hold a permission in more than one unit."""

    def visible(request: HttpRequest) -> bool:
        return any(
            span and (span == "agency" or grant.unit is None)
            for grant in grants_of(request.person, on=today())
            for span in [all_roles()[grant.role].reach.get(permission)]
        )

    return visible


@dataclass(frozen=True)
class Place:
    """A line of the menu before it is known who is asking."""

    group: Promise | str
    label: Promise | str
    name: str  # of the page: "kpis:library"
    visible: Visible = for_everyone


@dataclass(frozen=True)
class Entry:
    """A line of the menu as this person sees it."""

    name: str
    label: str
    url: str
    count: int


FIRST = ""
KPIS = _("KPIs")
RESULTS = _("Results and scores")
PROOF = _("Proof")
OFFICE = _("Office")

PLACES = [
    Place(FIRST, _("My work"), "home:work"),
    Place(FIRST, _("The year's run"), "processes:run"),
    Place(KPIS, _("Framework"), "kpis:framework", holding("kpis.read")),
    Place(KPIS, _("KPI library"), "kpis:library", holding("kpis.read")),
    Place(KPIS, _("Quality of the KPIs"), "quality:run", holding("kpis.read")),
    Place(KPIS, _("Selection and weights"), "kpis:selection", holding("kpis.read")),
    Place(KPIS, _("Agreements and signing"), "agreements:list", holding("agreements.read")),
    Place(KPIS, _("Cascade to groups and persons"), "cascade:board", holding("cascade.read")),
    Place(RESULTS, _("Monthly results"), "results:grid", holding("results.read")),
    Place(RESULTS, _("Standing of the department"), "results:department", holding_for_several("results.read")),
    Place(RESULTS, _("Evidence"), "evidence:list", holding("assessments.read")),
    Place(RESULTS, _("Self-assessment (SAR)"), "assessments:list", holding("assessments.read")),
    Place(RESULTS, _("Scores and confirmation"), "evaluations:list", holding("evaluations.read")),
    Place(RESULTS, _("Preliminary results and objections"), "objections:list", holding("objections.read")),
    Place(RESULTS, _("Letters and circulars"), "circulation:list"),
    Place(PROOF, _("Records"), "records:list", holding("records.read")),
    Place(PROOF, _("Audit trail"), "audit:trail", holding("audit.read")),
    Place(OFFICE, _("People and posts"), "organisation:people", holding("organisation.read")),
    Place(OFFICE, _("SOPs"), "processes:sops"),
    Place(OFFICE, _("Seals and certificates"), "seals:list", holding("organisation.administer")),
    Place(OFFICE, _("Letterhead and wording"), "stationery:list", holding("stationery.read")),
]

_counters: dict[str, Counter] = {}


def count_with(name: str, counter: Counter) -> None:
    """Let an area say how many things wait behind one entry: `count_with("home:work", waiting_for)`."""
    _counters[name] = counter


def menu_for(request: HttpRequest) -> list[tuple[str, list[Entry]]]:
    """The groups of the menu with their entries, for the person who is asking."""
    groups: dict[str, list[Entry]] = {}
    for place in PLACES:
        address = _address(place.name, request)
        if address and place.visible(request):
            entry = Entry(place.name, str(place.label), address, _count(place.name, request))
            groups.setdefault(str(place.group), []).append(entry)
    return list(groups.items())


def current_name(groups: list[tuple[str, list[Entry]]], path: str) -> str:
    """The entry whose address is the longest beginning of this page's address; empty where none is."""
    found = [entry for _, entries in groups for entry in entries if _leads_to(entry.url, path)]
    return max(found, key=lambda entry: len(entry.url)).name if found else ""


def _leads_to(address: str, path: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))


def _address(name: str, request: HttpRequest) -> str:
    """The page by itself, else the current run's page of that name; empty where there is neither."""
    try:
        return reverse(name)
    except NoReverseMatch:
        run = current_run(request)
    try:
        return reverse(name, kwargs={"run": run.public_id}) if run else ""
    except NoReverseMatch:
        return ""


def _count(name: str, request: HttpRequest) -> int:
    counter = _counters.get(name)
    return counter(request) if counter else 0
