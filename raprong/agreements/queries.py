"""Answers about the agreement of a run."""

from collections.abc import Iterable

from django.db.models import QuerySet

from raprong.agreements.enums import PARTIES, Side, State, Tier
from raprong.agreements.models import Agreement, AgreementParty
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.references import reference
from raprong.documents.signing_form.shape import SigningForm
from raprong.files.models import StoredFile
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.lib.sop.shape import ASK, ControlPoint
from raprong.lib.sop.standing import YES
from raprong.organisation.models import Person
from raprong.processes.cards import ask
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.signatures.enums import Way
from raprong.signatures.models import SignatureRequest
from raprong.signatures.queries import waiting_for

SCAN = "agreement_scan"  # the kind of record that the scan of a paper signed by hand is


def agreement_of(run: Run) -> Agreement | None:
    """The agreement of a run, without its addenda; None until it is drafted."""
    return Agreement.objects.with_run().of_units().filter(run=run, number=0).first()


def first_of(addendum: Agreement) -> Agreement:
    """The agreement that an addendum belongs to; itself for one that is none."""
    return Agreement.objects.with_run().in_line_with(addendum).get(number=0)


def last_in_force(agreement: Agreement) -> Agreement | None:
    """What counts now: the last signed addendum, else the agreement; None while that is not signed."""
    signed = Agreement.objects.with_run().in_line_with(agreement).filter(state=State.IN_FORCE)
    return signed.order_by("-number").first()


def addenda_to(agreement: Agreement) -> QuerySet[Agreement]:
    """The addenda to an agreement, the first one first."""
    return Agreement.objects.with_run().in_line_with(agreement).filter(number__gt=0).order_by("number")


def tiers_of(run: Run) -> QuerySet[Agreement]:
    """The agreements of the groups of a unit and of its people, the addenda of each after it."""
    below = Agreement.objects.standing().with_run().exclude(tier=Tier.UNIT).filter(run=run)
    return below.order_by("group__order", "person__name", "number")


def newest_beneath(run: Run) -> dict[tuple[int | None, int | None], Agreement]:
    """What counts or is coming of each group and each person, under (group, None) or (None, person)."""
    below = tiers_of(run).prefetch_related("parties__request__signature")
    return {(each.group_id if each.tier == Tier.GROUP else None, each.person_id): each for each in below}


def kpis_in(agreement: Agreement, selected: Iterable[KpiYear] | None = None) -> list[KpiYear]:
    """The KPIs that an agreement is about: the unit's, the group's, or those a person takes a share in.

    `selected` are the unit's, where they were asked for already.
    """
    held = selected_kpis(agreement.run) if selected is None else selected
    if agreement.tier == Tier.GROUP:
        return [kpi for kpi in held if kpi.group_id == agreement.group_id]
    if agreement.tier == Tier.PERSON:
        taken = {share["kpi"] for share in agreement.shares}
        return [kpi for kpi in held if kpi.public_id in taken]
    return list(held)


def newest_of(agreement: Agreement) -> Agreement:
    """The last addendum to an agreement, in force or not; itself where there is none."""
    return addenda_to(agreement).last() or agreement


def parties_of(agreement: Agreement) -> QuerySet[AgreementParty]:
    """The parties in the order of the paper, each with their request to sign and the signature given."""
    return agreement.parties.select_related("agreement", "person", "request__signature")


def awaited(parties: Iterable[AgreementParty]) -> list[AgreementParty]:
    """Those who have something to sign or approve and have not done so, in the order of the paper."""
    return [party for party in parties if party.signs and party.signed_at is None]


def awaited_now(agreement: Agreement) -> list[AgreementParty]:
    """Those of the awaited whose turn it is."""
    waiting = awaited(parties_of(agreement))
    turn = min((party.turn for party in waiting), default=0)
    return [party for party in waiting if party.turn == turn]


def way_of(party: AgreementParty) -> Way:
    """How somebody signs: makers and receivers in the way that was chosen, approvers always on screen."""
    return Way(party.agreement.way) if party.side in PARTIES else Way.ELECTRONIC


def has_approved(party: AgreementParty) -> bool:
    """Whether somebody has approved before it is signed, as was asked of them."""
    return party.side == Side.APPROVER and party.signed_at is not None


def awaits_print(agreement: Agreement) -> bool:
    """Whether approvers come first before the paper is printed that pens or certificates sign."""
    if agreement.state != State.SIGNING or agreement.way == Way.ELECTRONIC:
        return False
    return any(party.side == Side.APPROVER for party in awaited(parties_of(agreement)))


def part_of(parties: Iterable[AgreementParty], person: Person) -> AgreementParty | None:
    """A person's part in an agreement; of several, as where an order puts them on both sides, the one due next."""
    own = [party for party in parties if party.person_id == person.pk]
    return min(own, key=lambda party: (not party.signs, party.signed_at is not None, party.turn), default=None)


def next_request(agreement: Agreement, person: Person) -> SignatureRequest | None:
    """The person's own request that they can sign now."""
    return waiting_for(person).filter(about=reference(agreement)).first()


def is_yes(run: Run, point: ControlPoint, answer: str | None) -> bool:
    """Whether a control point is answered with yes: by somebody, else by the system where it is one that it answers."""
    if answer is None and point.check != ASK:
        return ask(point.check, run).done
    return answer == YES


def letters_of(agreement: Agreement, kind: LetterKind) -> QuerySet[Letter]:
    """The letters of a kind that followed from the agreement, newest first."""
    return Letter.objects.standing().filter(about=reference(agreement), kind=kind).select_related("unit", "drafted_by")


def signing_form_of(agreement: Agreement) -> StoredFile | None:
    """The signing form that was deposited with the agreement; None until that is in force."""
    kept = Record.objects.filter(about=reference(agreement), kind=SigningForm.kind).select_related("file").first()
    return kept.file if kept else None


def signed_scan_of(agreement: Agreement) -> StoredFile | None:
    """The signed pages that were deposited with the paper; None until it is in force, and where nobody used a pen."""
    kept = Record.objects.filter(about=reference(agreement), kind=SCAN).select_related("file").first()
    return kept.file if kept else None
