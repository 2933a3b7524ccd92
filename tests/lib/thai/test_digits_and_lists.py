from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.thai.digits import to_arabic_digits, to_thai_digits, to_thai_digits_in_prose
from raprong.lib.thai.names import join_english, join_thai


@pytest.mark.parametrize(
    "value, thai",
    [
        (2570, "๒๕๗๐"),
        (-3, "-๓"),
        ("ข้อ 1.01", "ข้อ ๑.๐๑"),
        (Decimal("3.5900"), "๓.๕๙๐๐"),
        (Decimal("1E+3"), "๑๐๐๐"),
        (Decimal("0.0000001"), "๐.๐๐๐๐๐๐๑"),
    ],
)
def test_digits_are_written_in_thai(value: str | int | Decimal, thai: str) -> None:
    assert to_thai_digits(value) == thai


@pytest.mark.parametrize(
    "address", ["plan01@hss.go.th", "https://raprong.example/c/7K2", "www.opdc4.example", "ops2.moph.go.th/2570"]
)
def test_an_address_among_figures_keeps_its_digits(address: str) -> None:
    assert to_thai_digits_in_prose(f"ส่งภายใน 5 วันที่{address} (ISO 9001)") == f"ส่งภายใน ๕ วันที่{address} (ISO ๙๐๐๑)"


@given(st.text(alphabet="0123456789 .,-กขค"))
def test_thai_digits_read_back_as_they_were(text: str) -> None:
    assert to_arabic_digits(to_thai_digits(text)) == text


@pytest.mark.parametrize(
    "words, thai, english",
    [
        ([], "", ""),
        (["ก"], "ก", "ก"),
        (["ก", "ข"], "ก และ ข", "ก and ข"),
        (["ก", "ข", "ค"], "ก, ข และ ค", "ก, ข and ค"),
    ],
)
def test_lists_read_as_in_a_sentence(words: list[str], thai: str, english: str) -> None:
    assert join_thai(words) == thai
    assert join_english(words) == english
