"""Notices in words, as channels send them: in the language that is set, with its digits."""

from collections.abc import Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from raprong.lib.thai.digits import to_thai_digits
from raprong.notifications.models import Notice
from raprong.organisation.models import Person

SUBJECT_LETTERS = 120


def subject_of(notices: Sequence[Notice]) -> str:
    """One line, whatever people typed into the words of a notice."""
    if len(notices) == 1:
        said = notices[0].sentence
    else:
        said = ngettext("%(count)s new notice", "%(count)s new notices", len(notices)) % {"count": len(notices)}
    return " ".join(in_digits(_("Raprong: %(sentence)s") % {"sentence": said}).split())[:SUBJECT_LETTERS]


def in_digits(text: str) -> str:
    """Running text has Thai digits for Thai readers."""
    return to_thai_digits(text) if get_language() == "th" else text


def without_account(person: Person) -> str:
    """That nothing reaches a person who cannot sign in; empty for one who can."""
    if person.user is None or not person.user.is_active:
        return _("%(person)s has no account.") % {"person": person}
    return ""
