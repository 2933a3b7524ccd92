"""Levels of every scale on the papers that print them."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from raprong.documents import render, sample
from raprong.documents.agreement.shape import Agreement
from raprong.documents.parts import Levels, levels_from
from raprong.documents.score_table.shape import ScoreTable

WORDS = levels_from([("1", "no plan of any kind"), ("2", ""), ("3", "planned"), ("4", ""), ("5", "done as planned")])


def text_of(paper: object) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(render(paper))).pages)  # type: ignore[arg-type]


def test_five_levels_are_those_that_papers_have_always_had() -> None:
    five = levels_from([(str(level), str(90 + level)) for level in range(1, 6)])

    assert five == Levels("91", "92", "93", "94", "95")


def test_a_scale_of_its_own_names_its_levels() -> None:
    three = levels_from([("50", "80"), ("75", "90"), ("100", "95")])
    six = levels_from([(str(level), str(level)) for level in range(6)], note="แผน 200")

    assert (three.scores, three.three, three.four) == (("50", "75", "100"), "95", "")
    assert (six.five, six.more, six.note) == ("4", ("5",), "แผน 200")


@pytest.mark.parametrize("scores", [("50", "75", "100"), ("0", "1", "2", "3", "4", "5")])
def test_an_agreement_prints_a_column_for_each_level_of_its_scale(scores: tuple[str, ...]) -> None:
    paper = sample("agreement")
    assert isinstance(paper, Agreement)
    levels = levels_from([(score, f"{number}7") for number, score in enumerate(scores, start=1)])
    kpis = tuple(replace(kpi, levels=levels) for kpi in paper.kpis)

    printed = text_of(replace(paper, kpis=kpis, thai_digits=False))

    for number, score in enumerate(scores, start=1):
        assert score in printed
        assert f"{number}7" in printed


def test_words_that_fit_no_column_stand_beneath_each_other_with_their_levels() -> None:
    paper = sample("score_table")
    assert isinstance(paper, ScoreTable)
    wordy = replace(paper, rows=(replace(paper.rows[0], levels=replace(WORDS, note="แผน 200")), *paper.rows[1:]))

    printed = text_of(replace(wordy, thai_digits=False))

    for words in (
        "200",
        "no plan of any kind",
        "done as planned",
    ):  # in Latin letters, which a PDF gives back as they are
        assert words in printed
