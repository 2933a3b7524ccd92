"""Proof that is missing waits for the group that can give it, from the last month of the round until it is there."""

from datetime import UTC, date, datetime

from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.evidence.waiting import missing_proof
from raprong.web.home.desk import Desk
from tests.factories.assessments import IN_MARCH, report
from tests.factories.evidence import IN_FEBRUARY, hand_in

IN_MID_FEBRUARY = datetime(2027, 2, 15, 3, 0, tzinfo=UTC)


def waits(person: Person, at: datetime = IN_MARCH) -> list[str]:
    return [waiting.sentence for waiting in missing_proof(Desk.of(person, at))]


def test_missing_proof_waits_for_its_group_and_for_planning(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    people = cast.people
    report(kpis["1.2"], date(2026, 10, 1), "2", by=people["staff"])

    found = {name: waits(people[name]) for name in ("staff", "head1", "planner", "staff2", "director", "assessor")}

    assert [len(found[name]) for name in ("staff", "head1", "planner")] == [1, 1, 1]
    assert "๑" in found["staff"][0]
    assert found["staff2"] == found["director"] == found["assessor"] == []


def test_it_waits_from_the_last_month_until_the_proof_is_there(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], date(2026, 10, 1), "1", by=staff)

    early, late = waits(staff, IN_MID_FEBRUARY), waits(staff)
    hand_in(kpis["1.2"], step=1, by=staff, at=IN_FEBRUARY)

    assert (len(early), len(late), waits(staff)) == (0, 1, [])


def test_nothing_waits_once_the_round_is_closed(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], date(2026, 10, 1), "1", by=staff)

    evidence.close_folder(run, 6, by=cast.people["planner"], at=IN_MARCH)

    assert waits(staff) == []
