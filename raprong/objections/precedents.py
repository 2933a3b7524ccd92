"""The shelf of past decisions: what a ground and a kind of KPI came to, without names."""

from django.db.models import Q

from raprong.objections.models import Proposal, ProposalQuerySet
from raprong.organisation.models import Agency

TITLES = ("นางสาว", "นาย", "นาง", "ว่าที่ร้อยตรี", "ดร.")


def names_in(text: str, agency: Agency) -> list[str]:
    """The names of people and units of an agency that stand in a text; of a person the given name is enough."""
    people = {_given_name(name) for name in agency.people.values_list("name", flat=True)}
    units = {
        name for pair in agency.units.values_list("name", "short_name") for name in pair if name and " " not in name
    }
    return sorted(name for name in (people | units) if len(name) > 2 and name in text)


def shelf(agency: Agency, *, ground: str = "", kind: str = "", words: str = "") -> ProposalQuerySet:
    """Past decisions by ground, by the kind of the KPI's criteria (`total`: of the total), and by words in the text."""
    found = Proposal.objects.precedents(agency)
    if ground:
        found = found.filter(objection__ground=ground)
    if kind == "total":
        found = found.filter(criteria_kind="")
    elif kind:
        found = found.filter(criteria_kind=kind)
    for word in words.split():
        found = found.filter(Q(precedent__icontains=word))
    return found


def _given_name(name: str) -> str:
    first = name.split(" ", 1)[0]
    return next((first.removeprefix(title) for title in TITLES if first.startswith(title)), first)
