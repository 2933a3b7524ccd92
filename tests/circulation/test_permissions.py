"""From the side of those who may not."""

import pytest

from raprong.access.rules import Refused
from raprong.circulation import actions
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.organisation.models import Person
from tests.cast import NEW_YEAR
from tests.circulation.conftest import LATER
from tests.factories.agreements import proof_of
from tests.factories.circulation import CONTENT

DAY = day_of(LATER)


@pytest.mark.parametrize("name", ["planner", "head1", "staff", "assessor", "records", "admin", "auditor"])
def test_only_the_head_or_an_executive_signs(name: str, to_sign: Letter, cast: SampleAgency) -> None:
    person = cast.people[name]

    with pytest.raises(Refused):
        actions.sign(to_sign, identity=proof_of(person, at=LATER), by=person, at=LATER)


def test_an_outsider_revises_signs_and_sends_nothing(signed: Letter, drafted: Letter, outsider: Person) -> None:
    with pytest.raises(Refused):
        actions.revise(drafted, subject="x", content=CONTENT, seen=None, by=outsider, at=LATER)
    with pytest.raises(Refused):
        actions.sign(drafted, identity=proof_of(outsider, at=LATER), by=outsider, at=LATER)
    with pytest.raises(Refused):
        actions.send(signed, recipients=[outsider], by=outsider, at=LATER)


def test_nobody_reads_for_somebody_else(sent: Letter, cast: SampleAgency) -> None:
    recipient = sent.recipients.get(person=cast.people["staff"])

    with pytest.raises(Refused):
        actions.mark_read(recipient, by=cast.people["director"], at=LATER)
    with pytest.raises(Refused):
        actions.acknowledge(recipient, by=cast.people["head1"], at=LATER)


def test_a_draft_is_seen_by_those_who_write_and_sign_it(drafted: Letter, cast: SampleAgency, outsider: Person) -> None:
    seen_by = {
        name
        for name in ("planner", "director", "executive", "staff", "head1", "records", "auditor")
        if Letter.objects.visible_to(cast.people[name], on=day_of(NEW_YEAR)).exists()
    }

    assert seen_by == {"planner", "director", "executive"}
    assert not Letter.objects.visible_to(outsider, on=DAY).exists()


def test_a_signed_letter_is_read_in_its_unit_and_nowhere_else(
    signed: Letter, cast: SampleAgency, outsider: Person
) -> None:
    assert Letter.objects.visible_to(cast.people["staff"], on=DAY).get() == signed
    assert not Letter.objects.visible_to(cast.people["admin"], on=DAY).exists()
    assert not Letter.objects.visible_to(outsider, on=DAY).exists()
