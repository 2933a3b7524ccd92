"""Where many units stand at once: one statement places every latest figure on its criteria and adds up every unit.

Scores are worked out, not kept. What is kept are the criteria as stretches of whole numbers (`results.readings`), and
the statement compares what they were read from with what the KPI says now. Whatever whole numbers do not cover goes the
plain way, unit by unit: a reading that no longer holds, parts inside a parent, a cap finer than a score. So the numbers
are those of `results.queries.score_card` in every row. See ADR 0012.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from raprong.access.queries import units_where
from raprong.kpis.enums import KpiState
from raprong.kpis.framework_form import starting_scheme
from raprong.kpis.models import Framework, KpiYear
from raprong.lib.scoring.batch import STATUSES, WEIGHT_UNIT, TotalColumns, roll_up, score_fractions
from raprong.lib.scoring.card import AWAITED, Status
from raprong.lib.scoring.rounding import UNROUNDED, half_up
from raprong.lib.scoring.scheme import Scheme, scheme_from_data
from raprong.lib.scoring.stretches import RESULT_UNIT, DoesNotFit, score_places
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.enums import ResultStatus
from raprong.results.models import CriteriaReading, CriteriaStretch, MonthlyResult
from raprong.results.months import last_day_of, round_on
from raprong.results.queries import score_card


@dataclass(frozen=True)
class UnitStanding:
    """Where one unit's year stands: its total over what counts, and how much of its weight has reported."""

    run: Run
    scheme: Scheme
    kpis: int
    total: Decimal | None
    reported_weight: Decimal
    awaited_weight: Decimal
    total_weight: Decimal

    @property
    def provisional(self) -> bool:
        return self.awaited_weight > 0


@dataclass(frozen=True)
class KpiScore:
    """One KPI's score; none where nothing counts."""

    kpi_id: int
    status: Status
    score: Decimal | None


@dataclass(frozen=True)
class Asked:
    """Runs of one year that are scored by one scheme in one round, on figures of months up to one."""

    runs: tuple[Run, ...]
    scheme: Scheme
    months: int
    last_month: date


def runs_readable_by(person: Person, fiscal_year: int, *, on: date) -> QuerySet[Run]:
    """The runs of a year whose results a person may read, unit by unit."""
    units = units_where(person, "results.read", on=on)
    runs = Run.objects.filter(unit__in=units, fiscal_year=fiscal_year).with_sop()
    return runs.order_by("unit__agency__name", "unit__order", "unit__name")


def standings_of(runs: Iterable[Run], *, upto: date) -> list[UnitStanding]:
    """Where units stand from what had been reported up to a day, in the order given; as `score_card` has it."""
    held = list(runs)
    found: dict[int, UnitStanding] = {}
    for asked in _questions(held, upto):
        sums = _sums(asked)
        for run in asked.runs:
            added = sums.get(run.pk)
            found[run.pk] = _plain_standing(run, asked, upto) if added is None else _standing(run, asked, added)
    return [found[run.pk] for run in held]


def scores_of(runs: Iterable[Run], *, upto: date) -> list[KpiScore]:
    """The score of every KPI of units that is no part of another, or the status it has instead."""
    scores: list[KpiScore] = []
    for asked in _questions(runs, upto):
        by_run = defaultdict(list)
        for row in _rows(asked, ROWS) if _cap_fits(asked.scheme) else []:
            by_run[row["run_id"]].append(row)
        for run in asked.runs:
            rows = by_run[run.pk]
            plain = not _cap_fits(asked.scheme) or any(row["plain"] for row in rows)
            scores += _plain_scores(run, upto) if plain else [_score(row, asked.scheme) for row in rows]
    return scores


