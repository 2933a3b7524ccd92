"""The queue tells why a claim is read first; the sample is drawn from a seed that came before the reports."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from raprong.access.rules import Refused
from raprong.assessments.models import SelfAssessment
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.models import AppendOnly
from raprong.evaluations import samples
from raprong.evaluations.models import Evaluation, SampleSeed
from raprong.evaluations.reading_order import Queued, queue_of, reason_words, scores_to_read
from raprong.evidence.models import Credit
from raprong.kpis.models import KpiYear
from raprong.lib.reading_order.sampling import drawn
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.models import MonthlyResult
from tests.cast import FISCAL_YEAR
from tests.factories.assessments import IN_OCTOBER

BEFORE_REPORTS = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def queue(evaluation: Evaluation, person: Person) -> dict[str, Queued]:
    scores = scores_to_read(person, fiscal_year=evaluation.run.fiscal_year, on=IN_OCTOBER.date())
    return {one.score.item.kpi.code: one for one in queue_of(scores)}


def rules(queued: Queued) -> list[str]:
    return [reason.rule for reason in queued.reasons]


def test_a_high_claim_without_proof_comes_first(evaluation: Evaluation, cast: SampleAgency) -> None:
    Credit.objects.filter(kpi__code="1.2").update(withdrawn_at=IN_OCTOBER, withdrawn_by=cast.people["staff"])

    found = queue(evaluation, cast.people["assessor"])

    assert next(iter(found)) == "1.2"
    assert "high-claim-no-proof" in rules(found["1.2"])
    assert "high-claim-no-proof" not in rules(found["1.1"])
    assert "4" in reason_words(found["1.2"].reasons[0])


def test_a_figure_reported_after_its_day_is_told(evaluation: Evaluation, cast: SampleAgency) -> None:
    MonthlyResult.objects.filter(kpi__code="1.1").update(reported_at=IN_OCTOBER)
    before = queue(evaluation, cast.people["assessor"])
    MonthlyResult.objects.filter(kpi__code="1.1").update(reported_at=datetime(2027, 10, 9, tzinfo=UTC))

    after = queue(evaluation, cast.people["assessor"])

    assert "edited-late" not in rules(before["1.1"])
    assert "edited-late" in rules(after["1.1"])


def test_figures_that_were_asked_about_are_told(evaluation: Evaluation, cast: SampleAgency) -> None:
    MonthlyResult.objects.filter(kpi__code="1.1").update(value=Decimal(159))

    found = queue(evaluation, cast.people["assessor"])

    assert "figures-asked" in rules(found["1.1"])


def test_confirmed_scores_leave_the_queue(confirmed: Evaluation, cast: SampleAgency) -> None:
    assert queue(confirmed, cast.people["assessor"]) == {}


def test_another_department_has_none_of_it(evaluation: Evaluation, other_cast: SampleAgency) -> None:
    assert queue(evaluation, other_cast.people["assessor.pa"]) == {}


def publish(cast: SampleAgency, name: str = "assessor", *, per_hundred: int = 34, months: int = 12) -> SampleSeed:
    return samples.publish_seed(
        cast.agency,
        fiscal_year=FISCAL_YEAR,
        months=months,
        per_hundred=per_hundred,
        by=cast.people[name],
        at=BEFORE_REPORTS,
    )


def test_the_seed_stands_in_the_trail_and_never_changes(run: Run, cast: SampleAgency) -> None:
    seed = publish(cast)

    entry = Entry.objects.get(kind="evaluation.seed_published")
    assert entry.facts["seed"] == seed.seed
    with pytest.raises(AppendOnly):
        SampleSeed.objects.update(seed="0" * 32)
    with pytest.raises(Refused, match="already"):
        publish(cast)


def test_no_seed_is_published_once_a_report_is_in(submitted: SelfAssessment, cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="before the first"):
        publish(cast)

    assert publish(cast, months=6).months == 6


@pytest.mark.parametrize("name", ["planner", "director", "staff", "executive", "auditor", "records"])
def test_only_assessors_publish(run: Run, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        publish(cast, name)


def test_an_outsider_publishes_nothing_here(run: Run, cast: SampleAgency, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        samples.publish_seed(
            cast.agency,
            fiscal_year=FISCAL_YEAR,
            months=12,
            per_hundred=10,
            by=other_cast.people["assessor.pa"],
            at=BEFORE_REPORTS,
        )


@pytest.mark.parametrize("share", [0, 101])
def test_an_impossible_share_is_refused(run: Run, cast: SampleAgency, share: int) -> None:
    with pytest.raises(Faults):
        publish(cast, per_hundred=share)


def test_what_is_drawn_follows_from_seed_and_names_alone(evaluation: Evaluation, cast: SampleAgency) -> None:
    agency, report = cast.agency, evaluation.assessment
    seed = SampleSeed.objects.create(  # as if it had been published before the report
        agency=agency,
        fiscal_year=FISCAL_YEAR,
        months=12,
        seed="5eed",
        per_hundred=34,
        published_at=BEFORE_REPORTS,
        published_by=cast.people["assessor"],
    )
    names = list(KpiYear.objects.filter(framework__run=evaluation.run).values_list("public_id", flat=True))

    marked = {one.score.item.kpi.public_id for one in queue(evaluation, cast.people["assessor"]).values() if one.drawn}

    assert marked == samples.names_drawn(report) == set(drawn(seed.seed, names, per_hundred=34))
    assert len(marked) == 2
