"""What an assessor takes off or adds by a rule: shown apart, counted once, taken back with a reason."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evaluations import actions as evaluations
from raprong.evaluations import adjustments
from raprong.evaluations.models import Adjustment, Evaluation, GivenScore
from raprong.evaluations.queries import card_of
from raprong.files.store import open_content
from raprong.kpis.models import Framework
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.document import score_document
from raprong.lib.scoring.scheme import scheme_as_data
from tests.factories.assessments import IN_OCTOBER

RULES: list[dict[str, Any]] = [
    {"code": "missed", "on": "kpi", "kind": "points", "amount": "-0.2", "title_th": "หักที่ขาด", "title_en": "Missed"},
    {"code": "award", "on": "total", "kind": "percent", "amount": "5", "title_th": "ได้รางวัล", "title_en": "Award"},
]  # fmt: skip


@pytest.fixture
def ruled(evaluation: Evaluation) -> Evaluation:
    """The evaluation, its report submitted under a scheme with two rules."""
    scheme = scheme_as_data(available_schemes()["five-level"]) | {"rules": RULES}
    Framework.objects.filter(run=evaluation.run).update(scheme=scheme)
    evaluation.assessment.scheme = scheme
    evaluation.assessment.save(update_fields=["scheme"])
    return evaluation


def score_of(evaluation: Evaluation, code: str) -> GivenScore:
    return evaluation.scores.get(item__kpi__code=code)


def make(evaluation: Evaluation, cast: SampleAgency, rule: str, code: str = "", **said: Any) -> Adjustment:
    score = score_of(evaluation, code) if code else None
    asked = {"count": 1, "because": "ไม่ส่งรายงาน", "seen": None, "by": cast.people["assessor"], "at": IN_OCTOBER}
    return adjustments.adjust(evaluation, rule=rule, score=score, **(asked | said))


def test_calculated_given_adjusted_and_effective_stand_apart(ruled: Evaluation, cast: SampleAgency) -> None:
    assessor = cast.people["assessor"]
    evaluations.set_score(
        score_of(ruled, "1.1"), given=Decimal(3), because="เหตุผล", seen=None, by=assessor, at=IN_OCTOBER
    )
    make(ruled, cast, "missed", "1.1", count=2)
    make(ruled, cast, "award")

    card = card_of(ruled)

    scored = card.kpi("1.1")
    assert (scored.calculated, scored.overridden, scored.score) == (Decimal("2.95"), Decimal(3), Decimal("2.6"))
    assert [made.points for made in scored.adjustments] == [Decimal("-0.4")]
    # (50 x 2.6 + 30 x 4) / 80 = 3.125, and 5 % of it more
    assert (card.subtotal, card.total) == (Decimal("3.1250"), Decimal("3.2813"))


def test_an_adjustment_is_written_down_with_its_reason(ruled: Evaluation, cast: SampleAgency) -> None:
    made = make(ruled, cast, "missed", "1.1")

    entry = Entry.objects.get(kind="evaluation.adjusted")
    assert (entry.by_name, entry.facts["kpi"], entry.facts["because"]) == (made.made_by.name, "1.1", "ไม่ส่งรายงาน")


def test_taken_back_it_stays_to_be_read_and_counts_no_more(ruled: Evaluation, cast: SampleAgency) -> None:
    made = make(ruled, cast, "missed", "1.1")

    adjustments.withdraw(made, because="ส่งรายงานแล้ว", by=cast.people["assessor"], at=IN_OCTOBER)

    assert card_of(ruled).kpi("1.1").score == Decimal("2.95")
    assert Adjustment.objects.get().withdrawn_because == "ส่งรายงานแล้ว"
    with pytest.raises(Refused, match="ถอน"):
        adjustments.withdraw(made, because="อีกครั้ง", by=cast.people["assessor"], at=IN_OCTOBER)


def test_taking_back_needs_a_reason(ruled: Evaluation, cast: SampleAgency) -> None:
    made = make(ruled, cast, "missed", "1.1")

    with pytest.raises(Refused):
        adjustments.withdraw(made, because=" ", by=cast.people["assessor"], at=IN_OCTOBER)


def test_everything_wrong_is_told_at_once(ruled: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        make(ruled, cast, "award", "1.1", count=0, because=" ")

    assert [fault.field for fault in refused.value.faults] == ["rule", "count", "because"]
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("rule", ["unknown", "missed"])
def test_a_rule_that_does_not_work_on_the_total_is_refused(ruled: Evaluation, cast: SampleAgency, rule: str) -> None:
    with pytest.raises(Faults):
        make(ruled, cast, rule)


def test_an_adjustment_of_what_changed_since_is_stale(ruled: Evaluation, cast: SampleAgency) -> None:
    read = ruled.version
    make(ruled, cast, "missed", "1.1", seen=read)

    with pytest.raises(Stale):
        make(ruled, cast, "missed", "1.2", seen=read)


@pytest.mark.parametrize("name", ["planner", "director", "staff", "executive", "auditor"])
def test_nobody_but_those_who_score_adjusts(ruled: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        make(ruled, cast, "missed", "1.1", by=cast.people[name])


def test_another_department_neither_sees_nor_makes_one(
    ruled: Evaluation, cast: SampleAgency, other_cast: SampleAgency
) -> None:
    stranger = other_cast.people["assessor.pa"]
    make(ruled, cast, "missed", "1.1")

    assert not Adjustment.objects.visible_to(stranger, on=IN_OCTOBER.date()).exists()
    with pytest.raises(Refused):
        make(ruled, cast, "missed", "1.1", by=stranger)


def test_the_one_who_adjusted_does_not_confirm(ruled: Evaluation, cast: SampleAgency) -> None:
    make(ruled, cast, "award", by=cast.people["host"])
    finished = finish(ruled, cast)

    with pytest.raises(Refused):
        evaluations.confirm(finished, by=cast.people["host"], at=IN_OCTOBER)


def test_nothing_is_adjusted_once_scoring_is_finished(ruled: Evaluation, cast: SampleAgency) -> None:
    made = make(ruled, cast, "missed", "1.1")
    finish(ruled, cast)

    with pytest.raises(Refused):
        make(ruled, cast, "missed", "1.1")
    with pytest.raises(Refused):
        adjustments.withdraw(made, because="ส่งแล้ว", by=cast.people["assessor"], at=IN_OCTOBER)


def test_confirming_fixes_the_effective_total_its_rule_and_its_document(ruled: Evaluation, cast: SampleAgency) -> None:
    make(ruled, cast, "missed", "1.1")
    make(ruled, cast, "award")

    confirmed = evaluations.confirm(finish(ruled, cast), by=cast.people["chief-assessor"], at=IN_OCTOBER)

    # (50 x 2.75 + 30 x 4) / 80 = 3.21875, and 5 % of that more
    assert confirmed.total == Decimal("3.3797")
    assert [rule["code"] for rule in confirmed.scheme["rules"]] == ["missed", "award"]
    assert score_document(confirmed.document)["total"] == "3.3797"
    assert confirmed.sealed is not None
    with open_content(confirmed.sealed.sha256) as file:
        text = PdfReader(BytesIO(file.read())).pages[0].extract_text()
    assert "-๐.๒๐๐๐" in text
    assert "๓.๓๗๙๗" in text


def finish(evaluation: Evaluation, cast: SampleAgency) -> Evaluation:
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=cast.people["assessor"], at=IN_OCTOBER)
    return evaluations.finish_scoring(evaluation, by=cast.people["assessor"], at=IN_OCTOBER)
