"""The addenda to an agreement, as lines of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from raprong.agreements.models import Agreement
from raprong.agreements.queries import addenda_to
from raprong.web.agreements import presenters
from raprong.web.agreements.asked import page_of
from raprong.web.shell.filters import digits


@dataclass(frozen=True)
class AddendumLine:
    """One addendum with where it stands."""

    title: str
    because: str
    effective_on: date | None
    pill: tuple[str, str]
    href: str


def addendum_lines(agreement: Agreement) -> list[AddendumLine]:
    return [_line(addendum) for addendum in addenda_to(agreement)]


def _line(addendum: Agreement) -> AddendumLine:
    title = _("Addendum %(number)s") % {"number": digits(addendum.number)}
    pill = presenters.state_pill(addendum)
    return AddendumLine(title, addendum.because, addendum.effective_on, pill, page_of(addendum))
