from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.notifications.models import Notice
from raprong.notifications.outbox import post
from raprong.organisation.models import Person


def tell(
    people: Iterable[Person],
    kind: str,
    *,
    about: PublicIdModel,
    at: datetime,
    besides: Person | None = None,
    **words: str,
) -> None:
    """Tell people something once the work at hand is saved. `besides` is the one who did it and knows."""
    notices = [
        Notice(person=person, kind=kind, words=words, about=reference(about), sent_at=at)
        for person in people
        if besides is None or person.pk != besides.pk
    ]
    transaction.on_commit(lambda: post(notices, at=at))


@transaction.atomic
def mark_read(notice: Notice, *, by: Person, at: datetime) -> Notice:
    """Remember when a person first read their own notice."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk, person=by)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice
