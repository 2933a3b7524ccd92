"""What the state of a preliminary result, an objection or a proposal allows."""

from datetime import date

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.lib.thai.dates import long_date
from raprong.objections.enums import ProposalState, State
from raprong.objections.models import Objection, Preliminary, Proposal


def check_is_open(preliminary: Preliminary) -> None:
    if preliminary.settled_at is not None:
        raise Refused(_("The result is final and no longer changes."))


def check_can_open(preliminary: Preliminary) -> None:
    check_is_open(preliminary)
    if preliminary.opened_at is not None:
        raise Refused(_("The result is opened already."))


def check_is_opened(preliminary: Preliminary) -> None:
    check_is_open(preliminary)
    if preliminary.opened_at is None:
        raise Refused(_("Open the result first: the days to object are counted from then."))


def check_can_accept(preliminary: Preliminary) -> None:
    """Read, and with no objection left before the panel."""
    check_is_opened(preliminary)
    if preliminary.objections.open().exists():
        raise Refused(_("An objection is before the panel. Withdraw it first, or wait for the decision."))


def check_can_object(preliminary: Preliminary, *, on: date) -> None:
    check_is_opened(preliminary)
    if on > preliminary.closes_on:
        raise Refused(_("The days to object ended on %(day)s.") % {"day": long_date(preliminary.closes_on)})


def check_can_close(preliminary: Preliminary, *, on: date) -> None:
    """When the window has passed, and every objection is decided or withdrawn."""
    check_is_open(preliminary)
    if on <= preliminary.closes_on:
        raise Refused(_("The unit may object until %(day)s.") % {"day": long_date(preliminary.closes_on)})
    if preliminary.objections.open().exists():
        raise Refused(_("An objection is before the panel."))


def check_is_before_the_panel(objection: Objection) -> None:
    if objection.state == State.WITHDRAWN:
        raise Refused(_("The objection is withdrawn."))
    if objection.state == State.DECIDED:
        raise Refused(_("The objection is decided."))


def check_can_withdraw(objection: Objection) -> None:
    check_is_before_the_panel(objection)


def check_can_name(preliminary: Preliminary) -> None:
    check_is_open(preliminary)
    if not preliminary.objections.open().exists():
        raise Refused(_("No objection waits for a panel."))


def check_can_propose(objection: Objection) -> None:
    check_is_before_the_panel(objection)
    if objection.proposals.filter(state=ProposalState.VOTING).exists():
        raise Refused(_("The panel votes on a proposal. The next one comes after it."))


def check_can_vote(proposal: Proposal) -> None:
    if proposal.state != ProposalState.VOTING:
        raise Refused(_("The vote has ended."))
