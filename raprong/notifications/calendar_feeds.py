"""The address under which a person's calendar of due dates is read without signing in."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from raprong.access.administration import record_of_agency
from raprong.core.models import new_public_id
from raprong.notifications.models import CalendarFeed
from raprong.organisation.models import Person

SALT = "raprong.notifications.calendar"
PUBLIC_ID_LETTERS = 16
CODE_LETTERS = 32  # 128 bits


@transaction.atomic
def open_feed(*, by: Person, at: datetime) -> CalendarFeed:
    """Give a person's calendar an address, or another one: the address before opens nothing any more."""
    feed, _made = CalendarFeed.objects.select_for_update().get_or_create(person=by, defaults={"made_at": at})
    feed.public_id, feed.made_at = new_public_id(), at
    feed.save(update_fields=["public_id", "made_at"])
    record_of_agency("calendar.opened", about=by, agency=by.agency, by=by, at=at)
    return feed


@transaction.atomic
def withdraw_feed(*, by: Person, at: datetime) -> None:
    """Take the address back. Taking back what is not there changes nothing."""
    gone, _rows = CalendarFeed.objects.filter(person=by).delete()
    if gone:
        record_of_agency("calendar.withdrawn", about=by, agency=by.agency, by=by, at=at)


def feed_of(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).first()


def secret_of(feed: CalendarFeed) -> str:
    """What stands in the address: known to its owner and never kept."""
    return feed.public_id + _code(feed.public_id)


def feed_behind(secret: str) -> CalendarFeed | None:
    """The calendar that an address opens; none for a wrong or withdrawn one, or when its owner's account is closed."""
    public_id, code = secret[:PUBLIC_ID_LETTERS], secret[PUBLIC_ID_LETTERS:]
    if not constant_time_compare(code, _code(public_id)):
        return None
    feeds = CalendarFeed.objects.select_related("person__agency", "person__user", "person__preferences")
    return feeds.filter(public_id=public_id, person__user__is_active=True).first()


def _code(public_id: str) -> str:
    return salted_hmac(SALT, public_id, algorithm="sha256").hexdigest()[:CODE_LETTERS]
