"""Documents with what the first format did not have: criteria of every kind, statuses, parts, adjustments."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raprong.lib.scoring.card import Status
from raprong.lib.scoring.criteria import Kind
from raprong.lib.scoring.document import ScoringFaults, document_of, parse_document, score_document
from raprong.lib.scoring.document_reading import Reading
from raprong.lib.scoring.scheme import read_schemes

FIVE = [[1, "20"], [2, "40"], [3, "60"], [4, "80"], [5, "100"]]
LADDER = {"kind": "ladder", "levels": FIVE}
YES_NO = {"kind": "yes_no", "yes": 5, "no": 1}
CHOICE = {"kind": "choice", "options": [{"score": 1, "title": "ไม่มี"}, {"score": 5, "title": "มี"}]}
STEPS = {"kind": "steps", "levels": [[n, n] for n in range(1, 6)]}
EVERYTHING = Path(__file__).parent / "documents" / "everything.json"


def kpi(**changes: Any) -> dict[str, Any]:
    return {"code": "1.1", "weight": "15", "criteria": LADDER, "result": "59", **changes}


def refused(document: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ScoringFaults) as faults:
        score_document(document)
    return {fault.path: fault.sentence for fault in faults.value.faults}


def test_new_things_are_answered_in_full() -> None:
    answer = score_document({"kpis": [kpi(), kpi(code="2", weight=5, result=None, status="cancelled")]})

    assert answer == {
        "kpis": [
            {"code": "1.1", "score": "2.9500", "weighted": "0.4425", "status": "reported", "calculated": "2.9500"},
            {"code": "2", "score": None, "weighted": None, "status": "cancelled", "calculated": None},
        ],
        "total": "2.9500",
        "reported_weight": "15",
        "subtotal": "2.9500",
        "adjustments": [],
        "total_weight": "20",
        "counted_weight": "15",
        "awaited_weight": "0",
        "provisional": False,
        "band": None,
    }


def test_an_explanation_comes_only_when_it_is_asked_for() -> None:
    plain, told = (score_document({"kpis": [kpi()]}, explain=explain) for explain in (False, True))

    assert "explained" not in plain
    assert told["explained"]["path"] == "total"


@pytest.mark.parametrize(
    "criteria, result, score",
    [
        (YES_NO, True, "5.0000"),
        (YES_NO, "ไม่ใช่", "1.0000"),
        (YES_NO, 0, "1.0000"),
        (CHOICE, "มี", "5.0000"),
        (CHOICE, 1, "1.0000"),
        (STEPS, [1, 2, 4], "2.0000"),
        (STEPS, "4", "4.0000"),
        ({**STEPS, "fractions": True}, "3.5", "3.5000"),
    ],
)
def test_a_result_is_written_as_its_kind_is_spoken_of(criteria: Any, result: Any, score: str) -> None:
    answer = score_document({"kpis": [kpi(criteria=criteria, result=result)]})

    assert answer["total"] == score


def test_parts_may_stand_inside_their_parent_or_name_it() -> None:
    parts = [kpi(code="1.1", weight=2, result=60), kpi(code="1.2", weight=3, result=100)]
    inside = {"kpis": [{"code": "1", "weight": 100, "parts": parts}]}
    named = {"kpis": [{"code": "1", "weight": 100}, *({**part, "parent": "1"} for part in parts)]}

    answers = [score_document(document) for document in (inside, named)]

    assert answers[0] == answers[1]
    assert answers[0]["total"] == "4.2000"
    assert [one.get("parent") for one in answers[0]["kpis"]] == [None, "1", "1"]


def test_the_round_of_the_document_is_that_of_every_kpi_without_its_own() -> None:
    rounds = [{"months": 6, "levels": [[1, 1], [5, 3]]}, {"months": 12, "levels": [[1, 2], [5, 6]]}]
    milestones = {"kind": "milestones", "rounds": rounds}
    kpis = [kpi(criteria=milestones, result=3), kpi(code="2", criteria=milestones, result=3, months=12)]

    answer = score_document({"months": 6, "kpis": kpis})

    assert [one["score"] for one in answer["kpis"]] == ["5.0000", "1.0000"]


def test_another_scheme_may_be_used_instead_of_the_documents_own() -> None:
    scheme = read_schemes()["five-level-two-places"]

    answer = score_document({"scheme": {"places": 0}, "kpis": [kpi()]}, scheme=scheme)

    assert answer["total"] == "2.95"


def test_what_a_card_is_made_from_can_be_written_and_scored_again() -> None:
    document = parse_document(EVERYTHING.read_text(encoding="utf-8"))
    read = Reading().document(document, None)

    written = document_of(read.kpis, read.scheme, read.adjustments, given=read.given)

    assert score_document(parse_document(json.dumps(written))) == score_document(document)


def test_every_fault_of_every_part_is_told_at_once() -> None:
    told = refused(
        {
            "scheme": {"bands": [{"code": "a", "title_th": "ก", "title_en": "A", "up_to": 3, "colour": "pink"}]},
            "months": 13,
            "given": {"x": "many"},
            "adjustments": [{"rule": "late", "kpi": "1.1", "count": 0}],
            "kpis": [
                kpi(criteria={"kind": "bands", "bands": [{"score": 1, "from": 5, "to": 1}], "colour": "red"}),
                kpi(code="2", criteria={"kind": "guess"}),
                kpi(code="3", status="gone"),
                kpi(code="4", status="missing"),
                kpi(code="5", parent="9"),
                kpi(code="6", criteria=CHOICE, result=3),
                kpi(code="7", criteria=YES_NO, result="maybe"),
                kpi(code="8", overridden="-1"),
                kpi(code="9.1", result=None, status="reported"),
                {"code": "10", "weight": 5, "parts": "none"},
            ],
        }
    )

    assert set(told) >= {
        "scheme.bands[0].colour",
        "months",
        "given.x",
        "adjustments[0].count",
        "kpis[0].criteria.colour",
        "kpis[0].criteria.bands",
        "kpis[0].criteria.bands[0].to",
        "kpis[1].criteria.kind",
        "kpis[2].status",
        "kpis[3].result",
        "kpis[4].parent",
        "kpis[5].result",
        "kpis[6].result",
        "kpis[7].overridden",
        "kpis[8].result",
        "kpis[9].parts",
    }


@pytest.mark.parametrize(
    "criteria, path",
    [
        ({"kind": "ladder", "levels": [[1, 20], [2, 40], [3, 30]]}, "levels"),
        ({"kind": "steps", "levels": [[1, "0.5"], [2, 1]]}, "levels"),
        ({"kind": "steps", "levels": [[1, 1], [2, 2]], "fractions": "yes"}, "fractions"),
        ({"kind": "bands", "bands": "60-80"}, "bands"),
        ({"kind": "yes_no", "yes": 5, "no": 5}, "yes"),
        ({"kind": "choice", "options": [{"score": 1, "title": "a"}, {"score": 2, "title": "a"}]}, "options[1].title"),
        ({"kind": "milestones", "rounds": [{"months": 0, "levels": [[1, 1], [2, 2]]}]}, "rounds[0].months"),
        ({"kind": "deviation", "plan": 0, "levels": [[0, 20], [5, 10]]}, "plan"),
        ({"kind": "deviation", "plan": 5, "plans": {"6": 0}, "levels": [[0, 20], [5, 10]]}, "plans.6"),
        ({"kind": "deviation", "plan": 5, "side": "left", "levels": [[0, 20], [5, 10]]}, "side"),
    ],
)
def test_criteria_are_refused_at_their_place(criteria: dict[str, Any], path: str) -> None:
    assert list(refused({"kpis": [kpi(criteria=criteria, result=None)]})) == [f"kpis[0].criteria.{path}"]


@pytest.mark.parametrize(
    "document, path",
    [
        ({"kpis": [kpi(parent="1.1")]}, "kpis[0].parent"),
        ({"kpis": [{"code": "1", "weight": 5}, kpi(parent="1", weight=0)]}, "kpis[0]"),
        ({"kpis": [kpi(parent="2"), kpi(code="2", parent="1.1")]}, "kpis[0].parent"),
        ({"kpis": [kpi()], "adjustments": [{"rule": "late"}]}, "adjustments[0].rule"),
        ({"kpis": [kpi()], "adjustments": "late"}, "adjustments"),
        ({"kpis": [kpi()], "given": {"competency": 4}}, "given.competency"),
        ({"kpis": [kpi()], "given": 4}, "given"),
    ],
)
def test_what_does_not_belong_together_is_refused(document: dict[str, Any], path: str) -> None:
    assert path in refused(document)


def test_a_rule_works_on_what_it_says() -> None:
    rules = [
        {"code": "late", "on": "kpi", "kind": "points", "amount": "-0.2"},
        {"code": "bonus", "on": "total", "kind": "percent", "amount": 5},
    ]
    made = [{"rule": "late"}, {"rule": "bonus", "kpi": "1.1"}, {"rule": "late", "kpi": "9"}]

    told = refused({"scheme": {"rules": rules}, "kpis": [kpi()], "adjustments": made})

    assert list(told) == ["adjustments[0].kpi", "adjustments[1].kpi", "adjustments[2].kpi"]


def test_parts_without_end_are_refused() -> None:
    deep = kpi(code="0")
    for number in range(1, 50):
        deep = {"code": str(number), "weight": 1, "parts": [deep]}

    assert any("at most 8 deep" in sentence for sentence in refused({"kpis": [deep]}).values())


NAMES = st.sampled_from(
    [
        *(
            "scheme",
            "kpis",
            "code",
            "weight",
            "criteria",
            "kind",
            "levels",
            "bands",
            "options",
            "rounds",
            "plan",
            "plans",
        ),
        *(
            "result",
            "status",
            "parts",
            "parent",
            "months",
            "overridden",
            "adjustments",
            "given",
            "rule",
            "kpi",
            "count",
        ),
        *("score", "from", "to", "title", "yes", "no", "places", "rules", "on", "amount", "statuses", "cap", "because"),
    ]
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 200), st.floats(), st.sampled_from(["1", "x", *Kind, *Status])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=12,
)


def told(document: Any) -> list[str]:
    """What a person is told: the total, or what to do about each fault."""
    try:
        return [str(score_document(document, explain=True)["total"])]
    except ScoringFaults as refused:
        return [fault.sentence for fault in refused.faults]


@given(VALUES, VALUES, st.lists(VALUES, max_size=3))
@settings(max_examples=100)
def test_any_document_is_scored_or_refused_in_words(scheme: Any, points: Any, kpis: list[Any]) -> None:
    sentences = told({"scheme": scheme, "given": points, "adjustments": scheme, "kpis": [*kpis, kpi()]})

    assert sentences
    assert all(sentences)


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=4), min_size=1, max_size=2))
@settings(max_examples=100)
def test_any_kpi_is_scored_or_refused_in_words(changes: list[dict[str, Any]]) -> None:
    sentences = told({"kpis": [kpi(code=str(n)) | change for n, change in enumerate(changes)]})

    assert sentences
    assert all(sentences)
