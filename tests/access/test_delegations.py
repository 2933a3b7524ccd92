"""Orders to sign for a post: what an administrator enters, and what cannot be so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from raprong.access import delegations
from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.organisation.enums import Authority
from raprong.organisation.models import Delegation, Person
from raprong.signatures.posts import order_for

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)


def give(cast: SampleAgency, **changes: Any) -> Delegation:
    """The head of planning signs for the director in November."""
    values: dict[str, Any] = {
        "position": cast.positions["mip/head"],
        "person": cast.people["planning-head"],
        "authority": Authority.ACTING,
        "order_number": "12/2570",
        "starts_on": FIRST,
        "ends_on": LAST,
        "by": cast.people["admin"],
        "at": AT,
    }
    return delegations.give_order(**(values | changes))


def test_an_order_holds_on_its_days_and_no_other(cast: SampleAgency) -> None:
    order = give(cast)

    post = cast.positions["mip/head"]
    assert order_for(post, on=FIRST) == order
    assert order_for(post, on=LAST) == order
    assert order_for(post, on=date(2026, 12, 1)) is None
    assert Entry.objects.latest("pk").kind == "organisation.order_given"


def test_everything_wrong_with_an_order_is_told_at_once(cast: SampleAgency, outsider: Person) -> None:
    with pytest.raises(Faults) as refused:
        give(cast, person=outsider, order_number=" ", ends_on=date(2026, 11, 1))

    assert {fault.field for fault in refused.value.faults} == {"person", "order_number", "ends_on"}
    assert not Delegation.objects.exists()


def test_nobody_is_ordered_to_sign_for_their_own_post(cast: SampleAgency) -> None:
    with pytest.raises(Faults, match="ดำรงตำแหน่งนี้อยู่แล้ว"):
        give(cast, person=cast.people["director"])


@pytest.mark.parametrize("ends_on", [None, date(2026, 12, 31)])
def test_two_orders_for_a_post_never_share_a_day(cast: SampleAgency, ends_on: date | None) -> None:
    give(cast)

    with pytest.raises(Faults) as refused:
        give(cast, person=cast.people["head1"], order_number="13/2570", starts_on=LAST, ends_on=ends_on)

    assert [fault.field for fault in refused.value.faults] == ["starts_on"]


def test_an_order_that_ended_makes_room_for_the_next(cast: SampleAgency) -> None:
    delegations.end_order(give(cast), on=date(2026, 11, 10), by=cast.people["admin"], at=AT)

    following = give(cast, person=cast.people["head1"], order_number="13/2570", starts_on=date(2026, 11, 11))

    assert order_for(cast.positions["mip/head"], on=date(2026, 11, 20)) == following


def test_an_order_ends_once(cast: SampleAgency) -> None:
    order = delegations.end_order(give(cast), on=FIRST, by=cast.people["admin"], at=AT)

    with pytest.raises(Refused):
        delegations.end_order(order, on=FIRST, by=cast.people["admin"], at=AT)


@pytest.mark.parametrize("who", ["planner", "director", "staff", "auditor"])
def test_only_administrators_enter_orders(cast: SampleAgency, who: str) -> None:
    with pytest.raises(Refused):
        give(cast, by=cast.people[who])

    assert not Delegation.objects.exists()


def test_an_administrator_of_another_agency_enters_none(cast: SampleAgency, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        give(cast, by=other_cast.people["admin.pa"])
