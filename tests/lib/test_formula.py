"""Formulas of KPIs: read as officers type them, reckoned exactly, refused in words of both languages."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.formula import (
    MOST_DEPTH,
    FormulaRefused,
    denominators_in,
    formula_faults,
    names_in,
    parse,
    reckon,
)

FIGURES = {"a": Decimal("94.5"), "b": Decimal(3), "c": Decimal(2)}


@pytest.mark.parametrize(
    ("expression", "reached"),
    [
        ("a / b * 100", Fraction(3150)),
        ("a ÷ b × ๑๐๐", Fraction(3150)),
        ("a / b x 100", Fraction(3150)),
        ("1,000 + b", Fraction(1003)),
        ("a - b - c", Fraction(895, 10)),
        ("a - (b - c)", Fraction(935, 10)),
        ("b / c / 2", Fraction(3, 4)),
        ("-b + c", Fraction(-1)),
        ("b * -c", Fraction(-6)),
        ("(b + c) / b", Fraction(5, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),
    ],
)
def test_a_formula_is_reckoned_exactly(expression: str, reached: Fraction) -> None:
    assert reckon(expression, FIGURES) == reached


@pytest.mark.parametrize(
    ("expression", "at", "told"),
    [
        ("", 0, "Write the formula"),
        ("a /", 4, "ends too early"),
        ("a / * b", 5, "missing before “×”"),
        ("a b", 3, "Put a sign"),
        ("(a + b", 1, "not closed"),
        ("a + b)", 6, "closes nothing"),
        ("a ^ b", 3, "cannot be read"),
        ("ก / b", 1, "cannot be read"),
        ("A / b", 1, "small Latin letters"),
        ("__import__('os')", 1, "cannot be read"),
        ("a" * 201, 0, "at most 200"),
        ("(" * (MOST_DEPTH + 1) + "a", MOST_DEPTH + 1, "inside each other"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_letter(expression: str, at: int, told: str) -> None:
    (fault,) = formula_faults(expression, ["a", "b"])

    assert (fault.at, told in fault.sentence) == (at, True)
    assert fault.sentence_th


def test_unknown_names_and_unused_inputs_are_told_together() -> None:
    told = [fault.sentence for fault in formula_faults("a / d + d / 0", ["a", "b"])]

    assert len(told) == 3
    assert [word in " ".join(told) for word in ("“d”", "“b”", "divided by 0")] == [True] * 3


@pytest.mark.parametrize(("figures", "told"), [({"a": 1}, "Give a figure for “b”"), ({"a": 1, "b": 0}, "that is 0")])
def test_what_cannot_be_reckoned_says_which_figure(figures: dict[str, int], told: str) -> None:
    with pytest.raises(FormulaRefused, match=told):
        reckon("a / b", figures)


def test_numerator_and_denominator_are_told_apart() -> None:
    formula = parse("(a + b) / (c - b) * 100 / 2")

    assert names_in(formula) == ["a", "b", "c"]
    assert denominators_in(formula) == ["c", "b"]
    assert denominators_in(parse("a * 100 / 2")) == []


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    for fault in formula_faults(text, ["a"]):
        assert fault.sentence
        assert fault.sentence_th


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_a_ratio_loses_no_digit(part: int, whole: int) -> None:
    assert reckon("a / b * 100", {"a": part, "b": whole}) == Fraction(part * 100, whole)