def mean_total(standings: Sequence[UnitStanding]) -> Decimal | None:
    """The mean of the units' totals, each counting alike, at the places of the first; none where no unit has one.

    Units on different scales have no mean.
    """
    totals = [standing.total for standing in standings if standing.total is not None]
    if not totals or len({standing.scheme.scale_max for standing in standings}) > 1:
        return None
    return half_up(Fraction(sum(totals, Decimal(0))) / len(totals), standings[0].scheme.total_places)


def _questions(runs: Iterable[Run], upto: date) -> list[Asked]:
    """Runs put together as one statement can ask for them."""
    held = list(runs)
    frameworks = dict(Framework.objects.filter(run__in=held).values_list("run_id", "scheme"))
    together: dict[tuple[str, int, date], list[Run]] = defaultdict(list)
    schemes: dict[str, Scheme] = {}
    for run in held:
        data = frameworks.get(run.pk)
        schemes.setdefault(repr(data), starting_scheme() if data is None else scheme_from_data(data))
        ended = [month for month in run.year.months() if last_day_of(run, month) <= upto]
        together[repr(data), round_on(run, upto), max(ended, default=date.min)].append(run)
    return [Asked(tuple(found), schemes[data], months, last) for (data, months, last), found in together.items()]


def _cap_fits(scheme: Scheme) -> bool:
    """Whether the scheme's cap is a whole number of units of score."""
    return scheme.cap is None or (scheme.cap * 10 ** score_places(scheme)) % 1 == 0


def _rounds_first(scheme: Scheme) -> bool:
    """Whether the scores that are added up are whole numbers of units themselves."""
    return scheme.round_score_first and scheme.places is not None


PLAIN = "(status = 'reported' AND exact_n IS NULL) OR parent_id IS NOT NULL"
ROWS = f"SELECT run_id, kpi_id, status, score, {PLAIN} AS plain FROM scored"
FRACTIONS = f"SELECT run_id, weight, status, exact_n, exact_d, {PLAIN} AS plain FROM scored"
SUMS = f"""
SELECT run_id, COUNT(*) AS kpis, SUM(weight) AS total_weight,
       SUM(CASE WHEN status = 'reported' THEN weight ELSE 0 END) AS reported_weight,
       SUM(CASE WHEN status IN ({", ".join(f"'{status}'" for status in sorted(AWAITED))}) THEN weight ELSE 0 END)
           AS awaited_weight,
       SUM(CASE WHEN score IS NULL THEN 0 ELSE weight END) AS counted_weight,
       SUM(weight * COALESCE(score, 0)) AS weighted,
       MAX(CASE WHEN {PLAIN} THEN 1 ELSE 0 END) AS plain
FROM scored GROUP BY run_id
"""


@dataclass(frozen=True)
class Sums:
    """What the KPIs of a unit add up to; weights in units of 0.01."""

    kpis: int = 0
    total: Decimal | None = None
    reported_weight: int = 0
    awaited_weight: int = 0
    total_weight: int = 0


def _sums(asked: Asked) -> dict[int, Sums]:
    """The sums of every unit that whole numbers cover; the others are left out."""
    if not _cap_fits(asked.scheme):
        return {}
    found = {run.pk: Sums() for run in asked.runs}
    for pk, sums in (_sums_of_scores if _rounds_first(asked.scheme) else _sums_of_fractions)(asked):
        if sums is None:
            del found[pk]
        else:
            found[pk] = sums
    return found


def _sums_of_scores(asked: Asked) -> Iterator[tuple[int, Sums | None]]:
    """Sums of rounded scores, which are whole numbers: the database adds them up."""
    for row in _rows(asked, SUMS):
        total = _mean(int(row["weighted"]), int(row["counted_weight"]), asked.scheme)
        weights = (int(row[name]) for name in ("reported_weight", "awaited_weight", "total_weight"))
        yield row["run_id"], None if row["plain"] else Sums(row["kpis"], total, *weights)


