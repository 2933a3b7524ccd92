"""A signer's post as papers print it, and the words for signing in another's place.

Words on papers are Thai in every language of the pages.
"""

from datetime import date

from raprong.organisation.enums import Authority
from raprong.organisation.models import Delegation, Person, Position, Unit
from raprong.organisation.queries import head_position_of, position_of

ACTING_WORDS = {Authority.ACTING: "รักษาราชการแทน", Authority.ON_BEHALF: "ปฏิบัติราชการแทน"}


def order_for(position: Position | None, *, on: date) -> Delegation | None:
    """The order by which, on a day, somebody else signs for a post; the latest where there are several."""
    if position is None:
        return None
    in_force = Delegation.objects.in_force(on).values("pk")
    orders = Delegation.objects.filter(pk__in=in_force, position=position).select_related("person", "position")
    return orders.order_by("-starts_on", "-pk").first()


def acting_words(order: Delegation) -> str:
    """``รักษาราชการแทนผู้อำนวยการ... ตามคำสั่งที่ ...``: by what right, for which post, by which order."""
    return f"{ACTING_WORDS[Authority(order.authority)]}{order.position.title} ตามคำสั่งที่ {order.order_number}"


def order_of_words(person: Person, words: str) -> Delegation | None:
    """The order whose words stand under a person's post on a paper; the latest, None where no order says so."""
    orders = Delegation.objects.filter(person=person).select_related("position").order_by("-starts_on", "-pk")
    return next((order for order in orders if acting_words(order) == words), None)


def post_of(person: Person, *, on: date) -> str:
    """The title of the post a person holds on a day; empty where they hold none."""
    position = position_of(person, on=on)
    return position.title if position else ""


def acting_for_head_of(unit: Unit, person: Person, *, on: date) -> str:
    """The words under a person's post where an order lets them sign for the head of a unit; empty otherwise."""
    order = order_for(head_position_of(unit), on=on)
    return acting_words(order) if order is not None and order.person_id == person.pk else ""
