"""What the scheme's rules add to a score or take from it."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from raprong.lib.scoring.card import Adjusted, Adjustment
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import AdjustmentKind, AdjustmentRule, Scheme


def adjust(
    value: Fraction | None, kpi: str | None, adjustments: Iterable[Adjusted], scheme: Scheme, *, places: int | None
) -> tuple[Fraction | None, tuple[Adjustment, ...]]:
    """Apply what was decided on one KPI, or with no code on the total, and tell the points of each.

    Every rule works on the score before any of them, so that their order does not matter. Per cent are rounded by
    themselves, half-up. A rule's ``most`` limits what it adds or takes in all. The outcome is never under nought nor
    above the highest score of the scheme. Without a score nothing changes, and the points are 0.
    """
    made = tuple(_applied(value, [a for a in adjustments if a.kpi == kpi], scheme, places))
    if value is None or not made:
        return value, made
    after = value + sum((Fraction(adjustment.points) for adjustment in made), Fraction(0))
    return min(max(after, Fraction(0)), max(Fraction(scheme.highest), value)), made


def _applied(
    value: Fraction | None, adjustments: Iterable[Adjusted], scheme: Scheme, places: int | None
) -> Iterable[Adjustment]:
    spent: dict[str, Fraction] = defaultdict(Fraction)
    for adjusted in adjustments:
        rule = scheme.rule(adjusted.rule)
        wanted = Fraction(0) if value is None else _points(rule, value, adjusted.count, places)
        points = _within(rule, wanted, spent[rule.code])
        spent[rule.code] += points
        written = half_up(points, places)
        yield Adjustment(rule.code, adjusted.kpi, adjusted.count, adjusted.because, written, limited=points != wanted)


def _points(rule: AdjustmentRule, value: Fraction, count: int, places: int | None) -> Fraction:
    amount = Fraction(rule.amount) * count
    return amount if rule.kind is AdjustmentKind.POINTS else Fraction(half_up(value * amount / 100, places))


def _within(rule: AdjustmentRule, wanted: Fraction, spent: Fraction) -> Fraction:
    """What is left of a rule's limit, with the sign that the rule has."""
    if rule.most is None:
        return wanted
    left = Fraction(rule.most) - abs(spent)
    return min(wanted, left) if wanted > 0 else max(wanted, -left)


def adjustment_faults(adjustments: Iterable[Adjusted], scheme: Scheme, codes: Iterable[str]) -> list[str]:
    """Say everything that is wrong with adjustments: a rule or a KPI that is not there, or the wrong one of the two."""
    known, rules = set(codes), {rule.code: rule for rule in scheme.rules}
    faults = []
    for adjusted in adjustments:
        rule = rules.get(adjusted.rule)
        if rule is None:
            faults.append(f"There is no rule {adjusted.rule} in the scheme.")
        elif (rule.on == "total") is not (adjusted.kpi is None):
            where = "the total: name no KPI" if rule.on == "total" else "a KPI: name which"
            faults.append(f"Rule {adjusted.rule} works on {where}.")
        elif adjusted.kpi is not None and adjusted.kpi not in known:
            faults.append(f"There is no KPI {adjusted.kpi} to adjust by rule {adjusted.rule}.")
        if adjusted.count < 1:
            faults.append(f"Rule {adjusted.rule} applies at least once, not {adjusted.count} times.")
    return faults
