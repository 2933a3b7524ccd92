"""Who may make the index of a unit's year: those who keep its cabinet. A batch belongs to whoever asked for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.organisation.models import Person, Unit
from raprong.records.enums import BatchState
from raprong.records.models import Batch
from raprong.records.queries import papers_of_year


def check_may_index(person: Person, unit: Unit, fiscal_year: int, *, at: datetime) -> None:
    """There must be something to list."""
    check_holds(person, "records.keep", unit, on=day_of(at))
    if not papers_of_year(unit, fiscal_year).exists():
        raise Refused(_("No paper of this year lies in the cabinet yet."))


def check_may_cancel_batch(person: Person, batch: Batch) -> None:
    _check_ordered(person, batch)
    if batch.state not in (BatchState.WAITING, BatchState.PRINTING):
        raise Refused(_("The papers are no longer being printed."))


def check_may_start_batch_again(person: Person, batch: Batch, *, stuck: bool) -> None:
    _check_ordered(person, batch)
    if not stuck:
        raise Refused(_("The papers are being printed, or were. Nothing stands still."))


def _check_ordered(person: Person, batch: Batch) -> None:
    if batch.ordered_by_id != person.pk:
        raise Refused(_("%(person)s asked for these papers.") % {"person": batch.ordered_by})
