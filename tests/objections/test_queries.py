"""What the years say: own scores beside official ones, and the place among the units where it is published."""

from decimal import Decimal

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import new_public_id
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation
from raprong.objections import actions as objections
from raprong.objections.models import Preliminary
from raprong.objections.queries import Rank, gaps_of, is_closed_to, rank_of
from tests.factories.assessments import IN_OCTOBER


def final(opened: Preliminary, cast: SampleAgency) -> Evaluation:
    objections.accept(opened, seen=None, by=cast.people["director"], at=IN_OCTOBER)
    return Evaluation.objects.get(pk=opened.evaluation_id)


def neighbour_hands_in(evaluation: Evaluation) -> None:
    """Another unit of the agency hands in its report of the same round, under the same scheme."""
    report, run = evaluation.assessment, evaluation.run
    unit = run.unit
    unit.pk, unit.public_id, unit.code = None, new_public_id(), "next-door"
    unit.save()
    run.pk, run.public_id, run.unit = None, new_public_id(), unit
    run.save()
    report.pk, report.public_id, report.run = None, new_public_id(), run
    report.save()


def test_a_preliminary_result_is_no_year_to_compare(opened: Preliminary) -> None:
    assert gaps_of(opened.run.unit) == []


def test_the_gap_is_what_the_unit_gave_itself_too_much(opened: Preliminary, cast: SampleAgency) -> None:
    evaluation = final(opened, cast)
    Evaluation.objects.filter(pk=evaluation.pk).update(total=Decimal("3.0000"))

    [gap] = gaps_of(opened.run.unit)

    assert (gap.own, gap.official, gap.gap) == (Decimal("3.3438"), Decimal(3), Decimal("0.3438"))
    assert (gap.fiscal_year, gap.months) == (opened.run.fiscal_year, 12)


def test_a_place_is_told_only_where_the_scheme_publishes_it(opened: Preliminary, cast: SampleAgency) -> None:
    evaluation = final(opened, cast)

    hidden = rank_of(evaluation)
    evaluation.scheme["result"]["ranked"] = True
    evaluation.save(update_fields=["scheme"])
    told = rank_of(evaluation)
    neighbour_hands_in(Evaluation.objects.get(pk=evaluation.pk))

    assert hidden is None
    assert told == Rank(place=1, of=1, waiting=0)
    assert rank_of(evaluation) == Rank(place=1, of=1, waiting=1)


def test_no_place_before_the_result_is_final(opened: Preliminary) -> None:
    opened.evaluation.scheme["result"]["ranked"] = True

    assert rank_of(opened.evaluation) is None


def closed_to(evaluation: Evaluation, cast: SampleAgency) -> set[str]:
    return {name for name, person in cast.people.items() if is_closed_to(evaluation, person, at=IN_OCTOBER)}


def test_scores_are_closed_to_the_whole_unit_until_the_result_is_opened(
    preliminary: Preliminary, cast: SampleAgency
) -> None:
    evaluation, director = preliminary.evaluation, cast.people["director"]
    closed = closed_to(evaluation, cast)

    objections.open_result(preliminary, by=director, at=IN_OCTOBER)

    heads = {"director", "planning-head", "head1", "head2"}
    assert closed == heads | {"planner", "records", "staff", "staff2"}
    assert closed_to(Evaluation.objects.get(pk=evaluation.pk), cast) == set()


def test_scores_are_closed_to_the_unit_while_they_are_given(submitted: SelfAssessment, cast: SampleAgency) -> None:
    evaluation = evaluations.open_evaluation(submitted, by=cast.people["assessor"], at=IN_OCTOBER)

    assert {"director", "planner", "head1"} <= closed_to(evaluation, cast)
    assert not {"assessor", "host", "executive", "auditor"} & closed_to(evaluation, cast)
