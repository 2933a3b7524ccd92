import json
from decimal import Decimal
from typing import Any

import pytest

from raprong.lib.scoring.document import ScoringFaults, parse_document, score_document

FIVE = [[1, "20"], [2, "40"], [3, "60"], [4, "80"], [5, "100"]]


def kpi(**changes: Any) -> dict[str, Any]:
    return {"code": "1.1", "weight": "15", "levels": FIVE, "result": "59", **changes}


def document(*kpis: Any, **scheme: Any) -> dict[str, Any]:
    settings = {"places": 4, "weighted_places": 4, "total_places": 4, "below": "floor", **scheme}
    return {"scheme": settings, "kpis": list(kpis)}


def paths(refused: pytest.ExceptionInfo[ScoringFaults]) -> list[str]:
    return [fault.path for fault in refused.value.faults]


def test_one_kpi_is_scored_and_written_at_its_places() -> None:
    assert score_document(document(kpi())) == {
        "kpis": [{"code": "1.1", "score": "2.9500", "weighted": "0.4425"}],
        "total": "2.9500",
        "reported_weight": "15",
    }


def test_the_workbook_year_adds_up_to_3_5900() -> None:
    falling = [[1, 2401], [2, 2101], [3, 1801], [4, 1501], [5, 1201]]
    year = document(
        kpi(code="1.1", weight=15, result=59),
        kpi(code="1.2", weight=15, result=73),
        kpi(code="1.3", weight=15, levels=[[1, 14], [2, 13], [3, 12], [4, 11], [5, 10]], result=13),
        kpi(code="1.4", weight=10, levels=falling, result=1201),
        kpi(code="2.1", weight=20, levels=[[1, 92], [2, 93], [3, 94], [4, 95], [5, 96]], result=Decimal("94.5")),
        kpi(code="2.2", weight=15, levels=[[1, 40], [2, 50], [3, 60], [4, 60], [5, 70]], result=60),
        kpi(code="2.3", weight=10, levels=[[n, n] for n in range(1, 6)], result=5, kind="steps"),
    )

    answer = score_document(year)

    assert [kpi["score"] for kpi in answer["kpis"]] == [
        "2.9500", "3.6500", "2.0000", "5.0000", "3.5000", "4.0000", "5.0000",
    ]  # fmt: skip
    assert (answer["total"], answer["reported_weight"]) == ("3.5900", "100")


def test_a_missing_result_has_no_score_and_no_weight() -> None:
    answer = score_document(document(kpi(), kpi(code="1.2", weight="85", result=None)))

    assert answer["kpis"][1] == {"code": "1.2", "score": None, "weighted": None}
    assert (answer["total"], answer["reported_weight"]) == ("2.9500", "15")


def test_nothing_reported_has_no_total() -> None:
    answer = score_document(document(kpi(result=None)))

    assert (answer["total"], answer["reported_weight"]) == (None, "0")


def test_strings_integers_decimals_floats_and_thai_digits_count_the_same() -> None:
    written: list[Any] = ["59.5", Decimal("59.5"), 59.5, "๕๙.๕"]

    answers = [score_document(document(kpi(result=result))) for result in written]

    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["total"] == "2.9750"


def test_numbers_in_json_never_become_floats() -> None:
    parsed = parse_document('{"result": 0.12345678901234567890}')

    assert str(parsed["result"]) == "0.12345678901234567890"


def test_levels_may_be_written_from_the_highest() -> None:
    assert score_document(document(kpi(levels=FIVE[::-1])))["total"] == "2.9500"


def test_settings_left_out_are_those_of_the_five_level_scale() -> None:
    assert score_document({"kpis": [kpi(result="1")]})["total"] == "1.0000"


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ScoringFaults) as refused:
        score_document(
            document(
                kpi(code="1.1", weight="-1", result="NaN"),
                kpi(code="1.1", weight="heavy", levels=[[1, 20], [2, 40], [3, 30]]),
                kpi(code="", kind="guess"),
                "not a KPI",
                places=-1,
                plases=4,
            )
        )

    assert paths(refused) == [
        "scheme.places",
        "scheme.plases",
        "kpis[0].weight",
        "kpis[0].result",
        "kpis[1].weight",
        "kpis[1].levels",
        "kpis[2].kind",
        "kpis[2].code",
        "kpis[3]",
        "kpis[1].code",
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e3", "1,550", "", "1_000", True, [], float("inf"), {}])
def test_what_is_not_a_number_is_refused_in_words(number: Any) -> None:
    with pytest.raises(ScoringFaults, match="is not a number") as refused:
        score_document(document(kpi(weight=number)))

    assert paths(refused) == ["kpis[0].weight"]


@pytest.mark.parametrize(
    "number",
    [10**15, 10**5000, Decimal("1E+99999999"), Decimal("1E-21"), "9" * 100],
    ids=["sixteen digits", "five thousand digits", "huge exponent", "tiny", "long text"],
)
def test_an_outsize_number_is_refused_in_words(number: Any) -> None:
    with pytest.raises(ScoringFaults, match="is too long a number"):
        score_document(document(kpi(result=number)))


@pytest.mark.parametrize(
    "entry, path",
    [
        (kpi(levels=None), "kpis[0].levels"),
        (kpi(levels=[[1, 20, 3]]), "kpis[0].levels"),
        (kpi(levels=[[1, "x"], [2, 3]]), "kpis[0].levels[0][1]"),
        (kpi(levels=[[1, 20], [1, 30]]), "kpis[0].levels"),
        (kpi(kind="steps", result="1.5"), "kpis[0].result"),
        (kpi(weight=0), "kpis"),
        ({"code": "1.1", "levels": FIVE}, "kpis[0].weight"),
    ],
)
def test_each_faulty_part_is_pointed_at(entry: dict[str, Any], path: str) -> None:
    with pytest.raises(ScoringFaults) as refused:
        score_document(document(entry))

    assert paths(refused) == [path]


@pytest.mark.parametrize("written", [None, [], "text", {}, {"kpis": []}, {"kpis": {}}, {"scheme": 4, "kpis": []}])
def test_a_document_of_another_shape_is_refused(written: Any) -> None:
    with pytest.raises(ScoringFaults):
        score_document(written)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, '{"n": ' + "9" * 5000 + "}", '{"n": 1e9999999999999999999}'],
    ids=["empty", "cut off", "nested deep", "five thousand digits", "exponent out of reach"],
)
def test_text_that_is_not_readable_json_is_refused(text: str) -> None:
    with pytest.raises(ScoringFaults, match="JSON"):
        parse_document(text)


def test_nan_written_in_json_is_pointed_at() -> None:
    text = json.dumps(document(kpi(result=float("nan"))))

    with pytest.raises(ScoringFaults, match=r"kpis\[0\].result: NaN is not a number"):
        score_document(parse_document(text))


def test_a_name_written_twice_in_json_is_refused() -> None:
    with pytest.raises(ScoringFaults, match="result: This name is written twice"):
        parse_document('{"kpis": [{"code": "1.1", "result": 59, "result": 95}]}')
