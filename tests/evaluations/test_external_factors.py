"""A unit claims an external factor with proof; another decides; only the scheme's rule changes a score."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation

from raprong.access.rules import Refused
from raprong.assessments.models import AssessmentItem
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evaluations import actions as evaluations
from raprong.evaluations import adjustments, external_factors
from raprong.evaluations.basis import basis_of_evaluation
from raprong.evaluations.enums import FactorState
from raprong.evaluations.independence import took_part
from raprong.evaluations.models import Evaluation, ExternalFactor
from raprong.evaluations.passport import score_passport
from raprong.evaluations.queries import card_of
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.organisation.models import Person
from tests.factories.assessments import IN_OCTOBER, PDF

FLOOD = "น้ำท่วมพื้นที่จัดอบรมสองเดือน จึงเลื่อนการอบรมออกไป"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ruled(evaluation: Evaluation) -> Evaluation:
    """The same evaluation under a scheme with a rule for external factors."""
    report = evaluation.assessment
    report.scheme = scheme_as_data(available_schemes()["five-level-external-factors"])
    report.save(update_fields=["scheme"])
    return evaluation


@pytest.fixture
def item(evaluation: Evaluation) -> AssessmentItem:
    return evaluation.assessment.items.get(kpi__code="1.2")


def claim(item: AssessmentItem, by: Person, text: str = FLOOD, *, files: int = 1) -> ExternalFactor:
    uploads = [(BytesIO(PDF + bytes([number])), f"ประกาศ {number}.pdf") for number in range(files)]
    return external_factors.claim(item, text, uploads, by=by, at=IN_OCTOBER)


def decide(
    factor: ExternalFactor, by: Person, *, accept: bool = True, because: str = "มีประกาศเขตภัยพิบัติ"
) -> ExternalFactor:
    return external_factors.decide(factor, accept=accept, because=because, seen=None, by=by, at=IN_OCTOBER)


def test_an_accepted_claim_applies_the_schemes_rule_once(
    ruled: Evaluation, item: AssessmentItem, cast: SampleAgency
) -> None:
    factor = decide(claim(item, cast.people["staff"]), cast.people["assessor"])

    assert (factor.state, factor.decided_by) == (FactorState.ACCEPTED, cast.people["assessor"])
    assert card_of(ruled).kpi("1.2").score == Decimal("4.5")
    entry = Entry.objects.get(kind="evaluation.factor_decided")
    assert (entry.facts["rule"], entry.facts["accepted"]) == ("external-factor", True)
    with pytest.raises(Refused, match="no longer waiting"):
        decide(factor, cast.people["assessor"])


def test_without_a_rule_it_is_told_and_changes_nothing(
    evaluation: Evaluation, item: AssessmentItem, cast: SampleAgency
) -> None:
    factor = decide(claim(item, cast.people["staff"]), cast.people["assessor"])

    assert factor.adjustment is None
    assert card_of(evaluation).kpi("1.2").score == Decimal(4)
    passport = score_passport(basis_of_evaluation(evaluation), on=IN_OCTOBER.date())
    (told,) = (one for one in passport.decisions if FLOOD in one.words)
    assert (told.about, told.by) == ("1.2", cast.people["assessor"].name)
    assert told.entry


def test_a_claim_that_is_not_accepted_leaves_the_score(
    ruled: Evaluation, item: AssessmentItem, cast: SampleAgency
) -> None:
    factor = decide(claim(item, cast.people["staff"]), cast.people["assessor"], accept=False)

    assert (factor.state, factor.adjustment) == (FactorState.REFUSED, None)
    assert card_of(ruled).kpi("1.2").score == Decimal(4)


def test_nothing_else_applies_the_rule_or_takes_it_back(
    ruled: Evaluation, item: AssessmentItem, cast: SampleAgency
) -> None:
    assessor = cast.people["assessor"]
    factor = decide(claim(item, cast.people["staff"]), assessor)
    assert factor.adjustment is not None

    with pytest.raises(Faults, match="Only the decision"):
        adjustments.adjust(
            ruled,
            rule="external-factor",
            score=ruled.scores.get(item=item),
            count=1,
            because="เหตุ",
            seen=None,
            by=assessor,
            at=IN_OCTOBER,
        )
    with pytest.raises(Refused, match="rests on the decision"):
        adjustments.withdraw(factor.adjustment, because="เหตุ", by=assessor, at=IN_OCTOBER)


def test_scoring_does_not_finish_while_a_claim_waits(
    evaluation: Evaluation, item: AssessmentItem, cast: SampleAgency
) -> None:
    factor = claim(item, cast.people["staff"])
    assessor = cast.people["assessor"]
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)

    with pytest.raises(Refused, match=r"1\.2"):
        evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)
    external_factors.withdraw(factor, seen=None, by=cast.people["staff"], at=IN_OCTOBER)

    assert evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER).state == "scored"
    with pytest.raises(Refused, match="Scoring is finished"):
        claim(item, cast.people["staff"])


@pytest.mark.parametrize("name", ["staff2", "head2", "director", "assessor", "auditor"])
def test_nobody_else_claims_for_the_group(item: AssessmentItem, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        claim(item, cast.people[name])


@pytest.mark.parametrize("name", ["planner", "director", "staff", "head1", "auditor", "executive"])
def test_only_assessors_decide(item: AssessmentItem, cast: SampleAgency, name: str) -> None:
    factor = claim(item, cast.people["staff"])

    with pytest.raises(Refused):
        decide(factor, cast.people[name])
    assert took_part(cast.people["staff"], item.assessment)


def test_an_outsider_neither_sees_nor_decides(
    item: AssessmentItem, cast: SampleAgency, other_cast: SampleAgency
) -> None:
    factor, stranger = claim(item, cast.people["staff"]), other_cast.people["assessor.pa"]

    with pytest.raises(Refused):
        decide(factor, stranger)
    assert not ExternalFactor.objects.visible_to(stranger, on=IN_OCTOBER.date()).exists()


def test_proof_words_and_reasons_are_asked_for(item: AssessmentItem, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        claim(item, cast.people["staff"], " ", files=0)
    assert {fault.field for fault in refused.value.faults} == {"text", "evidence"}

    with pytest.raises(Faults) as undecided:
        decide(claim(item, cast.people["staff"]), cast.people["assessor"], because=" ")
    assert {fault.field for fault in undecided.value.faults} == {"because"}


def test_the_later_of_two_decisions_is_told(item: AssessmentItem, cast: SampleAgency) -> None:
    factor = claim(item, cast.people["staff"])
    seen = factor.version
    decide(factor, cast.people["assessor"])

    with pytest.raises((Stale, Refused)):
        external_factors.decide(factor, accept=False, because="เหตุ", seen=seen, by=cast.people["host"], at=IN_OCTOBER)
