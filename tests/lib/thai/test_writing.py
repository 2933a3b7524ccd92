"""One way of writing: what people typed differently is the same, and what sounds differently is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.thai.writing import holds_word, one_way, parts_of, words_of


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("นํ้า", "น้ำ"),  # nikhahit, tone and sara aa for tone and sara am
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),  # the tone after sara am
        ("ก่ิง", "กิ่ง"),  # the tone before the vowel
        ("รู้้", "รู้"),  # a tone typed twice
        ("เเผน", "แผน"),  # two เ for one แ
        ("ร้อยละ ๘๐", "ร้อยละ 80"),
        ("ความ พึง พอใจ", "ความพึงพอใจ"),
        ("ข\u200bอ", "ขอ"),
        ("  Open \u00a0 DATA ", "open data"),
    ],
)
def test_what_people_type_differently_is_written_one_way(typed: str, other: str) -> None:
    assert one_way(typed) == one_way(other)


def test_words_that_sound_differently_stay_apart() -> None:
    words = ["ขาว", "ข่าว", "ข้าว"]

    found = {
        word: [text for text in words if holds_word(one_way(f"ร้อยละของ{text}สาร"), one_way(word))] for word in words
    }

    assert found == {word: [word] for word in words}


def test_a_word_is_found_inside_a_sentence_without_spaces() -> None:
    assert holds_word(one_way("ร้อยละความพึงพอใจของผู้รับบริการ"), one_way("พึงพอใจ"))


@pytest.mark.parametrize(("text", "word"), [("ข่า", "ข"), ("ขาวัน", "ขาว"), ("นำ", "น"), ("รัก", "ร")])
def test_a_letter_is_not_found_without_the_marks_it_carries(text: str, word: str) -> None:
    assert not holds_word(one_way(text), one_way(word))


def test_a_later_place_is_found_where_the_first_does_not_count() -> None:
    assert holds_word(one_way("ขาวันนี้และผ้าขาว"), "ขาว")


def test_what_is_asked_for_falls_into_words() -> None:
    assert words_of(" งบประมาณ  ๒๕๖๙ งบประมาณ \u200b") == ("งบประมาณ", "2569")


def test_matches_are_marked_in_the_text_as_typed() -> None:
    parts = parts_of("แก้ปัญหานํ้า ท่วม ๒ ครั้ง", words_of("น้ำท่วม 2"))

    assert parts == [("แก้ปัญหา", False), ("นํ้า ท่วม", True), (" ", False), ("๒", True), (" ครั้ง", False)]


def test_nothing_asked_for_marks_nothing() -> None:
    assert parts_of("ผ้าขาว", ()) == [("ผ้าขาว", False)]
    assert parts_of("", ("ขาว",)) == []


@given(st.text(alphabet="กขว าำิ่้ํเแ๐1 aB\u200b", max_size=30), st.text(alphabet="กขวา่้ 1a", max_size=4))
def test_writing_is_settled_and_marking_loses_nothing(text: str, asked: str) -> None:
    parts = parts_of(text, words_of(asked))

    assert one_way(one_way(text)) == one_way(text)
    assert all(
        any(found for _part, found in parts_of(text, [word]))
        for word in words_of(asked)
        if holds_word(one_way(text), word)
    )
    assert "".join(part for part, _found in parts) == text
