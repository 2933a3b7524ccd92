"""How the sample people sign: the unit's agreement at a ceremony, then a group's and a person's in its head's room."""

from datetime import time

from raprong.agreements import actions as agreements
from raprong.agreements import ceremonies, tiers
from raprong.agreements.ceremonies import Plan
from raprong.agreements.models import Agreement
from raprong.cascade import agreements as cascade
from raprong.cascade.queries import people_with_shares
from raprong.cli.rehearsal.stage import Stage
from raprong.kpis.queries import selected_kpis
from raprong.organisation.queries import head_of
from raprong.signatures.queries import unsigned_about


def invite(stage: Stage, agreement: Agreement) -> None:
    """A ceremony is planned with its guests, script and seats, and the agreement is put into it."""
    words, officer = stage.words["ceremony"], stage.who_may("agreements.arrange")
    plan = Plan(
        title=words["title"],
        held_on=stage.today,
        venue=stage.words["venue"],
        begins_at=time.fromisoformat(words["begins_at"]),
        guests=words["guests"],
        script=words["script"],
        seat_rows=words["seat_rows"],
        seats_in_row=words["seats_in_row"],
    )
    ceremony = ceremonies.arrange(stage.office, plan, fiscal_year=stage.fiscal_year.be, by=officer, at=stage.at)
    ceremonies.take_in(ceremony, agreement, by=officer, at=stage.at)


def sign_in_turn(stage: Stage, agreement: Agreement) -> None:
    """Each party signs as soon as it is their turn."""
    for request in unsigned_about(agreement).order_by("order", "pk"):
        agreements.sign(agreement, identity=stage.identity_of(request.signer), by=request.signer, at=stage.at)


def agree_beneath(stage: Stage) -> None:
    """The group of the first KPI agrees with the head of the unit, and one of its people with the head of the group."""
    group = selected_kpis(stage.run)[0].group
    by = stage.who_may("agreements.cascade", group)
    drafted = [tiers.draft_for_group(stage.run, group, by=by, at=stage.at)]
    head = head_of(group, on=stage.today)
    for person in [each for each in people_with_shares(stage.run, group).order_by("pk") if each != head][:1]:
        drafted.append(cascade.draft_for_person(stage.run, group, person, by=by, at=stage.at))
    for agreement in drafted:
        venue = stage.words["room_of_the_group"]
        agreements.set_ceremony(agreement, signing_on=stage.today, venue=venue, seen=None, by=by, at=stage.at)
        agreements.open_signing(agreement, seen=None, by=by, at=stage.at)
        sign_in_turn(stage, agreement)
