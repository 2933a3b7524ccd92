"""What an agreement needs before it opens for signing (the readiness gate), each with its sentence and its place.

People, posts and orders are looked at as they are on the day of signing, not today.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.agreements.addenda_reading import amendments_of, base_of
from raprong.agreements.addendum_papers import changes_of
from raprong.agreements.enums import SIGNING_SIDES, Side, Tier
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.queries import is_yes, kpis_in
from raprong.agreements.workflow import IN_FORCE
from raprong.kpis.amendments import weight_after
from raprong.kpis.enums import KpiState
from raprong.kpis.quality.queries import findings_of_run
from raprong.kpis.queries import scheme_of, selection_standing
from raprong.kpis.selection import weight_sentence
from raprong.lib.sop.shape import ControlPoint
from raprong.lib.sop.standing import FactKind
from raprong.organisation.models import Appointment, Delegation
from raprong.processes.models import Run
from raprong.processes.queries import facts_of, step_with_work
from raprong.signatures.posts import order_of_words


class Place(StrEnum):
    """Where a need is put right."""

    SELECTION = "selection"
    QUALITY = "quality"
    PARTIES = "parties"
    CEREMONY = "ceremony"
    ORDERS = "orders"
    CONTROLS = "controls"
    CHANGES = "changes"
    CASCADE = "cascade"
    TERMS = "terms"


@dataclass(frozen=True)
class Readiness:
    """One thing an agreement needs before it can be signed: whether it is there, and the sentence with the figures."""

    ok: bool
    text: str
    place: Place = Place.SELECTION


def readiness_of(agreement: Agreement, *, on: date) -> list[Readiness]:
    """Everything that must be there before the agreement opens for signing, in the order one prepares it.

    `on` is today; the day of signing counts for people and orders where one is set.
    """
    parties = list(agreement.parties.select_related("person__user"))
    signing_on = agreement.signing_on or on
    people = [
        *(_side_ready(side, parties) for side in (Side.RECEIVER, Side.MAKER)),
        *people_ready(parties, on=signing_on),
        ceremony_ready(agreement, on=on),
    ]
    if agreement.number and agreement.tier != Tier.UNIT:
        return [kpis_ready(agreement), *follows_ready(agreement, parties, on=signing_on), *people]
    if agreement.number:
        return [*addendum_ready(agreement, parties, on=signing_on), *people]
    if agreement.tier != Tier.UNIT:
        return [kpis_ready(agreement), *people]
    return [weights_ready(agreement.run), warnings_ready(agreement.run), *people, *controls_ready(agreement.run)]


def weights_ready(run: Run) -> Readiness:
    """At least one KPI is selected and the weights of the selected ones are exactly the whole."""
    standing = selection_standing(run)
    if standing.selected and standing.weight_is_whole:
        words = {"count": standing.selected, "given": f"{standing.weight:.2f}"}
        return Readiness(True, _("%(count)s KPIs are selected; their weights add up to %(given)s.") % words)
    if not standing.selected:
        return Readiness(False, _("No KPI has been selected yet."))
    return Readiness(False, weight_sentence(standing))


def kpis_ready(agreement: Agreement) -> Readiness:
    """An agreement of a group or a person is about at least one KPI of the unit's."""
    count = len(kpis_in(agreement))
    if not count:
        return Readiness(False, _("No KPI of the unit's agreement is handed on here."), Place.CASCADE)
    return Readiness(True, _("It is about %(count)s KPIs of the unit's agreement.") % {"count": count}, Place.CASCADE)


def addendum_ready(addendum: Agreement, parties: list[AgreementParty], *, on: date) -> list[Readiness]:
    """An addendum changes something, the weights stay whole, and it does not count before it is signed."""
    amendments, given = amendments_of(addendum), weight_after(addendum.run, amendments_of(addendum))
    whole = scheme_of(addendum.run).weight_base
    base = base_of(addendum)
    named, before = _who(parties), _who(base.parties.all() if base else parties)
    words = {"given": f"{given:.2f}", "whole": f"{whole:.2f}"}
    needs = [
        Readiness(bool(amendments) or named != before, _("Something is changed."), Place.CHANGES),
        Readiness(given == whole, _("With it the weights add up to %(given)s of %(whole)s.") % words, Place.CHANGES),
    ]
    return [*needs, *_day_ready(addendum, on=on)]


def follows_ready(addendum: Agreement, parties: list[AgreementParty], *, on: date) -> list[Readiness]:
    """An addendum of a group or a person says something else than was agreed last, from a day that is still to come."""
    changed = any(True for _change in changes_of(addendum, parties))
    needs = [Readiness(changed, _("Something is changed."), Place.CASCADE)]
    return [*needs, *_day_ready(addendum, on=on)]


def _day_ready(addendum: Agreement, *, on: date) -> list[Readiness]:
    """Nothing to say of a day that does: an addendum does not count before it is signed."""
    if addendum.effective_on is None or addendum.effective_on >= on:
        return []
    return [Readiness(False, _("The addendum counts from a day before it is signed. Choose a later day."), Place.TERMS)]


