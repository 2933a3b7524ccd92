"""An agreement and a person, in words: where it stands, what is asked of whom, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.agreements.documents import whose
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.permissions import check_may_name_another
from raprong.agreements.queries import awaited
from raprong.core import clock
from raprong.core.references import reference
from raprong.kpis.criteria_words import LevelText, figure_words, level_columns, plan_words
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.scheme import Scheme
from raprong.organisation.models import Person
from raprong.signatures.enums import Way
from raprong.signatures.scans import day_signed
from raprong.web.shell.filters import digits, long_date, moment, named

PILLS = {State.DRAFTING: "now", State.SIGNING: "now", State.IN_FORCE: "done", State.WITHDRAWN: "wait"}
WAY = (State.DRAFTING, State.SIGNING, State.IN_FORCE)
HASH_SHOWN = 12
LONGEST_IN_A_COLUMN = 14  # letters


@dataclass(frozen=True)
class PartyRow:
    """A party as the page shows it."""

    name: str
    post: str
    acting: str
    side: str
    pill: str
    word: str
    note: str
    another: str = ""  # where somebody is named in their place


def state_pill(agreement: Agreement) -> tuple[str, str]:
    return PILLS[State(agreement.state)], str(State(agreement.state).label)


def title_of_year(fiscal_year: int) -> str:
    """The agreement's heading: what it is and for which year."""
    return _("Performance agreement, fiscal year %(year)s") % {"year": digits(fiscal_year)}


def title_of(agreement: Agreement) -> str:
    """The heading of the agreement, or of an addendum to it."""
    words = {"number": digits(agreement.number), "year": digits(agreement.run.fiscal_year)}
    if agreement.group:
        words["whose"] = agreement.person.name if agreement.person else named(agreement.group)
        if agreement.number:
            return _("Addendum %(number)s to the agreement of %(whose)s, fiscal year %(year)s") % words
        return _("Agreement of %(whose)s, fiscal year %(year)s") % words
    if agreement.number:
        return _("Addendum %(number)s to the agreement of fiscal year %(year)s") % words
    return title_of_year(agreement.run.fiscal_year)


def party_rows(agreement: Agreement, parties: Sequence[AgreementParty], person: Person) -> list[PartyRow]:
    """In the order in which they sign, observers last; each with whether they have signed."""
    ordered = sorted(parties, key=lambda party: (not party.signs, party.turn, party.order))
    by_hand_on = day_signed(reference(agreement)) if agreement.way == Way.WET_INK else None
    return [
        PartyRow(
            party.name,
            party.post,
            party.acting,
            str(Side(party.side).label),
            *_signed_mark(agreement, party, by_hand_on),
            another=_another(agreement, party, person),
        )
        for party in ordered
    ]


def _another(agreement: Agreement, party: AgreementParty, person: Person) -> str:
    if refusal(check_may_name_another, person, agreement, party, at=clock.now()):
        return ""
    return reverse("agreements:name-another", kwargs={"agreement": agreement.public_id, "party": party.public_id})


def declined_sentences(parties: Sequence[AgreementParty]) -> list[str]:
    """Who declined, and why."""
    return [
        _("%(name)s declined to sign: %(because)s")
        % {"name": party.name, "because": party.request.declined_because if party.request else ""}
        for party in parties
        if party.declined_at is not None
    ]


def _signed_mark(agreement: Agreement, party: AgreementParty, by_hand_on: date | None) -> tuple[str, str, str]:
    if not party.signs:
        return "wait", _("Observes"), ""
    if party.signed_at is not None:
        if party.side == Side.APPROVER:
            return "done", _("Approved"), moment(party.signed_at)
        on_paper = _("On the paper, %(day)s") % {"day": long_date(by_hand_on)} if by_hand_on else ""
        return "done", _("Signed"), on_paper or moment(party.signed_at)
    if party.declined_at is not None:
        return "returned", _("Declined"), moment(party.declined_at)
    if agreement.state == State.SIGNING:
        note = moment(party.request.reminded_at) if party.request and party.request.reminded_at else ""
        reminded = _("Reminded %(moment)s") % {"moment": note} if note else ""
        return "now", _("To approve") if party.side == Side.APPROVER else _("To sign"), reminded
    return "wait", _("Not asked yet"), ""


