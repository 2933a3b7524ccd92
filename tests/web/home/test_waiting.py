"""The rooms' small functions, where a year passes too fast to be seen waiting."""

from datetime import timedelta

from raprong.access.identity import confirm_by_password
from raprong.cascade import actions as cascade
from raprong.circulation import actions as circulation
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.cascade import waiting
from raprong.web.home.desk import Desk, Waiting
from raprong.web.home.waiting import everything
from tests.cast import NEW_YEAR, PASSWORD
from tests.factories.circulation import checked, draft_circular
from tests.factories.year import agree_on_kpis, come_to

NOON = NEW_YEAR + timedelta(hours=3)


def on_the_desk(person: Person) -> list[Waiting]:
    return everything(Desk.of(Person.objects.get(pk=person.pk), NOON))


def test_a_kpi_waits_until_it_is_acknowledged(run: Run, cast: SampleAgency) -> None:
    kpi = agree_on_kpis(run, cast)[1]
    come_to(run, "cascade.assigned", by=cast.people["planner"], at=NEW_YEAR)
    staff = cast.people["staff"]
    given = cascade.assign(kpi, staff, duty="เก็บข้อมูล", by=cast.people["planner"], at=NOON)

    (found,) = waiting.commitments(Desk.of(staff, NOON))
    cascade.acknowledge(given, by=staff, at=NOON)

    assert run.public_id in found.url
    assert list(waiting.commitments(Desk.of(staff, NOON))) == []


def test_a_letter_waits_to_be_checked_and_comes_back_to_its_drafter(run: Run, cast: SampleAgency) -> None:
    planner, checker, director = (cast.people[name] for name in ("planner", "planning-head", "director"))
    letter = draft_circular(cast, subject="แจ้งเวียนทดสอบ")
    letter = circulation.hand_in(letter, seen=None, by=planner, at=NOON)
    desks = [on_the_desk(person) for person in (planner, checker, director)]
    assert [any(letter.subject in one.title for one in desk) for desk in desks] == [False, True, False]

    circulation.send_back(letter, because="ขอเพิ่มตาราง", seen=None, by=checker, at=NOON)
    desks = [on_the_desk(person) for person in (planner, checker, director)]

    assert [any(letter.subject in one.title for one in desk) for desk in desks] == [True, False, False]
    assert any("ขอเพิ่มตาราง" in one.sentence for one in desks[0])


def test_a_letter_waits_to_be_signed_then_sent_then_read(run: Run, cast: SampleAgency) -> None:
    director, planner, staff = (cast.people[name] for name in ("director", "planner", "staff"))
    letter = checked(draft_circular(cast, subject="แจ้งเวียนทดสอบ"))
    desks = [on_the_desk(person) for person in (director, planner, staff)]
    assert [any(letter.subject in one.title for one in desk) for desk in desks] == [True, False, False]

    identity = confirm_by_password(director, PASSWORD, at=NOON)
    letter = circulation.sign(letter, identity=identity, by=director, at=NOON)
    desks = [on_the_desk(person) for person in (director, planner, staff)]
    assert [any(letter.subject in one.title for one in desk) for desk in desks] == [False, True, False]

    circulation.send(letter, recipients=[staff], by=planner, at=NOON)
    desks = [on_the_desk(person) for person in (director, planner, staff)]
    assert [any(letter.subject in one.title for one in desk) for desk in desks] == [False, False, True]


def test_what_is_due_first_comes_first(run: Run, cast: SampleAgency) -> None:
    checked(draft_circular(cast))

    found = [one.due_on for one in on_the_desk(cast.people["director"])]

    assert found == sorted(found, key=lambda day: (day is None, day))
