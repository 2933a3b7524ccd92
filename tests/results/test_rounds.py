"""One entry, every rhythm; and how complete and punctual the groups report."""

from datetime import UTC, date, datetime
from decimal import Decimal

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.enums import Counting
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.actions import Figure, report_many
from raprong.results.definitions import rhythms
from raprong.results.punctuality import punctuality_of
from raprong.results.rounds import kpis_in_rounds, rounds_of
from tests.results.conftest import AFTER_THE_YEAR, OCTOBER

FIGURES = {3: "25", 5: "41", 6: "52", 9: "78", 10: "82", 12: "100"}
DECEMBER_COMES = date(2026, 12, 1)


def report_year(run: Run, kpi: KpiYear, by: Person) -> None:
    """One figure at the end of each round that any rhythm has."""
    for months, figure in FIGURES.items():
        month = run.year.round_ends_on(months).replace(day=1)
        report_many(run, month, [Figure(kpi, Decimal(figure))], by=by, at=AFTER_THE_YEAR)


def test_the_same_figures_fill_every_rhythm(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report_year(run, kpis["1.1"], cast.people["planner"])

    told = {}
    for rhythm in rhythms().rhythms:
        rows = kpis_in_rounds(run, rounds_of(run, rhythm.rounds, on=AFTER_THE_YEAR.date()))
        scored = next(row.scored for row in rows if row.kpi == kpis["1.1"])
        told[rhythm.code] = [one and one.result and f"{one.result:.0f}" for one in scored]

    assert told["5-10"] == ["41", "82"]
    assert told["6-12"] == ["52", "100"]
    assert told["6-9-12"] == ["52", "78", "100"]
    assert told["quarterly"] == ["25", "52", "78", "100"]
    assert told["monthly"] == [None, None, "25", "25", "41", "52", "52", "52", "78", "82", "82", "100"]


def test_a_round_that_has_not_begun_shows_nothing(run: Run, kpis: dict[str, KpiYear]) -> None:
    six, nine, twelve = rounds_of(run, (6, 9, 12), on=date(2027, 4, 1))

    assert six.over
    assert nine.card is not None
    assert not nine.over
    assert twelve.card is None


def test_late_reports_are_complete_but_not_on_time(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    in_time, late = datetime(2026, 11, 7, 9, tzinfo=UTC), datetime(2026, 11, 8, 9, tzinfo=UTC)
    by = cast.people["planner"]
    report_many(run, OCTOBER, [Figure(kpis["1.1"], Decimal(8))], by=by, at=in_time)
    report_many(run, OCTOBER, [Figure(kpis["1.1"], Decimal(9), seen=1)], by=by, at=late)
    report_many(run, OCTOBER, [Figure(kpis["1.2"], Decimal(8))], by=by, at=late)

    told = [(one.due, one.reported, one.on_time) for one in punctuality_of(run, on=DECEMBER_COMES)]

    assert told == [(1, 1, 1), (1, 1, 0), (1, 0, 0)]


def test_a_figure_of_the_whole_year_is_owed_once(run: Run, kpis: dict[str, KpiYear]) -> None:
    KpiYear.objects.filter(pk=kpis["1.1"].pk).update(counting=Counting.ANNUAL)

    before = punctuality_of(run, on=DECEMBER_COMES)[0]
    after = punctuality_of(run, on=date(2027, 10, 15))[0]

    assert (before.due, after.due) == (0, 1)
