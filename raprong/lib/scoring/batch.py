"""Scores of very many KPIs at once, in columns of whole numbers; equal to the plain path in every row.

Results are counted in units of 10⁻⁴, weights in 10⁻², scores at the scheme's places. There are no floats: a result is
worth ``n / d`` of whole numbers, and ``(2·n + d) // (2·d)`` is that rounded half-up. What 64 bits do not hold is
refused with :class:`DoesNotFit` before anything is reckoned wrongly, and is for the plain path. Parts inside parents,
given scores and adjustments are for the plain path too: see :mod:`raprong.lib.scoring.rollup`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from raprong.lib.scoring.card import AWAITED, Status
from raprong.lib.scoring.criteria import Criteria
from raprong.lib.scoring.ladder import Below
from raprong.lib.scoring.rounding import UNROUNDED
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.scoring.stretches import LIMIT, MOST, RESULT_UNIT, DoesNotFit, Stretch, score_places, stretches_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]

STATUSES = tuple(Status)
"""A status is its number in this order; nought is reported."""

REPORTED = STATUSES.index(Status.REPORTED)
IS_AWAITED = np.array([status in AWAITED for status in STATUSES])
WEIGHT_PLACES = 2
WEIGHT_UNIT = 10**WEIGHT_PLACES
CHUNK = 8192  # rows at a time, so that what is reckoned in between stays in the processor's own memory


@dataclass(frozen=True)
class CriteriaTable:
    """The stretches of many criteria: a row for each place in the order of stretches, a column for each criteria."""

    starts: Ints
    ends: Ints
    base: Ints
    rate: Ints
    den: Ints
    fall: Ints


@dataclass(frozen=True)
class ScoredColumns:
    """The scores of rows. ``counts`` tells which have one; ``score`` and ``weighted`` are nought in the others.

    The exact score is ``numerator / denominator`` units of score; there is no denominator where it is one throughout.
    """

    score: Ints
    weighted: Ints
    counts: Bools
    numerator: Ints
    denominator: Ints | None
    weights: Ints
    statuses: Codes


@dataclass(frozen=True)
class TotalColumns:
    """A total for each group of rows, in units of the total's places; ``counts`` tells which have one."""

    total: Ints
    counts: Bools
    reported_weight: Ints
    awaited_weight: Ints
    counted_weight: Ints
    total_weight: Ints


def in_units(numbers: Iterable[Decimal], unit: int) -> Ints:
    """Numbers as whole units of 1/unit. One that is finer than the unit, or does not fit, is refused."""
    scaled = [Fraction(number) * unit for number in numbers]
    if any(number.denominator != 1 or abs(number) > MOST for number in scaled):
        raise DoesNotFit(f"A number is finer than 1/{unit}, or too large.")
    return np.array([number.numerator for number in scaled], dtype=np.int64)


def criteria_table(criteria: Sequence[tuple[Criteria, int | None]], scheme: Scheme) -> CriteriaTable:
    """Criteria, each with the round that it is scored in, made ready for columns; made once, used for any results."""
    places = score_places(scheme)
    found = [stretches_of(one, below=scheme.below, places=places, months=months) for one, months in criteria]
    widest = max((len(stretches) for stretches in found), default=1)

    def column(part: Callable[[Stretch], int], otherwise: int) -> Ints:
        rows = [[part(stretch) for stretch in one] + [otherwise] * (widest - len(one)) for one in found]
        return np.ascontiguousarray(np.array(rows, dtype=np.int64).reshape(len(found), widest).T)

    return CriteriaTable(
        starts=column(lambda s: s.start, LIMIT + 1),
        ends=column(lambda s: s.end, LIMIT + 1),
        base=column(lambda s: s.base, 0),
        rate=column(lambda s: s.rate, 0),
        den=column(lambda s: s.den, 1),
        fall=column(lambda s: s.fall, 0),
    )


def score_columns(
    table: CriteriaTable, which: Ints, results: Ints, weights: Ints, statuses: Codes, scheme: Scheme
) -> ScoredColumns:
    """Score rows: each names its criteria in the table, its result, its weight and its status.

    The result of a row that has not reported is not looked at. Refused with ``ValueError``: a result that the criteria
    cannot have, such as an option that is not there.
    """
    reported = statuses == REPORTED
    _check_results(results[reported])
    n, d = np.zeros(len(results), dtype=np.int64), np.ones(len(results), dtype=np.int64)
    for rows in _chunks(len(results)):
        _place_chunk(table, which[rows], np.where(reported[rows], results[rows], 0), reported[rows], n[rows], d[rows])
    return score_fractions(n, d, weights, statuses, scheme)


