"""From the side of those who may not."""

from datetime import timedelta

import pytest

from raprong.access.rules import Refused
from raprong.agreements import actions
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, proof_of

DAY = day_of(NEW_YEAR)


@pytest.mark.parametrize("name", ["staff", "head1", "assessor", "records", "admin", "auditor"])
def test_only_the_planning_side_drafts(name: str, run: Run, selected: list[KpiYear], cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        actions.draft(run, by=cast.people[name], at=NEW_YEAR)


def test_an_outsider_drafts_opens_and_signs_nothing(opened: Agreement, outsider: Person) -> None:
    with pytest.raises(Refused):
        actions.draft(opened.run, by=outsider, at=NEW_YEAR)
    with pytest.raises(Refused):
        actions.send_back(opened, because="x", by=outsider, at=NEW_YEAR)
    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(outsider), by=outsider, at=SIGNING)


def test_somebody_who_is_no_party_does_not_sign(opened: Agreement, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(planner), by=planner, at=SIGNING)


def test_a_proof_older_than_five_minutes_is_asked_for_again(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]
    old = proof_of(head, at=SIGNING - timedelta(minutes=6))

    with pytest.raises(Refused):
        actions.sign(opened, identity=old, by=head, at=SIGNING)


def test_a_party_may_send_back_and_staff_may_not(opened: Agreement, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        actions.send_back(opened, because="x", by=cast.people["staff"], at=NEW_YEAR)

    assert actions.send_back(opened, because="x", by=cast.people["head2"], at=NEW_YEAR).version > opened.version


@pytest.mark.parametrize(
    "name", ["planner", "director", "head1", "staff", "assessor", "records", "executive", "auditor"]
)
def test_people_of_the_agency_read_it(name: str, drafted: Agreement, cast: SampleAgency) -> None:
    assert Agreement.objects.visible_to(cast.people[name], on=DAY).get() == drafted


def test_an_outsider_sees_no_agreement(drafted: Agreement, outsider: Person) -> None:
    assert not Agreement.objects.visible_to(outsider, on=DAY).exists()
