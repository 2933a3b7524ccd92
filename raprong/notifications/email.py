"""The channel that sends e-mail, through any SMTP server that the settings name."""

from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from raprong.notifications.channels import NotDelivered
from raprong.notifications.models import Notice
from raprong.notifications.preferences import language_of
from raprong.notifications.wording import in_digits, subject_of, without_account
from raprong.organisation.models import Person

MESSAGE_DOMAIN = "raprong.invalid"  # a name that can belong to nobody (RFC 2606): message ids only have to differ


class Email:
    """Plain text in the reader's language: the sentences of the notices, and where to sign in."""

    code = "email"
    title: str | Promise = gettext_lazy("E-mail")

    def in_use(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def refusal(self, person: Person) -> str:
        if why := without_account(person):
            return why
        if person.user is None or not person.user.email:
            return _("Your account has no e-mail address. The administrator of your office can add one.")
        return ""

    def send(self, person: Person, notices: Sequence[Notice], *, message: str) -> None:
        assert person.user is not None
        with override(language_of(person)):
            written = EmailMessage(
                subject=subject_of(notices),
                body=_body(notices),
                to=[person.user.email],
                headers={"Message-ID": f"<{message}@{MESSAGE_DOMAIN}>", "Auto-Submitted": "auto-generated"},
            )
        try:
            written.send()
        except (SMTPException, OSError) as fault:
            raise NotDelivered(str(fault)) from fault


def _body(notices: Sequence[Notice]) -> str:
    lines = [in_digits(f"• {notice.sentence}") for notice in notices]
    if settings.SITE_ADDRESS:
        lines += ["", _("Open your work: %(address)s") % {"address": settings.SITE_ADDRESS}]
    lines += ["", _("What is sent to you, and when, you choose in Raprong under your name: Notices to me.")]
    return "\n".join(lines) + "\n"
