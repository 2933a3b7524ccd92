"""What of monthly figures waits for whom, beside what is told of causes in tests/web/home."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results import actions
from raprong.results.actions import Figure, report_many
from raprong.results.policies import CARD
from raprong.results.questions import answer
from raprong.web.home.desk import Desk, Waiting
from raprong.web.results import waiting
from tests.cast import NEW_YEAR
from tests.factories.year import agree_on_kpis, come_to

OCTOBER = date(2026, 10, 1)
IN_NOVEMBER = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


def of(room: Callable[[Desk], Iterator[Waiting]], person: Person, at: datetime = NEW_YEAR) -> list[Waiting]:
    return list(room(Desk.of(Person.objects.get(pk=person.pk), at)))


def test_months_wait_from_the_day_the_kpis_are_chosen(run: Run, cast: SampleAgency) -> None:
    kpi = agree_on_kpis(run, cast)[1]
    staff = cast.people["staff"]
    come_to(run, "kpis.selection_settled", by=cast.people["planner"], at=NEW_YEAR)
    assert of(waiting.months, staff) == []

    come_to(run, "agreements.in_force", by=cast.people["planner"], at=IN_NOVEMBER)
    october, november = of(waiting.months, staff, IN_NOVEMBER)

    assert (october.due_on, november.due_on) == (IN_NOVEMBER.date(), date(2026, 11, 30))
    assert october.url.endswith(f"/months/2026-10/?group={kpi.group.public_id}")


def test_a_month_waits_to_be_closed_once_it_is_over_and_complete(run: Run, cast: SampleAgency) -> None:
    kpis, planner = agree_on_kpis(run, cast), cast.people["planner"]
    come_to(run, CARD, by=planner, at=NEW_YEAR)
    figures = [Figure(kpi, Decimal(50)) for kpi in kpis]
    report_many(run, OCTOBER, figures[1:], by=planner, at=NEW_YEAR)
    assert of(waiting.closings, planner, IN_NOVEMBER) == []

    report_many(run, OCTOBER, figures[:1], by=planner, at=NEW_YEAR)
    [complete] = of(waiting.closings, planner, IN_NOVEMBER)
    too_early, others = of(waiting.closings, planner), of(waiting.closings, cast.people["head1"], IN_NOVEMBER)
    actions.close_month(run, OCTOBER, by=planner, at=IN_NOVEMBER)

    assert complete.url.endswith("/months/2026-10/close/")
    assert too_early == others == of(waiting.closings, planner, IN_NOVEMBER) == []


def test_a_figure_that_is_asked_about_waits_for_its_group(run: Run, cast: SampleAgency) -> None:
    kpi = agree_on_kpis(run, cast)[1]
    staff = cast.people["staff"]
    come_to(run, CARD, by=cast.people["planner"], at=NEW_YEAR)
    report_many(run, OCTOBER, [Figure(kpi, Decimal(120))], by=staff, at=NEW_YEAR)

    [asked] = of(waiting.doubts, staff)
    others = of(waiting.doubts, cast.people["staff2"])
    answer(kpi, OCTOBER, "out-of-range", because="นับรวมผู้เรียนนอกแผน", by=staff, at=NEW_YEAR)

    assert asked.url.endswith(f"/follow-up/?group={kpi.group.public_id}")
    assert others == of(waiting.doubts, staff) == []
