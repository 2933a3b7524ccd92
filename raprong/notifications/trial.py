"""A trial: whoever administers learns at once whether a channel reaches people."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.administration import check_may_administer, record_of_agency
from raprong.access.rules import Refused
from raprong.core.models import new_public_id
from raprong.core.references import reference
from raprong.notifications.channels import Channel
from raprong.notifications.models import Notice
from raprong.notifications.preferences import check_may_wish
from raprong.organisation.models import Person

log = logging.getLogger(__name__)

TRIAL = "channel.trial"


def try_channel(channel: Channel, *, by: Person, at: datetime) -> Notice:
    """Send oneself a notice over a channel, now: at any hour, whatever one wished for.

    Refused: somebody who does not administer, a channel that is not set up or cannot reach the person, and in its own
    words what the channel could not hand over. Asks the network; call it outside a transaction.
    """
    check_may_administer(by, by.agency, at=at)
    check_may_wish(by, channel)
    words = {"channel": str(channel.title)}
    notice = Notice(person=by, kind=TRIAL, words=words, about=reference(by.agency), sent_at=at)
    try:
        channel.send(by, [notice], message=new_public_id())
    except Exception as fault:  # whatever a plug-in raises
        log.warning("A trial over %s was not delivered: %s", channel.code, fault)
        told = words | {"because": str(fault) or type(fault).__name__}
        raise Refused(_("The trial over %(channel)s did not leave: %(because)s") % told) from fault
    return _kept(notice, channel)


@transaction.atomic
def _kept(notice: Notice, channel: Channel) -> Notice:
    """It stands in the application like every other, and on the agency's trail."""
    notice.save()
    person = notice.person
    record_of_agency(
        "channel.tried", about=person.agency, agency=person.agency, by=person, at=notice.sent_at, channel=channel.code
    )
    return notice
