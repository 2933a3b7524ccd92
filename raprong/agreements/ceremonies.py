"""The ceremony: when and where, who comes in which order, which agreements are signed, and the papers kept ready."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from raprong.access.identity import ConfirmedIdentity
from raprong.access.rules import Refused, refusal
from raprong.agreements import actions, by_hand, permissions
from raprong.agreements.enums import Seating, State
from raprong.agreements.models import Agreement, Ceremony
from raprong.agreements.policies import check_is_approved
from raprong.agreements.queries import parties_of
from raprong.agreements.writing import locked, save_next_version, write_down
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.freshness import check_fresh
from raprong.lib.signing import Signer
from raprong.notifications.actions import tell
from raprong.organisation.models import Person, Unit

LONGEST_LINE = 200
MOST_GUESTS = 200
LONGEST_SCRIPT = 20_000
MOST_ROWS = 40
MOST_AT_ONCE = 50  # each is printed and asked for, which takes a good part of a second
MOST_IN_ROW = 12  # as many as are read on a page that lies on its side


@dataclass(frozen=True)
class Plan:
    """What a ceremony is to be. `guests` come in their order of precedence, a line for each: name, post, part.

    Without rows and seats no seats are planned.
    """

    title: str
    held_on: date
    venue: str
    begins_at: time | None = None
    guests: Sequence[str] = ()
    script: str = ""
    seat_rows: int = 0
    seats_in_row: int = 0
    seating: Seating = Seating.FROM_MIDDLE


@dataclass(frozen=True)
class Outcome:
    """What became of one agreement where many are opened or signed at once; `refusal` is empty where it was done."""

    agreement: Agreement
    refusal: str = ""


@transaction.atomic
def arrange(unit: Unit, plan: Plan, *, fiscal_year: int, by: Person, at: datetime) -> Ceremony:
    """Plan a ceremony for a unit, or by the department for many. A day that has passed is refused."""
    permissions.check_may_arrange(by, unit, at=at)
    with all_at_once() as faults:
        _check_plan(faults, plan, today=day_of(at))

    ceremony = Ceremony(unit=unit, fiscal_year=fiscal_year, arranged_at=at, arranged_by=by)
    _write(ceremony, plan)
    ceremony.save()

    _record("ceremony.arranged", ceremony, by=by, at=at, held_on=plan.held_on, venue=ceremony.venue)
    return ceremony


@transaction.atomic
def change(ceremony: Ceremony, plan: Plan, *, seen: int | None, by: Person, at: datetime) -> Ceremony:
    """Plan it anew. The agreements that are still being drafted follow its day and place.

    Refused for one that was called off, and for one that was held and in which something was signed.
    """
    ceremony = _locked(ceremony)
    permissions.check_may_arrange(by, ceremony.unit, at=at)
    check_is_on(ceremony)
    if ceremony.held_on < day_of(at):
        check_nothing_signed(ceremony)
    check_fresh(ceremony, seen)
    with all_at_once() as faults:
        _check_plan(faults, plan, today=day_of(at))

    _write(ceremony, plan)
    ceremony.version += 1
    ceremony.save()
    for agreement in ceremony.agreements.filter(state=State.DRAFTING):
        _follow(agreement, ceremony)

    _record("ceremony.changed", ceremony, by=by, at=at, held_on=plan.held_on, venue=ceremony.venue)
    return ceremony


@transaction.atomic
def take_in(ceremony: Ceremony, agreement: Agreement, *, by: Person, at: datetime) -> Agreement:
    """Put an agreement into the ceremony, at its end. One that is still being drafted takes its day and place.

    Refused: a ceremony whose day has passed, what is in it or signed already, and an agreement of another agency.
    """
    ceremony, agreement = _locked(ceremony), locked(agreement)
    permissions.check_may_arrange(by, ceremony.unit, at=at)
    permissions.check_may_arrange(by, agreement.run.unit, at=at)
    check_is_to_come(ceremony, on=day_of(at))
    if agreement.state == State.IN_FORCE:
        raise Refused(_("%(agreement)s is signed already.") % {"agreement": agreement})
    if agreement.ceremony_id == ceremony.pk:
        raise Refused(_("%(agreement)s is in this ceremony already.") % {"agreement": agreement})
    if agreement.run.unit.agency_id != ceremony.unit.agency_id:
        raise Refused(_("%(agreement)s belongs to another agency.") % {"agreement": agreement})

    last = ceremony.agreements.aggregate(last=Max("place_in_ceremony"))["last"] or 0
    agreement.ceremony, agreement.place_in_ceremony = ceremony, last + 1
    save_next_version(agreement, "ceremony", "place_in_ceremony")
    if agreement.state == State.DRAFTING:
        _follow(agreement, ceremony)

    people = [party.person for party in parties_of(agreement)]
    tell(people, "ceremony.invited", about=agreement, at=at, besides=by, ceremony=str(ceremony))
    write_down("ceremony.agreement_taken_in", agreement, by=by, at=at, ceremony=str(ceremony))
    return agreement


@transaction.atomic
def take_all_in(ceremony: Ceremony, agreements: Iterable[Agreement], *, by: Person, at: datetime) -> list[Agreement]:
    """Put several agreements into the ceremony, in their order; where one is refused, none is put in."""
    return [take_in(ceremony, agreement, by=by, at=at) for agreement in agreements]


@transaction.atomic
def leave_out(ceremony: Ceremony, agreement: Agreement, *, by: Person, at: datetime) -> Agreement:
    """Take an agreement out of the ceremony; it can be signed without one. What was signed in it stays in it."""
    agreement = locked(agreement)
    permissions.check_may_arrange(by, ceremony.unit, at=at)
    if agreement.ceremony_id != ceremony.pk:
        raise Refused(_("%(agreement)s is not in this ceremony.") % {"agreement": agreement})
    if agreement.state == State.IN_FORCE:
        raise Refused(_("%(agreement)s is signed already.") % {"agreement": agreement})
    agreement.ceremony, agreement.place_in_ceremony = None, 0
    save_next_version(agreement, "ceremony", "place_in_ceremony")
    write_down("ceremony.agreement_left_out", agreement, by=by, at=at, ceremony=str(ceremony))
    return agreement


@transaction.atomic
def call_off(ceremony: Ceremony, *, because: str, by: Person, at: datetime) -> Ceremony:
    """Call a ceremony off, for a reason that everybody in it is told. Its agreements can be signed without it.

    Drafts wait for another day and place. Refused where something was signed in it, and the second time.
    """
    ceremony = _locked(ceremony)
    permissions.check_may_arrange(by, ceremony.unit, at=at)
    check_is_on(ceremony)
    check_nothing_signed(ceremony)
    if not because.strip():
        raise Refused(_("Say why the ceremony is called off."))

    held = list(ceremony.agreements.order_by("place_in_ceremony"))
    ceremony.agreements.filter(state=State.DRAFTING).update(signing_on=None, venue="")
    ceremony.agreements.update(ceremony=None, place_in_ceremony=0, version=F("version") + 1)
    ceremony.called_off_at, ceremony.called_off_because = at, because.strip()
    ceremony.version += 1
    ceremony.save(update_fields=["called_off_at", "called_off_because", "version"])

    for agreement in held:
        people = [party.person for party in parties_of(agreement)]
        words = {"ceremony": str(ceremony), "because": ceremony.called_off_because}
        tell(people, "ceremony.called_off", about=agreement, at=at, besides=by, **words)
    _record("ceremony.called_off", ceremony, by=by, at=at, because=ceremony.called_off_because)
    return ceremony


def check_is_on(ceremony: Ceremony) -> None:
    if ceremony.called_off_at is not None:
        raise Refused(_("This ceremony was called off: %(because)s") % {"because": ceremony.called_off_because})


def check_nothing_signed(ceremony: Ceremony) -> None:
    """What people did at a ceremony stays as it was."""
    if ceremony.agreements.filter(state=State.IN_FORCE).exists():
        raise Refused(_("Agreements were signed in this ceremony. It stays as it was."))


def check_is_to_come(ceremony: Ceremony, *, on: date) -> None:
    """Nothing is put into a ceremony that was called off, or whose day has passed."""
    check_is_on(ceremony)
    if ceremony.held_on < on:
        raise Refused(_("The day of this ceremony has passed. Plan another one."))


def sign_in_one_sitting(
    chosen: Sequence[tuple[Agreement, str]],
    *,
    identity: ConfirmedIdentity,
    by: Person,
    at: datetime,
    signer: Signer | None = None,
) -> list[Outcome]:
    """Sign several agreements after one proof of identity, each as an act of its own.

    `chosen` pairs each with the hash of the paper that was looked at; `signer` holds the own certificate or token,
    opened once, for agreements that are signed with certificates. Every agreement is signed, sealed and deposited by
    itself: one that is refused says why, and the others stay signed.
    """
    return [
        _outcome(
            agreement,
            partial(actions.sign, agreement, identity=identity, signer=signer, seen_sha256=seen, by=by, at=at),
        )
        for agreement, seen in chosen
    ]


def open_for_signing(ceremony: Ceremony, *, by: Person, at: datetime) -> list[Outcome]:
    """Open every agreement of the ceremony that is still being drafted, each by itself, at most MOST_AT_ONCE.

    One that is not ready, or not for this person to open, says why; the others are open.
    """
    permissions.check_may_arrange(by, ceremony.unit, at=at)
    drafts = list(ceremony.agreements.filter(state=State.DRAFTING).order_by("place_in_ceremony")[:MOST_AT_ONCE])
    if not drafts:
        raise Refused(_("Every agreement of this ceremony is open for signing."))
    return [_outcome(each, partial(actions.open_signing, each, seen=None, by=by, at=at)) for each in drafts]


@transaction.atomic
def keep_papers_ready(ceremony: Ceremony, *, by: Person, at: datetime) -> list[Agreement]:
    """Print every agreement of the ceremony that is open for signing with codes on its pages, in case pens are needed.

    What was printed ready for the paper that is open now is not printed again, and what waits for an approver is left
    out. Answers the agreements with a print.
    """
    ceremony = _locked(ceremony)
    permissions.check_may_arrange(by, ceremony.unit, at=at)
    opened = ceremony.agreements.filter(state=State.SIGNING).order_by("place_in_ceremony")
    ready = [by_hand.print_ready(each, by=by, at=at) for each in opened if not refusal(check_is_approved, each)]
    if not ready:
        raise Refused(_("No agreement of this ceremony is open for signing and approved yet."))
    _record("ceremony.papers_kept_ready", ceremony, by=by, at=at, agreements=len(ready))
    return ready


def _outcome(agreement: Agreement, work: Callable[[], Agreement]) -> Outcome:
    try:
        return Outcome(work())
    except Refused as refused:
        return Outcome(agreement, refused.sentence)


def _follow(agreement: Agreement, ceremony: Ceremony) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(signing_on=ceremony.held_on, venue=ceremony.venue)


def _locked(ceremony: Ceremony) -> Ceremony:
    return Ceremony.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=ceremony.pk)


def _write(ceremony: Ceremony, plan: Plan) -> None:
    ceremony.title, ceremony.held_on = plan.title.strip(), plan.held_on
    ceremony.begins_at, ceremony.venue = plan.begins_at, plan.venue.strip()
    ceremony.guests = [line.strip() for line in plan.guests if line.strip()]
    ceremony.script = plan.script.strip()
    ceremony.seat_rows, ceremony.seats_in_row, ceremony.seating = plan.seat_rows, plan.seats_in_row, plan.seating


def _check_plan(faults: FaultList, plan: Plan, *, today: date) -> None:
    if plan.held_on < today:
        faults.add("held_on", _("This day has passed. Choose today or a later day."))
    for field, text in (("title", plan.title), ("venue", plan.venue)):
        if not text.strip():
            faults.add(field, _("Enter this."))
        if len(text) > LONGEST_LINE:
            faults.add(field, _("Use at most %(longest)s letters.") % {"longest": LONGEST_LINE})
    if len(plan.guests) > MOST_GUESTS or any(len(line) > LONGEST_LINE for line in plan.guests):
        words = {"most": MOST_GUESTS, "longest": LONGEST_LINE}
        faults.add("guests", _("At most %(most)s guests, each on a line of at most %(longest)s letters.") % words)
    _check_seats(faults, plan)
    if len(plan.script) > LONGEST_SCRIPT:
        faults.add("script", _("Use at most %(longest)s letters.") % {"longest": LONGEST_SCRIPT})


def _check_seats(faults: FaultList, plan: Plan) -> None:
    """Both or neither, no more than a page shows, and a seat for every guest."""
    rows, wide = plan.seat_rows, plan.seats_in_row
    if bool(rows) != bool(wide):
        faults.add("seats_in_row" if rows else "seat_rows", _("Enter both, or neither where no seats are planned."))
    if rows > MOST_ROWS:
        faults.add("seat_rows", _("At most %(most)s rows.") % {"most": MOST_ROWS})
    if wide > MOST_IN_ROW:
        faults.add("seats_in_row", _("At most %(most)s seats in a row.") % {"most": MOST_IN_ROW})
    guests = sum(bool(line.strip()) for line in plan.guests)
    if rows and wide and guests > rows * wide:
        words = {"guests": guests, "seats": rows * wide}
        faults.add("seats_in_row", _("There are %(guests)s guests for %(seats)s seats.") % words)


def _record(kind: str, ceremony: Ceremony, *, by: Person, at: datetime, **facts: object) -> None:
    record(kind, about=ceremony, by=by, at=at, place=ceremony.unit, fiscal_year=ceremony.fiscal_year, **facts)