def score_ladders(
    at: Ints, scores: Sequence[Decimal], results: Ints, weights: Ints, statuses: Codes, scheme: Scheme
) -> ScoredColumns:
    """Score rows that each have a ladder of their own: ``at[level]`` is the column of what a level asks for.

    ``scores`` are what the levels are worth, the same for every row. A ladder that turns back, or asks for one figure
    at every level, is refused with ``ValueError`` as the plain path does; so is a row whose figures are too far apart
    for 64 bits.
    """
    reported = statuses == REPORTED
    if not reported.all():
        results = np.where(reported, results, 0)
    _check_results(results)
    levels = in_units(scores, 10 ** score_places(scheme))
    if len(levels) < 2 or levels[0] < 0 or (np.diff(levels) <= 0).any():
        raise ValueError("The scores of the levels climb from nought or more, and there are at least two.")
    first = _rounds_first(scheme)
    n = np.empty(len(results), dtype=np.int64)
    d = np.empty(1 if first else len(results), dtype=np.int64)
    ladder = _LadderChunk(levels, scheme.below)
    for rows in _chunks(len(results)):
        over, under = ladder.place(at[:, rows], results[rows])
        if first:
            np.floor_divide(_unsigned(2 * over + under), _unsigned(2 * under), out=_unsigned(n[rows]))
        else:
            n[rows], d[rows] = over, under
    n[~reported] = 0
    if not first:
        d[~reported] = 1
    return score_fractions(n, None if first else d, weights, statuses, scheme)


def score_fractions(n: Ints, d: Ints | None, weights: Ints, statuses: Codes, scheme: Scheme) -> ScoredColumns:
    """Score rows whose result is already worth n / d units; without ``d`` the units are rounded already.

    Of a row that has not reported both are passed over. What is left to do is what the scheme says: rounding, what a
    status counts as, the cap, and the weight.
    """
    if d is not None and _rounds_first(scheme):
        n, d = _half_up(n, d), None
    counts = statuses == REPORTED
    for status in STATUSES[1:]:
        worth = scheme.worth_of(status)
        if worth is not None:
            rows = statuses == STATUSES.index(status)
            counts = counts | rows
            n, d = _set(n, d, rows, worth * 10 ** score_places(scheme))
    n, d = _held(n, d, scheme)
    score = n if d is None else _half_up(n, d)
    return ScoredColumns(score, _weighted(n, d, weights, counts, scheme), counts, n, d, weights, statuses)


def roll_up(scored: ScoredColumns, starts: Ints, scheme: Scheme) -> TotalColumns:
    """Add up groups of rows that lie one after another, as a year's card does: the mean by weight over what counts.

    ``starts`` are the first rows of the groups, none of which is empty. Exact, and rounded half-up once.
    """
    _check_groups(starts, len(scored.score))
    whole = np.add.reduceat(scored.weights, starts)

    def weight_where(rows: Bools) -> Ints:
        return whole if rows.all() else np.add.reduceat(scored.weights * rows, starts)

    counted_weight = weight_where(scored.counts)
    total, counts = _means(scored, counted_weight, starts, scheme)
    return TotalColumns(
        total=total,
        counts=counts,
        reported_weight=weight_where(scored.statuses == REPORTED),
        awaited_weight=weight_where(IS_AWAITED[scored.statuses]),
        counted_weight=counted_weight,
        total_weight=whole,
    )


def mean_of_totals(totals: Ints, counts: Bools, starts: Ints) -> tuple[Ints, Bools]:
    """The mean of totals that count alike, in the places they have, rounded half-up: agreements of a unit, units of a
    department. A group in which nothing has a total has no mean."""
    _check_groups(starts, len(totals))
    _check_sum(totals)
    members = np.add.reduceat(counts.astype(np.int64), starts)
    summed = np.add.reduceat(np.where(counts, totals, 0), starts)
    return _half_up(summed, np.maximum(members, 1)), members > 0


def _place_chunk(table: CriteriaTable, which: Ints, results: Ints, reported: Bools, n: Ints, d: Ints) -> None:
    slot = np.full(len(results), -1, dtype=np.int64)
    for start in table.starts:
        slot += results >= start[which]
    at = np.maximum(slot, 0) * table.starts.shape[1] + which
    off = results - table.starts.ravel()[at]
    lost = reported & ((slot < 0) | (results >= table.ends.ravel()[at]))
    if lost.any():
        result = Decimal(int(results[lost][0])) / RESULT_UNIT
        raise ValueError(f"The criteria have no score for {result:f}. Use a result that they can have.")
    n[:] = np.where(reported, table.base.ravel()[at] + table.rate.ravel()[at] * off, 0)
    d[:] = np.where(reported, table.den.ravel()[at] + table.fall.ravel()[at] * off, 1)


