"""A random sample that anybody can draw again, and that nobody could steer."""

from collections.abc import Iterable
from hashlib import sha256


def drawn(seed: str, names: Iterable[str], *, per_hundred: int) -> tuple[str, ...]:
    """Draw a share of a unit's KPIs by a published seed: of 10 per hundred, one of 1 to 10, two of 11 to 20.

    Each name is hashed with the seed, SHA-256 of `seed:name` in UTF-8, and those whose digests come first in order are
    drawn. So the order of the names does not matter, every unit is drawn by itself, and whoever knows the seed and the
    names draws the same. Names that stand twice count once. Refused: a share outside 1 to 100.
    """
    if not 1 <= per_hundred <= 100:
        raise ValueError("The share lies between 1 and 100 of a hundred.")
    ordered = sorted(set(names), key=lambda name: (digest_of(seed, name), name))
    return tuple(ordered[: -(-len(ordered) * per_hundred // 100)])


def digest_of(seed: str, name: str) -> str:
    """The place of a name in the draw, as hexadecimal."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()
