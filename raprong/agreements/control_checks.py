"""What an SOP may ask about the agreement and the papers that follow from it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.agreements.enums import PARTIES, State
from raprong.agreements.queries import agreement_of, letters_of, parties_of
from raprong.circulation.enums import UNSIGNED, LetterKind
from raprong.organisation.models import Unit
from raprong.processes.cards import Card, CardAnswer, register
from raprong.processes.models import Run


def drafted(run: Run, piece: Unit | None) -> CardAnswer:
    """The agreement of the year has been drafted."""
    if agreement_of(run) is None:
        return CardAnswer(False, _("The agreement has not been drafted yet."))
    return CardAnswer(True, _("The agreement is drafted."))


def parties_named(run: Run, piece: Unit | None) -> CardAnswer:
    """Both sides of the agreement have people with their posts."""
    agreement = agreement_of(run)
    if agreement is None:
        return CardAnswer(False, _("The agreement has not been drafted yet."))
    parties = list(parties_of(agreement))
    empty = [str(side.label) for side in PARTIES if not any(party.side == side for party in parties)]
    if empty:
        return CardAnswer(False, _("Nobody is named who: %(sides)s.") % {"sides": ", ".join(empty)})
    count = sum(party.side in PARTIES for party in parties)
    return CardAnswer(True, _("%(count)s people are named with their posts.") % {"count": count})


def in_force(run: Run, piece: Unit | None) -> CardAnswer:
    """Every party has signed."""
    agreement = agreement_of(run)
    if agreement is None:
        return CardAnswer(False, _("The agreement has not been drafted yet."))
    if agreement.state == State.IN_FORCE:
        return CardAnswer(True, _("Every party has signed. The agreement is in force."))
    if agreement.state == State.DRAFTING:
        return CardAnswer(False, _("The agreement is not open for signing yet."))
    parties = [party for party in parties_of(agreement) if party.signs]
    words = {"signed": sum(party.signed_at is not None for party in parties), "all": len(parties)}
    return CardAnswer(False, _("%(signed)s of %(all)s parties have signed the agreement.") % words)


def manual_issued(run: Run, piece: Unit | None) -> CardAnswer:
    """The manual of the year is signed."""
    if _is_signed(run, LetterKind.MANUAL):
        return CardAnswer(True, _("The manual of the year is signed."))
    return CardAnswer(False, _("The manual of the year is not signed yet."))


def order_issued(run: Run, piece: Unit | None) -> CardAnswer:
    """The order that appoints the committee is signed."""
    if _is_signed(run, LetterKind.COMMITTEE_ORDER):
        return CardAnswer(True, _("The order appointing the committee is signed."))
    return CardAnswer(False, _("The order appointing the committee is not signed yet."))


def _is_signed(run: Run, kind: LetterKind) -> bool:
    agreement = agreement_of(run)
    return agreement is not None and letters_of(agreement, kind).exclude(state__in=UNSIGNED).exists()


def register_cards() -> None:
    register(Card("agreements.drafted", gettext_lazy("Agreement drafted"), drafted))
    register(Card("agreements.parties_named", gettext_lazy("Parties named with their posts"), parties_named))
    register(Card("agreements.in_force", gettext_lazy("Agreement signed by every party"), in_force))
    register(Card("agreements.manual_issued", gettext_lazy("Manual of the year signed"), manual_issued))
    register(Card("agreements.order_issued", gettext_lazy("Order of the committee signed"), order_issued))
