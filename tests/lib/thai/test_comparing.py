"""What changed between two versions of a text, so that a person can read it."""

from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.thai.comparing import changes

texts = st.text(st.sampled_from("กขคำน้ {}unit 12๑"), max_size=40)


def test_a_changed_word_is_told_whole() -> None:
    assert changes("เรียน ผู้อำนวยการสำนัก", "เรียน อธิบดี") == [
        ("same", "เรียน "),
        ("out", "ผู้อำนวยการสำนัก"),
        ("in", "อธิบดี"),
    ]


def test_a_field_is_one_piece() -> None:
    assert changes("ของ{unit} ปี", "ของ{agency} ปี") == [
        ("same", "ของ"),
        ("out", "{unit}"),
        ("in", "{agency}"),
        ("same", " ปี"),
    ]


def test_the_same_text_has_stayed() -> None:
    assert changes("คงเดิม", "คงเดิม") == [("same", "คงเดิม")]


@given(texts, texts)
def test_both_texts_can_be_read_from_what_changed(before: str, after: str) -> None:
    found = changes(before, after)

    assert "".join(words for kind, words in found if kind != "in") == before
    assert "".join(words for kind, words in found if kind != "out") == after