def steps(agreement: Agreement, parties: Sequence[AgreementParty]) -> list[dict[str, Any]]:
    """The way of the agreement, for the stepper."""
    asked = [party for party in parties if party.signs]
    signed = sum(party.signed_at is not None for party in asked)
    words = {"signed": digits(signed), "all": digits(len(asked))}
    reached = WAY.index(State(agreement.state))
    notes = [
        moment(agreement.drafted_at),
        _("%(signed)s of %(all)s have signed") % words if reached else "",
        moment(agreement.in_force_at) if agreement.in_force_at else "",
    ]
    labels = [_("Drafted"), _("Signing"), _("In force")]
    return [
        {"label": label, "state": _step_state(number, reached), "note": note}
        for number, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]


def _step_state(number: int, reached: int) -> str:
    if number < reached or reached == len(WAY) - 1:
        return "done"
    return "now" if number == reached else "wait"


def waiting_sentence(parties: Sequence[AgreementParty]) -> str:
    """Whose signature is awaited. Nobody's while somebody has declined: signing rests."""
    waiting = awaited(parties)
    if not waiting or any(party.declined_at is not None for party in waiting):
        return ""
    turn = min(party.turn for party in waiting)
    names = ", ".join(party.name for party in waiting if party.turn == turn)
    return _("Awaited: %(names)s.") % {"names": names}


def in_force_sentence(agreement: Agreement) -> str:
    """Since when the agreement counts; of an addendum that was signed before its day, both are said."""
    at, counts = agreement.in_force_at, agreement.effective_on
    if at is None:
        return ""
    if agreement.number and counts is not None and counts > clock.day_of(at):
        words = {"moment": moment(at), "day": long_date(counts)}
        return _("Signed by everybody on %(moment)s. It counts from %(day)s.") % words
    return _("In force since %(moment)s.") % {"moment": moment(at)}


def intent(agreement: Agreement, party: AgreementParty) -> str:
    """What a party says by signing."""
    words = {"year": digits(agreement.run.fiscal_year), "unit": whose(agreement), "post": party.post}
    if agreement.number:
        return _intent_of_addendum(party) % {**words, "number": digits(agreement.number)}
    if party.side == Side.MAKER:
        said = _(
            "I have read the agreement of %(unit)s for fiscal year %(year)s, and as %(post)s I commit myself to it."
        )
    elif party.side == Side.APPROVER:
        said = _(
            "I have read the agreement of %(unit)s for fiscal year %(year)s, and as %(post)s I approve that it is "
            "signed."
        )
    else:
        said = _("I have read the agreement of %(unit)s for fiscal year %(year)s, and as %(post)s I receive it.")
    return said % words


def _intent_of_addendum(party: AgreementParty) -> str:
    if party.side == Side.APPROVER:
        return _(
            "I have read addendum %(number)s to the agreement of %(unit)s for fiscal year %(year)s, and as %(post)s I "
            "approve that it is signed."
        )
    return _(
        "I have read addendum %(number)s to the agreement of %(unit)s for fiscal year %(year)s, and as %(post)s I "
        "agree to it."
    )


def hash_in_short(sha256: str) -> str:
    """The beginning of a hash, in fours, as people compare it; empty where there is none."""
    return " ".join(sha256[start : start + 4] for start in range(0, min(len(sha256), HASH_SHOWN), 4))


def levels_of_the_year(scheme: Scheme) -> list[str]:
    """The levels of the year's scale, as columns."""
    return [figure_words(score) for score in scheme.scores]


def levels(kpi: KpiYear) -> list[LevelText]:
    """What each level of the scale asks for; the text of a level that the criteria leave open is empty."""
    return level_columns(kpi)


def plan(kpi: KpiYear) -> str:
    """The plan that deviations are counted from; empty for KPIs that have none."""
    return digits(plan_words(kpi))


def stand_beneath(asked: Sequence[LevelText]) -> bool:
    """Whether the levels are words that would not fit into columns, and stand beneath each other in one cell."""
    return any(len(level.text) > LONGEST_IN_A_COLUMN for level in asked)
