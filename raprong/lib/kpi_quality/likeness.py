"""How much alike the names of two KPIs are."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, product

from raprong.lib.kpi_quality.settings import QualityRules
from raprong.lib.thai.writing import one_way


def likeness(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """The share of letter runs that two names have in common: twice the common ones by all (Dice), 0 to 1."""
    whole = len(one) + len(other)
    return Fraction(2 * len(one & other), whole) if whole else Fraction(0)


def runs_of(title: str, rules: QualityRules) -> frozenset[str]:
    """The runs of letters of a name without the words that say nothing; none where too little of it is left.

    Spaces, digits' script, marks typed in another order and case make no difference.
    """
    left = one_way(title)
    for word in _longest_first(rules.passed_over):
        left = left.replace(word, " ")
    letters = "".join(letter for letter in left if letter.isalpha() or "\u0e30" <= letter <= "\u0e4e")
    if len(letters) < rules.fewest_letters:
        return frozenset()
    digits = "".join(letter for letter in left if letter.isdigit())
    size = rules.letters_together
    return frozenset(letters[at : at + size] for at in range(len(letters) - size + 1)) | frozenset(digits)


def alike_pairs(
    titles: Sequence[str], rules: QualityRules, *, only: int | None = None
) -> Iterator[tuple[int, int, Fraction]]:
    """The pairs of names that are nearly the same, by their places, the earlier one first.

    With ``only`` a place, just the pairs in which that name is the later one.
    """
    held = [(place, runs) for place, title in enumerate(titles) if (runs := runs_of(title, rules))]
    later = [one for one in held if one[0] == only]
    earlier = [one for one in held if only is not None and one[0] < only]
    pairs = combinations(held, 2) if only is None else product(earlier, later)
    least, whole = rules.alike_exactly.as_integer_ratio()
    for (one, first), (other, second) in pairs:
        needed = least * (len(first) + len(second))
        if 2 * min(len(first), len(second)) * whole >= needed and 2 * len(first & second) * whole >= needed:
            yield one, other, likeness(first, second)


@cache
def _longest_first(words: tuple[str, ...]) -> list[str]:
    return sorted(map(one_way, words), key=len, reverse=True)
