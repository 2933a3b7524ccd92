"""Where a department stands: one statement, with the plain path's numbers in every row on both databases."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.lib.scoring.criteria import Ladder, YesNo
from raprong.lib.scoring.ladder import Below, Rung
from raprong.lib.scoring.rollup import MeasuredKpi
from raprong.lib.scoring.scheme import Scheme, scheme_as_data
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.department import mean_total, runs_readable_by, scores_of, standings_of
from raprong.results.models import CriteriaReading, CriteriaStretch, MonthlyResult
from raprong.results.queries import score_card
from raprong.results.readings import keep_readings
from tests.cast import FISCAL_YEAR, NEW_YEAR
from tests.factories.department import department, random_department
from tests.results.conftest import IN_DECEMBER, OCTOBER

DAYS = [date(2026, 10, 30), date(2026, 10, 31), date(2027, 3, 31), date(2027, 9, 30)]
END_OF_YEAR = DAYS[-1]

QueryCounter = Callable[..., object]


def keep(runs: Sequence[Run]) -> None:
    for run in runs:
        keep_readings(run, selected_kpis(run))


def assert_as_plain(runs: Sequence[Run], day: date) -> None:
    cards = [score_card(run, upto=day) for run in runs]
    keys = {(kpi.framework.run_id, kpi.code): kpi.pk for kpi in KpiYear.objects.select_related("framework")}

    standings = standings_of(runs, upto=day)
    scores = {score.kpi_id: (score.status, score.score) for score in scores_of(runs, upto=day)}

    assert [(s.total, s.reported_weight, s.awaited_weight, s.total_weight, s.kpis) for s in standings] == [
        (card.total, card.reported_weight, card.awaited_weight, card.total_weight, len(card.tops)) for card in cards
    ]
    assert scores == {
        keys[run.pk, kpi.code]: (kpi.status, kpi.score)
        for run, card in zip(runs, cards, strict=True)
        for kpi in card.tops
    }


@pytest.mark.parametrize("seed", range(4))
def test_every_kind_and_scheme_is_as_the_plain_path_has_it(run: Run, seed: int) -> None:
    runs = random_department(run, Random(seed), units=8, kpis=12, at=NEW_YEAR)
    keep(runs)

    for day in DAYS:
        assert_as_plain(runs, day)


@pytest.fixture
def ladders(run: Run) -> list[Run]:
    """Five units on one scheme, with results that lie in the middle between two levels of a score."""
    random = Random(5)

    def kpi(code: str) -> MeasuredKpi:
        figures = sorted(random.sample(range(0, 400, 3), 5), reverse=random.random() < 0.5)
        rungs = tuple(Rung(Decimal(at), Decimal(level)) for level, at in enumerate(figures, start=1))
        return MeasuredKpi(code, Decimal(10), Ladder(rungs), Decimal(random.randint(0, 8000)) / 20)

    runs = department(run, units=5, kpis=6, scheme=lambda: Scheme(places=2), kpi=kpi, at=NEW_YEAR)
    keep(runs)
    return runs


def test_a_department_is_scored_by_one_statement(ladders: list[Run], django_assert_num_queries: QueryCounter) -> None:
    with django_assert_num_queries(2):  # the schemes, and the statement
        standings = standings_of(ladders, upto=END_OF_YEAR)

    assert len(standings) == 5
    assert_as_plain(ladders, END_OF_YEAR)


def test_criteria_that_changed_are_never_scored_by_the_old_reading(ladders: list[Run]) -> None:
    before = standings_of(ladders, upto=END_OF_YEAR)[0].total
    kpi = KpiYear.objects.of_run(ladders[0]).earliest("pk")
    KpiYear.objects.filter(pk=kpi.pk).update(criteria={"kind": "yes_no", "yes": "2.57", "no": "2.57"})

    changed = standings_of(ladders, upto=END_OF_YEAR)[0].total
    read = keep_readings(ladders[0], [kpi])

    assert changed != before
    assert read == len(ladders[0].definition.reporting.rounds)
    assert standings_of(ladders, upto=END_OF_YEAR)[0].total == changed
    assert_as_plain(ladders, END_OF_YEAR)


def test_a_scheme_that_changed_is_never_scored_by_the_old_reading(ladders: list[Run]) -> None:
    scheme = Scheme(places=3, below=Below.ZERO)
    Framework.objects.filter(run=ladders[0]).update(scheme=scheme_as_data(scheme))

    assert_as_plain(ladders, END_OF_YEAR)
    keep(ladders)
    assert_as_plain(ladders, END_OF_YEAR)


def test_readings_that_hold_are_left_alone(ladders: list[Run]) -> None:
    before = list(CriteriaReading.objects.values_list("pk", flat=True))

    assert keep_readings(ladders[0], selected_kpis(ladders[0])) == 0
    assert list(CriteriaReading.objects.values_list("pk", flat=True)) == before


def test_without_readings_every_unit_goes_the_plain_way(ladders: list[Run]) -> None:
    CriteriaReading.objects.all().delete()

    assert_as_plain(ladders, END_OF_YEAR)


def test_what_64_bits_do_not_hold_goes_the_plain_way(run: Run) -> None:
    figures = [Decimal(0), *(Decimal(99_999_999_990) + n for n in range(4))]
    wide = Ladder(tuple(Rung(at, Decimal(level)) for level, at in enumerate(figures, start=1)))
    kpi = MeasuredKpi("1.1", Decimal(100), wide, Decimal("33333333333.3333"))
    runs = department(run, units=1, kpis=1, scheme=lambda: Scheme(places=9), kpi=lambda _: kpi, at=NEW_YEAR)
    keep(runs)

    assert not CriteriaStretch.objects.filter(reading__kpi__framework__run=runs[0]).exists()
    assert_as_plain(runs, END_OF_YEAR)


def test_a_figure_that_names_no_answer_is_as_if_not_reported(ladders: list[Run]) -> None:
    options = [{"score": "1", "title": "ไม่มี"}, {"score": "5", "title": "มี"}]
    KpiYear.objects.of_run(ladders[0]).update(criteria={"kind": "choice", "options": options})
    keep(ladders)

    assert_as_plain(ladders, END_OF_YEAR)


def test_a_scheme_that_rounds_only_the_total_is_scored_by_one_statement_too(
    ladders: list[Run], django_assert_num_queries: QueryCounter
) -> None:
    scheme = Scheme(places=2, total_places=3, round_score_first=False)
    Framework.objects.filter(run__in=ladders).update(scheme=scheme_as_data(scheme))

    with django_assert_num_queries(2):
        standings_of(ladders, upto=END_OF_YEAR)

    assert_as_plain(ladders, END_OF_YEAR)


@pytest.mark.parametrize("round_score_first", [True, False])
def test_a_scheme_that_rounds_nothing_is_scored_by_one_statement_too(
    ladders: list[Run], django_assert_num_queries: QueryCounter, round_score_first: bool
) -> None:
    scheme = Scheme(places=None, weighted_places=None, total_places=None, round_score_first=round_score_first)
    Framework.objects.filter(run__in=ladders).update(scheme=scheme_as_data(scheme))
    keep(ladders)

    with django_assert_num_queries(2):
        standings_of(ladders, upto=END_OF_YEAR)

    assert_as_plain(ladders, END_OF_YEAR)


def test_a_kpi_with_parts_goes_the_plain_way(ladders: list[Run]) -> None:
    parent, part, other = KpiYear.objects.of_run(ladders[0]).order_by("pk")[:3]
    KpiYear.objects.filter(pk__in=[part.pk, other.pk]).update(parent=parent, weight=None, weight_inside=Decimal(50))
    MonthlyResult.objects.filter(kpi=parent).delete()

    assert_as_plain(ladders, END_OF_YEAR)


def test_the_first_report_reads_the_criteria(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    results.report(
        kpis["1.1"],
        month=OCTOBER,
        value=Decimal(59),
        status="value",
        note="",
        seen=None,
        by=cast.people["planner"],
        at=IN_DECEMBER,
    )

    assert CriteriaReading.objects.filter(kpi=kpis["1.1"]).count() == len(run.definition.reporting.rounds)
    (standing,) = standings_of([run], upto=END_OF_YEAR)
    assert (standing.total, standing.reported_weight, standing.provisional) == (Decimal("2.9500"), Decimal(50), True)


def test_a_unit_without_kpis_has_no_total(run: Run) -> None:
    (standing,) = standings_of([run], upto=END_OF_YEAR)

    assert (standing.total, standing.kpis, standing.total_weight) == (None, 0, Decimal(0))


def test_the_mean_counts_each_unit_that_has_a_total_alike(run: Run) -> None:
    def kpi(code: str) -> MeasuredKpi:
        return MeasuredKpi(code, Decimal(100), YesNo(Decimal(5), Decimal(2)), Decimal(1))

    runs = department(run, units=1, kpis=1, scheme=Scheme, kpi=kpi, at=NEW_YEAR)

    assert mean_total(standings_of([*runs, run], upto=END_OF_YEAR)) == Decimal(5)
    assert mean_total(standings_of([run], upto=END_OF_YEAR)) is None


def test_units_on_two_scales_have_no_mean(ladders: list[Run]) -> None:
    Framework.objects.filter(run=ladders[0]).update(scheme=scheme_as_data(Scheme(scale_max=Decimal(100))))

    assert mean_total(standings_of(ladders, upto=END_OF_YEAR)) is None


def test_units_of_another_department_are_not_read(run: Run, cast: SampleAgency, outsider: Person) -> None:
    on = IN_DECEMBER.date()

    assert list(runs_readable_by(cast.people["assessor"], FISCAL_YEAR, on=on)) == [run]
    assert not runs_readable_by(outsider, FISCAL_YEAR, on=on).exists()
