"""Who may work on an agreement: drafting and opening by the unit's roles, signing by the parties themselves."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.agreements import policies
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.queries import awaited, next_request, part_of, parties_of, way_of
from raprong.agreements.readiness import holds_on
from raprong.circulation.enums import LetterKind
from raprong.core.clock import day_of
from raprong.lib.signing import Signer
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.signatures.enums import Way
from raprong.signatures.models import SignedScan
from raprong.signatures.posts import order_of_words
from raprong.signatures.scans import check_can_decide


def check_may_draft(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "agreements.draft", run.unit, on=day_of(at))
    policies.check_can_draft(run, at=at)


def check_may_arrange(person: Person, unit: Unit, *, at: datetime) -> None:
    """Arrange ceremonies: of one's unit by its planning group, of all units by the department."""
    check_holds(person, "agreements.arrange", unit, on=day_of(at))


def check_may_take_to_paper(person: Person, agreement: Agreement, *, at: datetime) -> None:
    _check_prepares(person, "agreements.open_signing", agreement, at=at)
    policies.check_can_take_to_paper(agreement)


def check_may_draft_addendum(person: Person, agreement: Agreement, *, at: datetime) -> None:
    """For those who prepare the agreement that is changed."""
    _check_prepares(person, "agreements.draft", agreement, at=at)
    policies.check_can_draft_addendum(agreement, at=at)


def check_may_change(person: Person, agreement: Agreement, *, at: datetime) -> None:
    """Name the parties, set the day and the place."""
    _check_prepares(person, "agreements.draft", agreement, at=at)
    policies.check_can_change(agreement)


def check_may_open_signing(person: Person, agreement: Agreement, *, at: datetime) -> None:
    _check_prepares(person, "agreements.open_signing", agreement, at=at)
    policies.check_can_open_signing(agreement, at=at)


def check_may_send_back(person: Person, agreement: Agreement, *, at: datetime) -> None:
    """For those who open the signing, and for every party to it."""
    if not agreement.parties.filter(person=person).exists():
        _check_prepares(person, "agreements.open_signing", agreement, at=at)
    policies.check_can_send_back(agreement)


def check_may_withdraw(person: Person, agreement: Agreement, *, at: datetime) -> None:
    """For those who prepare it."""
    _check_prepares(person, "agreements.draft", agreement, at=at)
    policies.check_can_withdraw(agreement)


def check_may_sign(person: Person, agreement: Agreement, *, at: datetime) -> None:
    """For the parties, each once and in turn; the sentence says who is awaited."""
    policies.check_can_sign(agreement)
    parties = list(parties_of(agreement))
    own = part_of(parties, person)
    if own is None or not own.signs:
        raise Refused(_("Only the parties of this agreement sign it."))
    if own.signed_at is not None:
        raise Refused(_("You have already signed this agreement."))
    policies.check_nobody_declined(agreement)
    if next_request(agreement, person) is None:
        names = ", ".join(party.name for party in awaited(parties) if party.turn < own.turn)
        raise Refused(_("These sign before you: %(names)s.") % {"names": names})
    _check_order_holds(own, on=day_of(at))


def check_may_draft_below(person: Person, run: Run, group: Unit, whose: Person | None, *, at: datetime) -> None:
    """Those who hand the KPIs of the group on: its own head, or those who do it for the whole unit."""
    check_holds(person, "agreements.cascade", group, on=day_of(at))
    policies.check_can_draft_below(run, group, whose, at=at)


def _check_prepares(person: Person, permission: str, agreement: Agreement, *, at: datetime) -> None:
    """The unit's agreement is prepared by the unit's roles, those beneath it by whoever hands the KPIs on there."""
    if agreement.group is None:
        check_holds(person, permission, agreement.run.unit, on=day_of(at))
    else:
        check_holds(person, "agreements.cascade", agreement.group, on=day_of(at))


def check_signs_in_the_way(party: AgreementParty, signer: Signer | None) -> None:
    """Refuse a proof that is not that of the way in which somebody signs."""
    way = way_of(party)
    if way is Way.WET_INK:
        raise Refused(_("This agreement is signed by hand. Sign on the printed paper."))
    if way is Way.CERTIFICATE and signer is None:
        raise Refused(_("This agreement is signed with certificates. Choose yours."))
    if way is Way.ELECTRONIC and signer is not None:
        raise Refused(_("This is signed on screen, without a certificate."))


def check_may_decline(person: Person, agreement: Agreement) -> None:
    """For those who are asked to sign or to approve."""
    own = part_of(parties_of(agreement), person)
    if own is None or not own.signs:
        raise Refused(_("Only the parties of this agreement sign it."))
    policies.check_can_decline(agreement, own)


def check_may_name_another(person: Person, agreement: Agreement, party: AgreementParty, *, at: datetime) -> None:
    _check_prepares(person, "agreements.draft", agreement, at=at)
    policies.check_can_name_another(agreement, party)


def check_may_remind(person: Person, agreement: Agreement, *, at: datetime) -> None:
    _check_prepares(person, "agreements.draft", agreement, at=at)
    policies.check_can_remind(agreement, at=at)


def check_may_hand_in(person: Person, agreement: Agreement, *, at: datetime) -> None:
    """Those who prepare the agreement, once it is approved and printed for signing by hand."""
    _check_prepares(person, "agreements.draft", agreement, at=at)
    policies.check_is_signed_by_hand(agreement)
    policies.check_is_approved(agreement)


def check_may_decide_on_scan(person: Person, agreement: Agreement, scan: SignedScan, *, at: datetime) -> None:
    """Those who open the signing, but not whoever handed the scan in."""
    _check_prepares(person, "agreements.open_signing", agreement, at=at)
    policies.check_is_signed_by_hand(agreement)
    policies.check_is_approved(agreement)
    check_can_decide(scan, person)


def check_orders_hold(parties: Iterable[AgreementParty], *, on: date) -> None:
    """Nobody signs for another's post outside the days of their order."""
    for party in parties:
        _check_order_holds(party, on=on)


def _check_order_holds(party: AgreementParty, *, on: date) -> None:
    """Who signs for another's post signs in the days of the order that stands under their name, and in no others."""
    order = order_of_words(party.person, party.acting) if party.acting else None
    if order is not None and not holds_on(order, on):
        raise Refused(
            _("Order %(order)s is not in force on this day. The planning group names the parties again.")
            % {"order": order.order_number}
        )


def check_may_issue(person: Person, run: Run, kind: LetterKind, *, at: datetime) -> None:
    check_holds(person, "agreements.issue", run.unit, on=day_of(at))
    policies.check_can_issue(run, kind, at=at)
