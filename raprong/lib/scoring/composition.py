"""A final score out of parts, such as 70 for results and 30 for competency."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from raprong.lib.scoring.card import ComposedPart, Composition
from raprong.lib.scoring.rounding import half_up, sum_exactly
from raprong.lib.scoring.scheme import Scheme, SchemePart


def compose(points: Mapping[str, Decimal | Fraction | None], scheme: Scheme) -> Composition:
    """Put a final score together: each part's points ÷ its full points × its weight, rounded as the part says.

    A part may be rounded step by step, at 3 places and then at 2, as DPIS does: 47.9948 is 47.995 and then 48.00, where
    rounding once gives 47.99. Points may be a fraction, such as a total that the scheme does not round: it counts as
    it is. A part without points has no worth, and then there is no final score. Points of a part that the scheme has
    not are refused with ``ValueError``.
    """
    unknown = points.keys() - {part.code for part in scheme.parts}
    if unknown:
        raise ValueError(f"The scheme has no part {', '.join(sorted(unknown))}.")
    parts = tuple(_composed(part, points.get(part.code)) for part in scheme.parts)
    worths = [part.worth for part in parts if part.worth is not None]
    return Composition(parts, sum_exactly(worths) if len(worths) == len(parts) else None)


def _composed(part: SchemePart, points: Decimal | Fraction | None) -> ComposedPart:
    if points is None:
        return ComposedPart(part.code, None, part.full, part.weight)
    written = half_up(points, None) if isinstance(points, Fraction) else points
    exact = Fraction(points) * Fraction(part.weight) / Fraction(part.full)
    return ComposedPart(part.code, written, part.full, part.weight, exact, _rounded(part, exact))


def _rounded(part: SchemePart, exact: Fraction) -> tuple[Decimal, ...]:
    if not part.places:
        return (half_up(exact, None),)
    roundings: list[Decimal] = []
    for places in part.places:
        roundings.append(half_up(roundings[-1] if roundings else exact, places))
    return tuple(roundings)