class _LadderChunk:
    """Ladders of one length, some thousand at a time, each row with its own."""

    def __init__(self, levels: Ints, below: Below) -> None:
        self.levels, self.below = levels, below
        self.steps = np.diff(levels)
        self.widest = (MOST - 2 * LIMIT) // (2 * int(levels[-1]) + 1)

    def place(self, at: Ints, results: Ints) -> tuple[Ints, Ints]:
        """Numerator and denominator of every row. Where less is better, both sides change their sign first."""
        turned = -(at[-1] < at[0]).astype(np.int64)
        figures, reached = at, results
        if turned.any():
            figures, reached = (at ^ turned) - turned, (results ^ turned) - turned
        gaps = figures[1:] - figures[:-1]
        self._check(gaps, figures)
        slot = np.zeros(len(results), dtype=np.int64)
        for figure in figures[1:-1]:
            slot += reached >= figure
        cell = slot * len(results) + np.arange(len(results))
        under = np.maximum(gaps.ravel().take(cell), 1)
        off = reached - figures.ravel().take(cell)
        over = off * self.steps.take(slot) + self.levels.take(slot) * under
        np.copyto(over, self.levels[-1] * under, where=reached >= figures[-1])
        short = np.flatnonzero(reached < figures[0])
        if short.size:
            over[short], under[short] = self._below_first(at[0][short], results[short], turned[short])
        return over, under

    def _below_first(self, first: Ints, results: Ints, turned: Ints) -> tuple[Ints, Ints]:
        level, one = self.levels[0], np.ones_like(first)
        if self.below is Below.FLOOR:
            return level * one, one
        if self.below is Below.ZERO:
            return 0 * one, one
        share, whole = np.where(turned, first, results), np.where(turned, results, first)
        has_share = (first > 0) & (share > 0)
        return np.where(has_share, level * share, 0), np.where(has_share, whole, 1)

    def _check(self, gaps: Ints, figures: Ints) -> None:
        """Gaps that are in bounds leave no room for a figure out of bounds between a first and a last that are in."""
        _check_results(figures[0])
        _check_results(figures[-1])
        if not (figures[-1] > figures[0]).all():
            raise ValueError("A ladder turns back, or asks for the same figure at every level.")
        if int(_unsigned(gaps).max()) > self.widest:  # a gap under nought is a very large one to the unsigned eye
            if int(gaps.min()) < 0:
                raise ValueError("A ladder turns back, or asks for the same figure at every level.")
            raise DoesNotFit("The levels of a ladder are too far apart for whole numbers of 64 bits.")
        if self.below is Below.PROPORTIONAL and int(np.abs(figures[0]).max()) > self.widest:
            raise DoesNotFit("The first level of a ladder is too large for whole numbers of 64 bits.")


def _set(n: Ints, d: Ints | None, rows: Bools, worth: Fraction) -> tuple[Ints, Ints | None]:
    if d is None:
        return np.where(rows, _half_up_one(worth), n), None
    return np.where(rows, worth.numerator, n), np.where(rows, worth.denominator, d)


def _held(n: Ints, d: Ints | None, scheme: Scheme) -> tuple[Ints, Ints | None]:
    """Scores held at the scheme's cap. A cap that is finer than the score's places is for the plain path."""
    if scheme.cap is None:
        return n, d
    cap = int(in_units([scheme.cap], 10 ** score_places(scheme))[0])
    if d is None:
        return np.minimum(n, cap), None
    over = n // d >= cap
    return np.where(over, cap, n), np.where(over, 1, d)


def _weighted(n: Ints, d: Ints | None, weights: Ints, counts: Bools, scheme: Scheme) -> Ints:
    if len(weights) and int(weights.min()) < 0:
        raise ValueError("A weight is 0 or more.")
    places = UNROUNDED if scheme.weighted_places is None else scheme.weighted_places
    unit = Fraction(10**places, WEIGHT_UNIT * 10 ** score_places(scheme)) / Fraction(scheme.weight_base)
    times, part = unit.numerator, unit.denominator
    _check_product(weights, n, times, more=part * _largest(d))
    _check_product(part, _largest(d))
    product = weights * n
    if times != 1:
        product *= times
    rounded = _half_up(product, part if d is None else part * d)
    rounded[~counts] = 0
    return rounded


def _means(scored: ScoredColumns, weight_sums: Ints, starts: Ints, scheme: Scheme) -> tuple[Ints, Bools]:
    """The mean score by weight of every group, in units of the total's places. What has no score is worth nought."""
    places = UNROUNDED if scheme.total_places is None else scheme.total_places
    unit = Fraction(10**places, 10 ** score_places(scheme))
    counts = weight_sums > 0
    _check_product(scored.weights, scored.numerator)
    product = scored.weights * scored.numerator
    if scored.denominator is None:
        _check_sum(product)
        return _rounded_means(np.add.reduceat(product, starts), weight_sums, unit), counts
    return _means_of_fractions(scored, product, weight_sums, starts, unit), counts


