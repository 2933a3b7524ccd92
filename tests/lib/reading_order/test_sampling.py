"""The draw is the same for everybody, and for every order of the names."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from raprong.lib.reading_order.sampling import drawn

NAMES = some.lists(some.text(min_size=1, max_size=12), max_size=40)
SHARES = some.integers(min_value=1, max_value=100)


@given(some.text(max_size=20), NAMES, SHARES, some.randoms())
def test_the_order_of_names_does_not_matter(seed: str, names: list[str], share: int, chance: object) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert drawn(seed, names, per_hundred=share) == drawn(seed, shuffled, per_hundred=share)


@given(some.text(max_size=20), NAMES, SHARES)
def test_the_share_is_rounded_up_and_nothing_is_drawn_twice(seed: str, names: list[str], share: int) -> None:
    found, known = drawn(seed, names, per_hundred=share), set(names)

    assert len(found) == len(set(found)) == (len(known) * share + 99) // 100
    assert set(found) <= known


@given(some.text(max_size=20), NAMES, SHARES)
def test_a_larger_share_holds_the_smaller(seed: str, names: list[str], share: int) -> None:
    smaller = drawn(seed, names, per_hundred=share)

    assert drawn(seed, names, per_hundred=100)[: len(smaller)] == smaller


@given(some.text(max_size=20), NAMES.filter(bool), SHARES, some.text(min_size=1, max_size=12))
def test_one_more_name_pushes_out_one_at_most(seed: str, names: list[str], share: int, more: str) -> None:
    before, after = drawn(seed, names, per_hundred=share), drawn(seed, [*names, more], per_hundred=share)

    assert len(set(before) - set(after)) <= 1


def test_a_pencil_and_a_hash_draw_the_same() -> None:
    names = ["1.1", "1.2", "1.3", "1.4"]
    by_hand = sorted(names, key=lambda name: sha256(f"แล้วแต่ดวง:{name}".encode()).hexdigest())

    assert list(drawn("แล้วแต่ดวง", names, per_hundred=50)) == by_hand[:2]


@pytest.mark.parametrize("share", [0, 101, -5])
def test_an_impossible_share_is_refused(share: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 100"):
        drawn("seed", ["1.1"], per_hundred=share)
