"""The address of a person's calendar."""

from datetime import timedelta

import pytest
from django.test import override_settings

from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.calendar_feeds import feed_behind, feed_of, open_feed, secret_of, withdraw_feed
from raprong.notifications.models import CalendarFeed
from tests.cast import NEW_YEAR

LATER = NEW_YEAR + timedelta(hours=1)


def test_the_address_leads_to_its_owner(cast: SampleAgency) -> None:
    feed = open_feed(by=cast.people["staff"], at=NEW_YEAR)

    found = feed_behind(secret_of(feed))

    assert found is not None
    assert found.person == cast.people["staff"]


def test_renewing_closes_the_address_before(cast: SampleAgency) -> None:
    before = secret_of(open_feed(by=cast.people["staff"], at=NEW_YEAR))

    after = secret_of(open_feed(by=cast.people["staff"], at=LATER))

    assert feed_behind(before) is None
    assert feed_behind(after) is not None
    assert CalendarFeed.objects.count() == 1


def test_a_withdrawn_address_opens_nothing(cast: SampleAgency) -> None:
    secret = secret_of(open_feed(by=cast.people["staff"], at=NEW_YEAR))

    withdraw_feed(by=cast.people["staff"], at=LATER)

    assert feed_behind(secret) is None
    assert feed_of(cast.people["staff"]) is None


def test_withdrawing_closes_nobody_elses(cast: SampleAgency) -> None:
    secret = secret_of(open_feed(by=cast.people["staff"], at=NEW_YEAR))

    withdraw_feed(by=cast.people["head1"], at=LATER)

    assert feed_behind(secret) is not None


def test_what_the_database_keeps_is_not_enough_to_guess(cast: SampleAgency) -> None:
    feed = open_feed(by=cast.people["staff"], at=NEW_YEAR)
    secret = secret_of(feed)

    assert feed_behind(feed.public_id) is None
    assert feed_behind(secret[:-1] + ("0" if secret[-1] != "0" else "1")) is None
    with override_settings(SECRET_KEY="of another installation"):
        assert feed_behind(secret) is None


def test_a_closed_account_closes_its_calendar(cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    secret = secret_of(open_feed(by=staff, at=NEW_YEAR))

    assert staff.user is not None
    staff.user.is_active = False
    staff.user.save()

    assert feed_behind(secret) is None


@pytest.mark.parametrize("secret", ["", "x", "ก" * 48, "x" * 400])
def test_what_is_no_address_opens_nothing(db: None, secret: str) -> None:
    assert feed_behind(secret) is None


def test_getting_and_withdrawing_stand_in_the_trail_once_each(cast: SampleAgency) -> None:
    open_feed(by=cast.people["staff"], at=NEW_YEAR)
    withdraw_feed(by=cast.people["staff"], at=LATER)
    withdraw_feed(by=cast.people["staff"], at=LATER)

    kinds = Entry.objects.filter(kind__startswith="calendar.").order_by("number").values_list("kind", flat=True)

    assert list(kinds) == ["calendar.opened", "calendar.withdrawn"]
