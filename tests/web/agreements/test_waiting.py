"""What of agreements waits for whom: to sign by the day of the ceremony, to settle a no, to look at a scan."""

from datetime import timedelta

from raprong.agreements import actions, turns
from raprong.agreements.models import Agreement
from raprong.cascade.agreements import draft_missing
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import Person
from raprong.signatures import scans
from raprong.signatures.enums import Way
from raprong.signatures.models import SignedScan
from raprong.web.agreements import waiting
from raprong.web.home.desk import Desk
from tests.factories.agreements import open_for_signing


def on(person: Person) -> Desk:
    return Desk.of(Person.objects.get(pk=person.pk), clock.now())


def test_a_signature_is_due_on_the_day_of_the_ceremony(opened: Agreement, cast: SampleAgency) -> None:
    [request] = waiting.signing(on(cast.people["head1"]))

    assert request.due_on == opened.signing_on
    assert list(waiting.signing(on(cast.people["director"]))) == []


def test_a_no_waits_for_those_who_name_another(opened: Agreement, cast: SampleAgency) -> None:
    head, other = cast.people["head1"], cast.people["head2"]
    turns.decline(opened, because="น้ำหนักไม่ตรงกับที่ตกลง", by=head, at=clock.now())

    [declined] = waiting.declined(on(cast.people["planner"]))

    assert head.name in declined.title
    assert declined.sentence == "น้ำหนักไม่ตรงกับที่ตกลง"
    assert list(waiting.declined(on(other))) == list(waiting.signing(on(other))) == []


def test_a_paper_waits_to_be_scanned_and_its_scan_for_a_second_person(drafted: Agreement, cast: SampleAgency) -> None:
    planner, second = cast.people["planner"], cast.people["planning-head"]
    by_hand = actions.choose_way(drafted, Way.WET_INK, seen=None, by=planner, at=clock.now())
    opened = open_for_signing(by_hand, planner, at=clock.now())
    printed = scans.print_of(opened)
    assert printed is not None
    Agreement.objects.filter(pk=opened.pk).update(signing_on=clock.today() + timedelta(days=1))
    assert list(waiting.papers(on(planner))) == []
    Agreement.objects.filter(pk=opened.pk).update(signing_on=clock.today())
    [paper] = waiting.papers(on(planner))
    assert (paper.due_on, list(waiting.papers(on(cast.people["head1"])))) == (clock.today(), [])
    SignedScan.objects.create(
        printed=printed, signed_on=clock.now().date(), handed_in_at=clock.now(), handed_in_by=planner
    )

    [scan] = waiting.scans(on(second))
    assert list(waiting.papers(on(planner))) == []

    assert scan.url.endswith("/scan/")
    assert list(waiting.scans(on(planner))) == list(waiting.scans(on(cast.people["head1"]))) == []


def test_drafts_beneath_the_units_agreement_wait_to_be_opened(in_force: Agreement, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    made = draft_missing(in_force.run, by=planner, at=clock.now())

    found = list(waiting.drafts(on(planner)))

    assert {one.key for one in found} == {f"open-signing {agreement.public_id}" for agreement in made}
    assert list(waiting.drafts(on(cast.people["head1"]))) == []