def _rounded_means(sums: Ints, weight_sums: Ints, unit: Fraction, fine: int = 1) -> Ints:
    parts = np.maximum(weight_sums, 1)
    _check_product(sums, unit.numerator, more=unit.denominator * fine * _largest(parts))
    _check_product(parts, unit.denominator * fine)
    return _half_up(sums * unit.numerator, parts * (unit.denominator * fine))


def _means_of_fractions(scored: ScoredColumns, product: Ints, weight_sums: Ints, starts: Ints, unit: Fraction) -> Ints:
    """The means of scores that are fractions themselves.

    Each is cut off after some binary places, so that the true sum of a group lies less than its size above the sum of
    the cut ones. Where both ends round to one number that is the mean; where they do not, fractions tell.
    """
    assert scored.denominator is not None, "asked for only where scores are fractions"
    d = scored.denominator
    fine = _fineness(product, d, unit, weight_sums)
    whole, rest = product // d, product % d
    cut = whole * fine + rest * fine // d
    _check_sum(cut)
    sizes = np.diff(np.append(starts, len(product)))
    lowest = np.add.reduceat(cut, starts)
    mean = _rounded_means(lowest, weight_sums, unit, fine)
    for group in np.flatnonzero(mean != _rounded_means(lowest + sizes, weight_sums, unit, fine)):
        rows = slice(int(starts[group]), int(starts[group] + sizes[group]))
        pairs = zip(product[rows].tolist(), d[rows].tolist(), strict=True)
        exact = sum((Fraction(over, under) for over, under in pairs), Fraction(0))
        mean[group] = _half_up_one(exact / int(max(weight_sums[group], 1)) * unit)
    return mean


def _fineness(product: Ints, d: Ints, unit: Fraction, weight_sums: Ints) -> int:
    """The largest power of two by which everything that is cut can be multiplied within 64 bits."""
    largest = int((product // d).sum(dtype=object)) + len(d) + 1
    room = min(
        MOST // _largest(d),
        MOST // (4 * largest * unit.numerator),
        MOST // (4 * unit.denominator * max(_largest(weight_sums), 1)),
    )
    if room < 1:
        raise DoesNotFit("The scores are too fine, or the weights too large, for whole numbers of 64 bits.")
    return 1 << min(room.bit_length() - 1, 20)


def _half_up(n: Ints, d: Ints | int) -> Ints:
    """n / d rounded half-up; both are nought or more, d is above nought. One new column, not one for each step."""
    over = 2 * n
    over += d
    under = _unsigned(2 * d) if isinstance(d, np.ndarray) else np.uint64(2 * d)
    np.floor_divide(_unsigned(over), under, out=_unsigned(over))
    return over


def _half_up_one(number: Fraction) -> int:
    return int((2 * number.numerator + number.denominator) // (2 * number.denominator))


def _unsigned(numbers: Ints) -> npt.NDArray[np.uint64]:
    """The same numbers, all nought or more, as the kind that divides faster."""
    return numbers.view(np.uint64)


def _rounds_first(scheme: Scheme) -> bool:
    return scheme.round_score_first and scheme.places is not None


def _chunks(rows: int) -> Iterable[slice]:
    return (slice(start, min(start + CHUNK, rows)) for start in range(0, rows, CHUNK))


def _largest(numbers: Ints | None) -> int:
    return 1 if numbers is None or not len(numbers) else int(numbers.max())


def _check_results(results: Ints) -> None:
    if results.size and max(int(results.max()), -int(results.min())) > LIMIT:
        raise DoesNotFit("A result has more than eleven digits before the point.")


def _check_product(*factors: Any, more: int = 0) -> None:
    """Refuse what would not fit 64 bits when factors are multiplied, doubled, and something more is added."""
    largest = 2
    for factor in factors:
        largest *= factor if isinstance(factor, int) else max(_largest(factor), 1)
    if largest + more > MOST:
        raise DoesNotFit("The scores are too fine, or the weights too large, for whole numbers of 64 bits.")


def _check_sum(numbers: Ints) -> None:
    if _largest(numbers) * len(numbers) > MOST:
        raise DoesNotFit("There are too many rows for sums of 64 bits.")


def _check_groups(starts: Ints, rows: int) -> None:
    edges = np.append(starts, rows)
    if not len(starts) or starts[0] != 0 or (np.diff(edges) < 1).any():
        raise ValueError("Groups begin at the first row, follow one another, and none is empty.")