def _sums_of_fractions(asked: Asked) -> Iterator[tuple[int, Sums | None]]:
    """Sums where only the total is rounded: the database places the figures, and columns of fractions are added up."""
    by_run: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _rows(asked, FRACTIONS):
        by_run[row["run_id"]].append(row)
    covered = {pk: rows for pk, rows in by_run.items() if not any(row["plain"] for row in rows)}
    yield from ((pk, None) for pk in by_run if pk not in covered)
    try:
        totals = _rolled_up(list(covered.values()), asked.scheme) if covered else None
    except DoesNotFit:
        yield from ((pk, None) for pk in covered)
        return
    for number, (pk, rows) in enumerate(covered.items()):
        assert totals is not None, "there are groups to add up"
        places = UNROUNDED if asked.scheme.total_places is None else asked.scheme.total_places
        held = Decimal(int(totals.total[number])).scaleb(-places)
        total = half_up(held, asked.scheme.total_places) if totals.counts[number] else None
        weights = (totals.reported_weight, totals.awaited_weight, totals.total_weight)
        yield pk, Sums(len(rows), total, *(int(weight[number]) for weight in weights))


def _rolled_up(groups: Sequence[Sequence[Mapping[str, Any]]], scheme: Scheme) -> TotalColumns:
    rows = [row for group in groups for row in group]
    statuses = np.array([STATUSES.index(Status(row["status"])) for row in rows], dtype=np.uint8)
    n, d, weights = (
        np.array([otherwise if row[name] is None else row[name] for row in rows], dtype=np.int64)
        for name, otherwise in (("exact_n", 0), ("exact_d", 1), ("weight", 0))
    )
    starts = np.cumsum([0, *(len(group) for group in groups)])[:-1]
    return roll_up(score_fractions(n, d, weights, statuses, scheme), starts, scheme)


def _standing(run: Run, asked: Asked, sums: Sums) -> UnitStanding:
    return UnitStanding(
        run,
        asked.scheme,
        kpis=sums.kpis,
        total=sums.total,
        reported_weight=Decimal(sums.reported_weight) / WEIGHT_UNIT,
        awaited_weight=Decimal(sums.awaited_weight) / WEIGHT_UNIT,
        total_weight=Decimal(sums.total_weight) / WEIGHT_UNIT,
    )


def _mean(weighted: int, weight: int, scheme: Scheme) -> Decimal | None:
    if not weight:
        return None
    return half_up(Fraction(weighted, weight * 10 ** score_places(scheme)), scheme.total_places)


def _plain_standing(run: Run, asked: Asked, upto: date) -> UnitStanding:
    card = score_card(run, upto=upto)
    weights = (card.reported_weight, card.awaited_weight, card.total_weight)
    return UnitStanding(run, asked.scheme, len(card.tops), card.total, *weights)


def _plain_scores(run: Run, upto: date) -> list[KpiScore]:
    card = score_card(run, upto=upto)
    keys = dict(KpiYear.objects.of_run(run).values_list("code", "pk"))
    return [KpiScore(keys[kpi.code], kpi.status, kpi.score) for kpi in card.kpis if not kpi.parent]


def _score(row: Mapping[str, Any], scheme: Scheme) -> KpiScore:
    held = None if row["score"] is None else Decimal(int(row["score"])).scaleb(-score_places(scheme))
    score = None if held is None else half_up(held, scheme.places)
    return KpiScore(row["kpi_id"], Status(row["status"]), score)


def _rows(asked: Asked, select: str) -> list[dict[str, Any]]:
    """Ask one statement on top of the scored KPIs of some runs."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_scored(asked.scheme, _runs(asked))} {select}", _values(asked))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _scored(scheme: Scheme, runs: Iterable[str]) -> str:
    """The KPIs of runs with their standing and score, as tables of one statement for both databases.

    Figures and weights leave their decimal columns as whole units. A division of whole numbers drops what is left, so
    `(2n + d) / 2d` is n / d rounded half-up. What a status counts as, and the cap, are the scheme's. Tables are marked
    MATERIALIZED where a database would otherwise look up the same figure once for every time that it is named.
    """
    worths = "".join(f" WHEN '{status}' THEN {worth}" for status, worth in _worths(scheme).items())
    cap = None if scheme.cap is None else int(scheme.cap * 10 ** score_places(scheme))
    held = "bare" if cap is None else f"CASE WHEN bare > {cap} THEN {cap} ELSE bare END"
    kpi, framework, result, reading, stretch = (
        model._meta.db_table for model in (KpiYear, Framework, MonthlyResult, CriteriaReading, CriteriaStretch)
    )
    return f"""
