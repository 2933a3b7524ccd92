from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.models import SelfAssessment
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evaluations import actions as evaluations
from raprong.evaluations.enums import State
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evaluations.queries import Source, standing_score
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.processes import cards
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.factories.assessments import IN_MARCH, IN_OCTOBER, come_to, submitted_report


def score_of(evaluation: Evaluation, kpi: KpiYear) -> GivenScore:
    return evaluation.scores.get(item__kpi=kpi)


def test_every_kpi_starts_with_its_calculated_score(evaluation: Evaluation) -> None:
    calculated = dict(evaluation.scores.values_list("item__kpi__code", "calculated"))

    assert calculated == {"1.1": Decimal("2.95"), "1.2": Decimal(4), "2.1": None}


def test_a_report_that_is_being_written_is_not_scored(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    writing = assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)

    with pytest.raises(Refused):
        evaluations.open_evaluation(writing, by=cast.people["assessor"], at=IN_MARCH)


def test_an_earlier_round_is_scored_as_it_comes_in(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    opened = evaluations.open_evaluation(submitted, by=cast.people["assessor"], at=IN_MARCH)

    assert opened.state == State.SCORING


def test_the_last_round_waits_for_its_step(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    submitted = submitted_report(run, cast, 12, at=IN_OCTOBER)

    with pytest.raises(Refused):
        evaluations.open_evaluation(submitted, by=cast.people["assessor"], at=IN_OCTOBER)


def test_a_report_is_opened_for_scoring_once(evaluation: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.open_evaluation(evaluation.assessment, by=cast.people["host"], at=IN_OCTOBER)


def test_a_given_score_is_kept_beside_the_calculated_one(
    evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    given = evaluations.set_score(
        score_of(evaluation, kpis[0]),
        given=Decimal("2.75"),
        because="หักคะแนนเพราะรายงานล่าช้า",
        seen=None,
        by=cast.people["assessor"],
        at=IN_OCTOBER,
    )

    assert (given.calculated, given.given, given.decided) == (Decimal("2.95"), Decimal("2.75"), Decimal("2.75"))
    entry = Entry.objects.get(kind="evaluation.score_given")
    assert (entry.facts["calculated"], entry.facts["given"]) == ("2.9500", "2.7500")


@pytest.mark.parametrize(
    "given, because, fields",
    [
        ("5.01", "เหตุผล", ["given"]),
        ("-1", "เหตุผล", ["given"]),
        ("3.12345", "เหตุผล", ["given"]),
        ("NaN", "เหตุผล", ["given"]),
        ("3", " ", ["because"]),
        ("9", "", ["given", "because"]),
    ],
)
def test_a_score_off_the_scale_or_without_a_reason_is_refused(
    evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency, given: str, because: str, fields: list[str]
) -> None:
    with pytest.raises(Faults) as caught:
        evaluations.set_score(
            score_of(evaluation, kpis[0]),
            given=Decimal(given),
            because=because,
            seen=None,
            by=cast.people["assessor"],
            at=IN_OCTOBER,
        )

    assert [fault.field for fault in caught.value.faults] == fields


def test_giving_the_calculated_score_is_keeping_it(
    evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    kept = evaluations.set_score(
        score_of(evaluation, kpis[0]),
        given=Decimal("2.95"),
        because="",
        seen=None,
        by=cast.people["assessor"],
        at=IN_OCTOBER,
    )

    assert kept.given is None
    assert kept.looked_at_by == cast.people["assessor"]


def test_the_later_of_two_assessors_is_told(evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency) -> None:
    score = score_of(evaluation, kpis[0])
    evaluations.keep_calculated(score, seen=score.version, by=cast.people["assessor"], at=IN_OCTOBER)

    with pytest.raises(Stale):
        evaluations.set_score(
            score,
            given=Decimal(3),
            because="เหตุผล",
            seen=score.version,
            by=cast.people["host"],
            at=IN_OCTOBER,
        )


def test_scoring_ends_when_every_kpi_was_looked_at(
    evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    evaluations.keep_calculated(score_of(evaluation, kpis[0]), seen=None, by=cast.people["assessor"], at=IN_OCTOBER)

    with pytest.raises(Refused, match=r"1\.2, 2\.1"):
        evaluations.finish_scoring(evaluation, by=cast.people["assessor"], at=IN_OCTOBER)


def test_scores_that_came_back_can_be_given_again(scored: Evaluation, cast: SampleAgency) -> None:
    back = evaluations.send_back(
        scored, because="ขอดูหลักฐานตัวชี้วัด 1.1 อีกครั้ง", by=cast.people["chief-assessor"], at=IN_OCTOBER
    )

    again = evaluations.finish_scoring(back, by=cast.people["assessor"], at=IN_OCTOBER)

    assert back.sent_back_because.startswith("ขอดูหลักฐาน")
    assert again.state == State.SCORED


def test_sending_back_needs_a_reason(scored: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.send_back(scored, because="  ", by=cast.people["chief-assessor"], at=IN_OCTOBER)


def test_confirming_fixes_the_total_with_its_weight_and_scheme(
    scored: Evaluation, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        confirmed = evaluations.confirm(scored, seen=scored.version, by=cast.people["chief-assessor"], at=IN_OCTOBER)

    # (50 x 2.95 + 30 x 4) / 80 = 3.34375
    assert (confirmed.total, confirmed.reported_weight) == (Decimal("3.3438"), Decimal(80))
    assert confirmed.scheme["places"] == 4
    deposited = Record.objects.get(kind="score_table")
    assert deposited.file == confirmed.sealed
    told = set(Notice.objects.filter(kind="evaluation.confirmed").values_list("person__name", flat=True))
    assert told == {cast.people[name].name for name in ("director", "planner", "planning-head")}


def test_a_given_score_moves_the_official_total_and_not_the_units_own(
    evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    assessor = cast.people["assessor"]
    for kpi, given in ((kpis[0], "3"), (kpis[1], "4"), (kpis[2], "1")):
        evaluations.set_score(
            score_of(evaluation, kpi), given=Decimal(given), because="เหตุผล", seen=None, by=assessor, at=IN_OCTOBER
        )
    finished = evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)

    confirmed = evaluations.confirm(finished, by=cast.people["chief-assessor"], at=IN_OCTOBER)

    assert (confirmed.total, confirmed.reported_weight) == (Decimal("2.9000"), Decimal(100))
    assert confirmed.assessment.total == Decimal("3.3438")


def test_a_reason_pasted_from_another_program_does_not_keep_the_table_from_being_sealed(
    evaluation: Evaluation, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    assessor, pasted = cast.people["assessor"], "หลักฐานไม่ครบ\x0bตามเกณฑ์"
    score = score_of(evaluation, kpis[0])
    evaluations.set_score(score, given=Decimal("2"), because=pasted, seen=None, by=assessor, at=IN_OCTOBER)
    for other in evaluation.scores.exclude(pk=score.pk):
        evaluations.keep_calculated(other, seen=None, by=assessor, at=IN_OCTOBER)
    evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)

    confirmed = evaluations.confirm(evaluation, by=cast.people["chief-assessor"], at=IN_OCTOBER)

    assert confirmed.is_final


def test_confirming_what_changed_after_it_was_read_is_stale(scored: Evaluation, cast: SampleAgency) -> None:
    read, chief = scored.version, cast.people["chief-assessor"]
    back = evaluations.send_back(scored, because="ดูอีกครั้ง", by=chief, at=IN_OCTOBER)
    evaluations.finish_scoring(back, by=cast.people["assessor"], at=IN_OCTOBER)

    with pytest.raises(Stale):
        evaluations.confirm(scored, seen=read, by=chief, at=IN_OCTOBER)


def test_confirmed_scores_no_longer_change(confirmed: Evaluation, kpis: list[KpiYear], cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.keep_calculated(score_of(confirmed, kpis[0]), seen=None, by=cast.people["assessor"], at=IN_OCTOBER)
    with pytest.raises(Refused):
        evaluations.send_back(confirmed, because="ดูอีกครั้ง", by=cast.people["host"], at=IN_OCTOBER)
    with pytest.raises(Refused):
        evaluations.confirm(confirmed, by=cast.people["host"], at=IN_OCTOBER)


def test_the_standing_score_says_whose_word_it_is(run: Run, submitted: SelfAssessment, cast: SampleAgency) -> None:
    own = standing_score(run)
    assessor, chief = cast.people["assessor"], cast.people["chief-assessor"]
    evaluation = evaluations.open_evaluation(submitted, by=assessor, at=IN_OCTOBER)
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)
    evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)
    evaluations.confirm(evaluation, by=chief, at=IN_OCTOBER)

    official = standing_score(run)

    assert (own.source, own.total, own.reported_weight, own.months) == (Source.SELF, Decimal("3.3438"), 80, 12)
    assert (official.source, official.provisional) == (Source.OFFICIAL, False)


def test_before_any_report_the_score_runs_with_the_months(run: Run, kpis: list[KpiYear]) -> None:
    running = standing_score(run)

    assert (running.source, running.total, running.months) == (Source.RUNNING, Decimal("3.3438"), None)


def test_the_card_follows_the_scores_of_the_last_round(run: Run, submitted: SelfAssessment, cast: SampleAgency) -> None:
    before = cards.ask("evaluations.confirmed", run)
    assessor = cast.people["assessor"]
    evaluation = evaluations.open_evaluation(submitted, by=assessor, at=IN_OCTOBER)
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=assessor, at=IN_OCTOBER)
    evaluations.finish_scoring(evaluation, by=assessor, at=IN_OCTOBER)
    waiting = cards.ask("evaluations.confirmed", run)
    evaluations.confirm(evaluation, by=cast.people["chief-assessor"], at=IN_OCTOBER)

    after = cards.ask("evaluations.confirmed", run)

    assert (before.done, waiting.done, after.done) == (False, False, True)
    assert len({before.sentence, waiting.sentence, after.sentence}) == 3
    assert "3.3438" in after.sentence
