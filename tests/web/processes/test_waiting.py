"""What of the year's run waits for whom: to start, to bring on, to write, to hand in."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.models import Run
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes import waiting
from tests.cast import NEW_YEAR, start_year
from tests.factories.year import agree_on_kpis, come_to

AUGUST = datetime(2026, 8, 10, 2, 0, tzinfo=UTC)


def of(room: Callable[[Desk], Iterator[Waiting]], person: Person, at: datetime = NEW_YEAR) -> list[Waiting]:
    return list(room(Desk.of(Person.objects.get(pk=person.pk), at)))


def test_the_next_year_waits_from_the_day_its_first_step_begins(cast: SampleAgency, run: Run) -> None:
    planner, staff = cast.people["planner"], cast.people["staff"]
    before, after = datetime(2027, 9, 30, 2, tzinfo=UTC), datetime(2027, 10, 1, 2, tzinfo=UTC)

    [found] = of(waiting.years, planner, after)

    assert (found.due_on, found.place) == (date(2027, 10, 1), run.unit)
    assert "๒๕๗๑" in found.title
    assert of(waiting.years, planner, before) == of(waiting.years, staff, after) == []


def test_a_year_that_begins_in_august_waits_while_the_last_one_runs(other_cast: SampleAgency) -> None:
    start_year(other_cast, at=AUGUST)
    planner = other_cast.people["planner.pa"]

    assert of(waiting.years, planner, datetime(2027, 7, 30, 2, tzinfo=UTC)) == []
    assert [one.due_on for one in of(waiting.years, planner, datetime(2027, 8, 2, 2, tzinfo=UTC))] == [date(2027, 8, 1)]


def test_a_step_waits_for_who_can_bring_it_on_then_for_all_who_end_it(other_cast: SampleAgency) -> None:
    run = start_year(other_cast, at=AUGUST)
    planner, assessor = other_cast.people["planner.pa"], other_cast.people["assessor.pa"]
    assert [len(of(waiting.steps, person, AUGUST)) for person in (planner, assessor)] == [1, 0]

    source = ("government-policy", "นโยบาย", "ข้อ ๓")
    kpis.receive_policy(run, criteria_note="เกณฑ์ของกรม", sources=[source], seen=None, by=planner, at=AUGUST)

    assert [one.primary for person in (planner, assessor) for one in of(waiting.steps, person, AUGUST)] == [True, True]


def test_a_step_says_what_comes_next_and_how_much_follows(run: Run, cast: SampleAgency) -> None:
    [step] = of(waiting.steps, cast.people["planner"])

    assert step.sentence.endswith("ยังไม่ได้บันทึกนโยบายและเกณฑ์ · แล้วยังมีอีก ๒ เรื่อง")


def test_staff_write_a_piece_until_their_head_has_handed_it_in(run: Run, cast: SampleAgency) -> None:
    agree_on_kpis(run, cast)
    come_to(run, "kpis.details_complete", by=cast.people["planner"], at=NEW_YEAR)
    staff, head, planner = (cast.people[name] for name in ("staff", "head1", "planner"))

    [written] = of(waiting.pieces, staff)
    [handed_in] = of(waiting.pieces, head)

    assert written.key.startswith("write ")
    assert written.sentence == handed_in.sentence
    assert "/details/" in written.url
    assert of(waiting.pieces, planner) == []


def test_a_piece_that_came_back_waits_for_staff_with_the_reason(run: Run, cast: SampleAgency) -> None:
    proposed = agree_on_kpis(run, cast)[1]
    come_to(run, "kpis.proposals_complete", by=cast.people["planner"], at=NEW_YEAR)
    staff, head, checker = (cast.people[name] for name in ("staff", "head1", "planning-head"))
    known = {"piece": proposed.group, "at": NEW_YEAR}
    processes.submit_piece(run, "kpi-proposals", by=head, **known)
    handed_in = of(waiting.pieces, staff)

    later = {"piece": proposed.group, "at": NEW_YEAR + timedelta(hours=1)}
    processes.return_piece(run, "kpi-proposals", because="ขอแหล่งข้อมูล", by=checker, **later)
    [returned] = of(waiting.pieces, staff, NEW_YEAR + timedelta(hours=2))

    assert handed_in == []
    assert "ขอแหล่งข้อมูล" in returned.sentence