def warnings_ready(run: Run) -> Readiness:
    """No selected KPI has an error, and each warning in one has its reason."""
    waiting = [found for found in findings_of_run(run) if found.stops_selection]
    codes = dict.fromkeys(found.kpi.code for found in waiting if found.kpi.state == KpiState.SELECTED)
    if not codes:
        return Readiness(True, _("Every warning about the quality of the KPIs is explained."), Place.QUALITY)
    sentence = _("Correct or explain what the check of quality found in these KPIs: %(codes)s.")
    return Readiness(False, sentence % {"codes": ", ".join(codes)}, Place.QUALITY)


def ceremony_ready(agreement: Agreement, *, on: date) -> Readiness:
    """The day and the place of signing are set, and the day has not passed."""
    if not (agreement.signing_on and agreement.venue):
        return Readiness(False, _("Set the day and the place of signing."), Place.CEREMONY)
    if agreement.signing_on < on:
        return Readiness(False, _("The day of signing has passed. Set another one."), Place.CEREMONY)
    return Readiness(True, _("The day and the place of signing are set."), Place.CEREMONY)


def people_ready(parties: Iterable[AgreementParty], *, on: date) -> list[Readiness]:
    """The names, posts and orders of those who sign hold on the day of signing; one line where all of them do."""
    signing = [party for party in parties if party.side in SIGNING_SIDES]
    faults = [fault for party in signing for fault in _faults_of(party, on=on)]
    if faults or not signing:
        return faults
    return [Readiness(True, _("Names, posts and orders hold on the day of signing."), Place.PARTIES)]


def controls_ready(run: Run) -> list[Readiness]:
    """Every control point of the SOP's step of signing is answered with yes, by people or by the system."""
    step = step_with_work(run, IN_FORCE)
    if step is None:
        return []
    answers = facts_of(run, step).filter(kind=FactKind.ANSWERED).order_by("at", "pk")
    said = dict(answers.values_list("control", "answer"))
    return [_control_ready(run, point, said.get(point.code)) for point in step.control_points]


def _control_ready(run: Run, point: ControlPoint, answer: str | None) -> Readiness:
    yes = is_yes(run, point, answer)
    text = point.text if (get_language() or "th").startswith("th") else point.text_en
    sentence = _("Control point of the SOP: %(text)s.") if yes else _("Answer this control point of the SOP: %(text)s.")
    return Readiness(yes, sentence % {"text": text.rstrip(".")}, Place.CONTROLS)


def _who(parties: Iterable[AgreementParty]) -> set[tuple[str, int, str, str]]:
    return {(party.side, party.person_id, party.post, party.acting) for party in parties}


def _side_ready(side: Side, parties: list[AgreementParty]) -> Readiness:
    named = [party for party in parties if party.side == side]
    if not named:
        return Readiness(False, _("Nobody is named who: %(side)s.") % {"side": side.label}, Place.PARTIES)
    words = {"side": side.label, "names": ", ".join(map(str, named))}
    return Readiness(True, _("%(side)s: %(names)s.") % words, Place.PARTIES)


def _faults_of(party: AgreementParty, *, on: date) -> Iterator[Readiness]:
    if party.name != party.person.name:
        words = {"printed": party.name, "name": party.person.name}
        yield Readiness(False, _("The paper says %(printed)s, whose name is %(name)s now.") % words, Place.PARTIES)
    yield from _post_faults(party, on=on)
    if party.acting:
        yield from _order_faults(party, on=on)
    if party.person.user is None or not party.person.user.is_active:
        yield Readiness(False, _("%(name)s has no account to sign with.") % {"name": party.name}, Place.PARTIES)


def _post_faults(party: AgreementParty, *, on: date) -> Iterator[Readiness]:
    """What the paper prints as a post holds the title of a post that the person has on that day."""
    held = Appointment.objects.in_force(on).filter(person=party.person).values_list("position__title", flat=True)
    titles = list(held)
    words = {"name": party.name, "post": party.post, "held": ", ".join(titles)}
    if not titles:
        yield Readiness(False, _("%(name)s holds no post on the day of signing.") % words, Place.PARTIES)
    elif not any(_closed_up(title) in _closed_up(party.post) for title in titles):
        sentence = _("The paper says %(post)s for %(name)s, who is %(held)s on the day of signing.")
        yield Readiness(False, sentence % words, Place.PARTIES)


def _order_faults(party: AgreementParty, *, on: date) -> Iterator[Readiness]:
    order = order_of_words(party.person, party.acting)
    if order is None:
        sentence = _("No order on file gives %(name)s these words: %(acting)s.")
        yield Readiness(False, sentence % {"name": party.name, "acting": party.acting}, Place.ORDERS)
    elif not holds_on(order, on):
        sentence = _("Order %(order)s, by which %(name)s signs, is not in force on the day of signing.")
        yield Readiness(False, sentence % {"order": order.order_number, "name": party.name}, Place.ORDERS)


def holds_on(order: Delegation, day: date) -> bool:
    """Whether an order is in force on a day, its first and its last one included."""
    return order.starts_on <= day and (order.ends_on is None or day <= order.ends_on)


def _closed_up(text: str) -> str:
    """Where a title breaks into lines on paper makes no difference."""
    return "".join(text.split())
