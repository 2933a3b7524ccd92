"""The proof-reader against cases that an officer can read, and what holds for every text."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.thai.proofreading import Expected, Passage, Severity, corrected, official_papers, proofread
from raprong.lib.thai.proofreading.dates import in_digits
from raprong.lib.thai.proofreading.reader import MOST_TOLD
from raprong.lib.thai.proofreading.settings import CODES

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "proofreading.yaml").read_text("utf-8"))
thai_texts = st.text(st.sampled_from('กขคนปพเแโำาะัิี่้ํๆฯล ()“”"123๑๒พศ.\n\u200b'), max_size=60)


def passage_of(case: dict[str, Any]) -> Passage:
    return Passage(case.get("place", "text"), case["words"], required=case.get("required", False))


def expected_of(case: dict[str, Any]) -> Expected:
    return Expected(
        names=tuple(case.get("names", ())),
        other_agencies=tuple(case.get("other_agencies", ())),
        thai_digits=case.get("digits", "thai") == "thai",
        kind=case.get("kind", ""),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_finds_what_a_careful_clerk_would_mark(case: dict[str, Any]) -> None:
    found = proofread([passage_of(case)], expected_of(case))

    marked: dict[str, list[str]] = {}
    for finding in sorted(found, key=lambda finding: finding.begin):
        marked.setdefault(finding.code, []).append(finding.words)
    assert marked == case["finds"]
    assert all(finding.english and finding.thai for finding in found)


@pytest.mark.parametrize("case", [case for case in CASES if "corrected" in case], ids=lambda case: case["name"])
def test_corrects_where_there_is_one_right_way(case: dict[str, Any]) -> None:
    passage = passage_of(case)

    assert corrected(passage.words, proofread([passage], expected_of(case))) == case["corrected"]


@pytest.mark.parametrize("case", [case for case in CASES if "corrected" not in case], ids=lambda case: case["name"])
def test_leaves_the_text_alone_where_the_writer_must_decide(case: dict[str, Any]) -> None:
    passage = passage_of(case)

    assert corrected(passage.words, proofread([passage], expected_of(case))) == passage.words


def test_digits_are_mixed_across_the_places_of_one_paper() -> None:
    paper = [Passage("subject", "รอบ ๑๒ เดือน"), Passage("paragraphs", "ได้ 4.01 คะแนน")]

    found = proofread(paper, Expected())

    assert [(finding.place, finding.code) for finding in found] == [("paragraphs", "digits-mixed")]


def test_what_is_empty_comes_before_all_else() -> None:
    paper = [Passage("paragraphs", "ต่างๆ"), Passage("subject", "", required=True)]

    found = proofread(paper, Expected())

    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.NOTICE]


def test_every_rule_has_a_severity_and_both_names() -> None:
    rules = official_papers().rules

    assert [rule.code for rule in rules] == list(CODES)
    assert all(rule.title_th and rule.title_en for rule in rules)


def test_every_rule_has_a_case() -> None:
    shown = {code for case in CASES for code in case["finds"]}

    assert set(CODES) - shown == set()


def test_figures_are_written_in_one_kind_of_digits() -> None:
    assert in_digits("รอบ 12 ตามแบบ F-12", thai_digits=True) == "รอบ ๑๒ ตามแบบ F-12"


@given(thai_texts)
def test_what_was_corrected_needs_no_further_correction(words: str) -> None:
    """Corrections may open the eye for others, but they come to an end."""
    for _round in range(8):
        found = proofread([Passage("text", words)], Expected())
        if (better := corrected(words, found)) == words:
            return
        words = better
    pytest.fail(f"still being corrected: {words!r}")


@given(thai_texts)
def test_every_finding_points_at_its_words(words: str) -> None:
    for finding in proofread([Passage("text", words)], Expected()):
        assert finding.words.removesuffix("…") in words
        assert 0 <= finding.begin <= len(words)


def test_of_countless_faults_the_gravest_are_told() -> None:
    paper = [Passage("text", "ต่างๆ" * 1_000), Passage("subject", "", required=True)]

    found = proofread(paper, Expected())

    assert len(found) == MOST_TOLD
    assert found[0].code == "empty"
