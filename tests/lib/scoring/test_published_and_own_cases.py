"""The rules of scoring against cases a planning officer can read and correct, in cases/*.yaml."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from raprong.lib.scoring.card import Adjusted, Status
from raprong.lib.scoring.composition import compose
from raprong.lib.scoring.criteria import Ladder, place
from raprong.lib.scoring.document_criteria import read_criteria, read_result
from raprong.lib.scoring.document_faults import Faults
from raprong.lib.scoring.ladder import Below, Rung, score_on_ladder
from raprong.lib.scoring.rollup import MeasuredKpi, mean_score, percent_of_scale, score_card, sum_of_parts
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme, read_schemes, scheme_as_data, scheme_from_data
from raprong.lib.scoring.steps import consecutive_steps, score_on_steps
from raprong.lib.scoring.weighting import add_bonus, deduct, weighted_score

CASES = Path(__file__).parent / "cases"
SCHEMES = read_schemes()
Case = dict[str, Any]


def cases_of(name: str) -> Callable[..., Any]:
    # Numbers stay the text that is written, so that no float comes between the case and the rule.
    read = yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return pytest.mark.parametrize("case", read, ids=[case["name"] for case in read])


def number(case: Case, key: str) -> Decimal:
    return Decimal(case[key])


def rungs(pairs: list[list[str]]) -> list[Rung]:
    return [Rung(at=Decimal(at), score=Decimal(level)) for level, at in pairs]


def assert_weighted(case: Case, score: Decimal, places: int) -> None:
    if "weighted" in case:
        base = Decimal(100)
        assert weighted_score(score, number(case, "weight"), weight_base=base, places=places) == number(
            case, "weighted"
        )


@cases_of("ladder")
def test_ladder(case: Case) -> None:
    score = half_up(score_on_ladder(number(case, "result"), rungs(case["ladder"]), below=Below(case["below"])), 4)

    assert str(score) == case["score"]


@cases_of("published-ladder")
def test_published_ladder(case: Case) -> None:
    places = int(case["places"])
    exact = score_on_ladder(number(case, "result"), rungs(case["ladder"]), below=Below(case["below"]))

    assert str(half_up(exact, places)) == case["score"]
    assert_weighted(case, half_up(exact, places), places)


@cases_of("steps")
def test_steps(case: Case) -> None:
    done = Decimal(consecutive_steps({int(step) for step in case["done"]}))

    score = half_up(score_on_steps(done, rungs(case["steps"]), below=Below(case["below"])), 4)

    assert str(score) == case["score"]
    assert_weighted(case, score, 4)


@cases_of("weighting")
def test_weighting(case: Case) -> None:
    weighted = weighted_score(number(case, "score"), number(case, "weight"), weight_base=number(case, "base"), places=4)

    assert str(weighted) == case["weighted"]


@cases_of("deduction")
def test_deduction(case: Case) -> None:
    left = deduct(number(case, "score"), missed=int(case["missed"]), per_miss=number(case, "per_miss"), places=4)

    assert str(left) == case["left"]
    assert_weighted(case, left, 4)


@cases_of("bonus")
def test_bonus(case: Case) -> None:
    subtotal = number(case, "subtotal")
    if "parts" in case:
        assert sum_of_parts([Decimal(part) for part in case["parts"]], places=3) == subtotal

    with_bonus = add_bonus(subtotal, percent=number(case, "percent"), cap=number(case, "cap"), places=3)

    assert (str(with_bonus.bonus), str(with_bonus.total)) == (case["bonus"], case["total"])


@cases_of("mean")
def test_mean(case: Case) -> None:
    mean = mean_score(number(case, "points"), int(case["count"]), places=int(case["places"]))

    assert str(mean) == case["mean"]
    if "percent" in case:
        assert str(percent_of_scale(number(case, "points"), number(case, "full"), places=2)) == case["percent"]


@cases_of("totals")
def test_totals(case: Case) -> None:
    levels = tuple(Rung(at=Decimal(20 * level), score=Decimal(level)) for level in range(1, 6))
    scheme = Scheme(
        places=int(case.get("places", 4)), round_score_first=case.get("round_score_first", "true") == "true"
    )
    kpis = [
        MeasuredKpi(code, Decimal(weight), Ladder(levels), None if result == "-" else Decimal(result))
        for code, weight, result in case["kpis"]
    ]

    card = score_card(kpis, scheme)

    assert (str(card.total) if card.total is not None else "-") == case["total"]
    assert str(card.reported_weight) == case["reported_weight"]


@cases_of("criteria")
def test_criteria_of_every_kind(case: Case) -> None:
    faults = Faults()
    criteria = read_criteria("criteria", case["criteria"] | fractions_of(case["criteria"]), faults)
    result = read_result("result", case["result"], criteria, faults)
    assert criteria is not None
    assert result is not None

    months = int(case["months"]) if "months" in case else None
    placing = place(criteria, result, below=SCHEMES[case["scheme"]].below, months=months)

    assert not faults.found
    assert placing.raw == Fraction(case["score"])


@cases_of("cards")
def test_cards(case: Case) -> None:
    scheme = scheme_of(case)
    kpis = [kpi_of(entry, scheme) for entry in case["kpis"]]
    adjustments = [
        Adjusted(made["rule"], made.get("kpi"), int(made.get("count", 1))) for made in case.get("adjustments", [])
    ]

    card = score_card(kpis, scheme, adjustments)

    assert str(card.total) == case["total"]
    assert str(card.subtotal) == case.get("subtotal", str(card.subtotal))
    assert {code: str(card.kpi(code).score) for code in case.get("scores", {})} == case.get("scores", {})
    weights = (card.counted_weight, card.reported_weight, card.awaited_weight)
    assert weights == (number(case, "counts"), number(case, "reported"), number(case, "awaited"))
    assert card.provisional is (number(case, "awaited") > 0)


@cases_of("composition")
def test_final_scores(case: Case) -> None:
    scheme = SCHEMES[case["scheme"]]

    composition = compose({code: Decimal(points) for code, points in case["points"].items()}, scheme)

    worths = {part.code: str(part.worth) for part in composition.parts if part.worth is not None}
    assert worths == case["worth"]
    assert str(composition.total or "-") == case["final"]


def fractions_of(written: Case) -> Case:
    return {"fractions": written["fractions"] == "true"} if "fractions" in written else {}


def scheme_of(case: Case) -> Scheme:
    scheme = SCHEMES[case.get("scheme", "five-level")]
    changes = {name: None if value == "null" else value for name, value in case.get("with", {}).items()}
    return scheme_from_data(scheme_as_data(scheme) | changes)


def kpi_of(entry: Case, scheme: Scheme) -> MeasuredKpi:
    """A KPI whose result is its score: every level asks for its own number, and nought for nought."""
    rungs = tuple(Rung(score, score) for score in scheme.scores)
    return MeasuredKpi(
        entry["code"],
        Decimal(entry["weight"]),
        Ladder(rungs),
        Decimal(entry["score"]) if "score" in entry else None,
        status=Status(entry["status"]) if "status" in entry else None,
        parent=entry.get("parent", ""),
        overridden=Decimal(entry["given"]) if "given" in entry else None,
    )
