"""The channel that hands notices to the office's own message program, by one web address that the settings name.

The program (a gateway to the chat that the office uses) knows people by their user name. docs/channels.md says what it
receives, and how it tells that it comes from here.
"""

from collections.abc import Sequence

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from raprong.lib.posting import NotTaken, post_json
from raprong.notifications.channels import NotDelivered
from raprong.notifications.models import Notice
from raprong.notifications.preferences import language_of
from raprong.notifications.wording import in_digits, subject_of, without_account
from raprong.organisation.models import Person

MOST_SECONDS = 15


class Webhook:
    """One message for each person: who it is for, the sentences in the reader's language, and where to sign in."""

    code = "webhook"

    def __init__(self) -> None:
        self.title: str | Promise = settings.NOTICE_WEBHOOK_TITLE or gettext_lazy("The office's message program")

    def in_use(self) -> bool:
        return bool(settings.NOTICE_WEBHOOK)

    def refusal(self, person: Person) -> str:
        return without_account(person)

    def send(self, person: Person, notices: Sequence[Notice], *, message: str) -> None:
        assert person.user is not None
        language = language_of(person)
        with override(language):
            content = {
                "message": message,
                "to": {"user": person.user.get_username(), "email": person.user.email, "name": person.name},
                "language": language,
                "subject": subject_of(notices),
                "notices": [
                    {"text": in_digits(notice.sentence), "at": notice.sent_at.isoformat()} for notice in notices
                ],
                "address": settings.SITE_ADDRESS,
            }
        try:
            post_json(settings.NOTICE_WEBHOOK, content, key=settings.NOTICE_WEBHOOK_KEY, seconds=MOST_SECONDS)
        except NotTaken as fault:
            raise NotDelivered(str(fault)) from fault