WITH latest AS MATERIALIZED (
    SELECT kpi.id AS kpi_id, framework.run_id, kpi.parent_id, reading.id AS reading_id,
           CAST(ROUND(COALESCE(kpi.weight, 0) * {WEIGHT_UNIT}) AS BIGINT) AS weight,
           CASE WHEN kpi.cancelled_from <= %(months)s THEN '{Status.CANCELLED}'
                WHEN kpi.starts_in > %(months)s THEN '{Status.NOT_STARTED}' END AS instead,
           (SELECT CAST(ROUND(result.value * {RESULT_UNIT}) AS BIGINT) FROM {result} result
            WHERE result.kpi_id = kpi.id AND result.month <= %(last_month)s AND result.status = '{ResultStatus.VALUE}'
            ORDER BY result.month DESC LIMIT 1) AS figure,
           (SELECT result.status FROM {result} result
            WHERE result.kpi_id = kpi.id AND result.month <= %(last_month)s
            ORDER BY result.month DESC LIMIT 1) AS said
    FROM {kpi} kpi
    JOIN {framework} framework ON framework.id = kpi.framework_id
    LEFT JOIN {reading} reading
           ON reading.kpi_id = kpi.id AND reading.months = %(months)s
          AND reading.below = %(below)s AND reading.places = %(places)s
          AND reading.criteria = kpi.criteria AND reading.round_criteria = kpi.round_criteria
    WHERE kpi.state = '{KpiState.SELECTED}' AND framework.run_id IN ({", ".join(f"%({name})s" for name in runs)})
), standing AS (
    SELECT latest.*, CASE WHEN instead IS NOT NULL THEN instead
                          WHEN figure IS NOT NULL THEN '{Status.REPORTED}'
                          ELSE COALESCE(said, '{Status.NOT_REPORTED}') END AS status
    FROM latest
), placed AS (
    SELECT standing.*, stretch.base + stretch.rate * (figure - stretch.lowest) AS exact_n,
           stretch.den + stretch.fall * (figure - stretch.lowest) AS exact_d
    FROM standing LEFT JOIN {stretch} stretch
      ON stretch.reading_id = standing.reading_id AND standing.status = '{Status.REPORTED}'
     AND standing.figure BETWEEN stretch.lowest AND stretch.highest
), rounded AS MATERIALIZED (
    SELECT placed.*,
           CASE status WHEN '{Status.REPORTED}' THEN (2 * exact_n + exact_d) / (2 * exact_d){worths} END AS bare
    FROM placed
), scored AS (
    SELECT rounded.*, {held} AS score FROM rounded
)"""


def _worths(scheme: Scheme) -> dict[Status, int]:
    """What each status counts as in units of score, where it counts."""
    worths = {status: scheme.worth_of(status) for status in Status if status is not Status.REPORTED}
    places = score_places(scheme)
    return {status: int(half_up(worth, places).scaleb(places)) for status, worth in worths.items() if worth is not None}


def _values(asked: Asked) -> dict[str, Any]:
    return {
        "months": asked.months,
        "last_month": connection.ops.adapt_datefield_value(asked.last_month),
        "below": asked.scheme.below,
        "places": score_places(asked.scheme),
    } | _runs(asked)


def _runs(asked: Asked) -> dict[str, int]:
    return {f"run_{number}": run.pk for number, run in enumerate(asked.runs)}
