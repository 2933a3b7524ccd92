from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.conf import settings

from raprong.access.rules import Refused
from raprong.assessments import actions as assessments
from raprong.assessments.enums import State
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.assessments.queries import card_of_report, is_outdated, items_of, newest_card
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evidence.actions import withdraw
from raprong.files.models import StoredFile
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.processes import cards
from raprong.processes.models import Run
from raprong.records.models import Record
from tests.factories.assessments import (
    IN_MARCH,
    IN_SEPTEMBER,
    PDF,
    agree_on_kpis,
    attach,
    come_to,
    complete,
    gather_parts,
    person,
    report,
    submitted_report,
)

CARD = "assessments.rounds_submitted"


@pytest.fixture
def kpis(run: Run, cast: SampleAgency) -> list[KpiYear]:
    """Three agreed KPIs; the first has figures for October and March, the second for April, the third none."""
    first, second, third = agree_on_kpis(run, cast)
    come_to(run, CARD, by=cast.people["planner"], at=run.started_at)
    report(first, date(2026, 10, 1), "30", by=cast.people["staff"])
    report(first, date(2027, 3, 1), "59", by=cast.people["staff"])
    report(second, date(2027, 4, 1), "80", by=cast.people["staff"])
    return [first, second, third]


@pytest.fixture
def assessment(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> SelfAssessment:
    return assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)


@pytest.fixture
def item(assessment: SelfAssessment) -> AssessmentItem:
    """The part of the KPI that has a result."""
    return assessment.items.get(result__isnull=False)


def upload(item: AssessmentItem, cast: SampleAgency, content: bytes = PDF, name: str = "หลักฐาน.pdf"):  # type: ignore[no-untyped-def]
    return attach(item, BytesIO(content), name, by=cast.people["planner"], at=IN_MARCH)


def test_a_report_draws_its_figures_up_to_the_end_of_the_round(assessment: SelfAssessment) -> None:
    drawn = {item.kpi.code: (item.result, item.score, item.weighted) for item in items_of(assessment)}

    assert drawn == {
        "1.1": (Decimal(59), Decimal("2.95"), Decimal("1.475")),
        "1.2": (None, None, None),
        "2.1": (None, None, None),
    }


def test_a_round_the_sop_does_not_have_is_refused(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    with pytest.raises(Refused, match=r"(๙|9)"):
        assessments.open_report(run, 9, by=cast.people["planner"], at=IN_SEPTEMBER)


def test_a_report_opens_in_the_last_month_of_its_round(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    in_february = datetime(2027, 2, 28, 3, 0, tzinfo=UTC)

    with pytest.raises(Refused):
        assessments.open_report(run, 6, by=cast.people["planner"], at=in_february)


def test_a_round_is_opened_once(assessment: SelfAssessment, run: Run, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)


def test_a_report_waits_for_its_step(run: Run, cast: SampleAgency) -> None:
    agree_on_kpis(run, cast)

    with pytest.raises(Refused):
        assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)


def test_writing_keeps_what_was_written_and_the_trail_names_it(item: AssessmentItem, cast: SampleAgency) -> None:
    staff = cast.people["planner"]

    written = assessments.write(item, narrative="ทำแล้ว", obstacles="ฝนตก", seen=item.version, by=staff, at=IN_MARCH)

    assert (written.narrative, written.obstacles, written.written_by) == ("ทำแล้ว", "ฝนตก", staff)
    entry = Entry.objects.filter(kind="assessment.written").get()
    assert entry.facts["changed"] == ["narrative", "obstacles"]


def test_the_later_of_two_writers_is_told_and_overwrites_nothing(item: AssessmentItem, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    seen = item.version
    assessments.write(item, narrative="คนแรก", seen=seen, by=planner, at=IN_MARCH)

    with pytest.raises(Stale):
        assessments.write(item, narrative="คนหลัง", seen=seen, by=planner, at=IN_MARCH)

    item.refresh_from_db()
    assert item.narrative == "คนแรก"


def test_texts_too_long_to_print_are_named_all_at_once(item: AssessmentItem, cast: SampleAgency) -> None:
    long = "ก" * 20_001

    with pytest.raises(Faults) as caught:
        assessments.write(item, narrative=long, factors=long, seen=None, by=cast.people["planner"], at=IN_MARCH)

    assert [fault.field for fault in caught.value.faults] == ["narrative", "factors"]


def test_evidence_is_numbered_and_a_withdrawn_number_stays_used(item: AssessmentItem, cast: SampleAgency) -> None:
    first = upload(item, cast)
    withdraw(first, by=cast.people["planner"], at=IN_MARCH)

    second = upload(item, cast)

    assert (first.number, second.number) == (1, 2)
    assert [evidence.number for evidence in item.evidence.standing()] == [2]


def test_evidence_of_a_kind_nobody_may_hand_in_leaves_nothing(item: AssessmentItem, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        upload(item, cast, content=b"MZ a program", name="หลักฐาน.pdf")

    assert not item.evidence.exists()
    assert not StoredFile.objects.exists()


def test_evidence_beyond_the_limit_leaves_nothing(
    item: AssessmentItem, cast: SampleAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LARGEST_UPLOAD_BYTES", 1024)

    with pytest.raises(Refused):
        upload(item, cast, content=PDF + b"x" * 2048)

    assert not item.evidence.exists()


def test_an_upload_that_breaks_off_leaves_nothing(item: AssessmentItem, cast: SampleAgency) -> None:
    class BrokenOff(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 8:
                raise ConnectionResetError
            return super().read(8)

    with pytest.raises(ConnectionResetError):
        attach(item, BrokenOff(PDF), "หลักฐาน.pdf", by=cast.people["planner"], at=IN_MARCH)

    assert not item.evidence.exists()
    assert not list(settings.FILES_DIR.glob(".incoming-*"))


def test_the_same_file_is_attached_once(item: AssessmentItem, cast: SampleAgency) -> None:
    upload(item, cast)

    with pytest.raises(Refused, match="1"):
        upload(item, cast)


def test_submitting_names_everything_that_is_missing(assessment: SelfAssessment, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as caught:
        assessments.submit(assessment, seen=None, by=cast.people["planner"], at=IN_MARCH)

    assert len(caught.value.faults) == 3
    assessment.refresh_from_db()
    assert assessment.state == State.WRITING


def test_figures_that_changed_after_they_were_drawn_must_be_drawn_again(
    assessment: SelfAssessment, kpis: list[KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    report(kpis[1], date(2027, 3, 1), "70", by=cast.people["staff"])
    for item in assessment.items.all():
        complete(item, by=planner, at=IN_MARCH)
    assert is_outdated(items_of(assessment), newest_card(assessment))

    with pytest.raises(Faults):
        assessments.submit(assessment, seen=None, by=planner, at=IN_MARCH)
    assessments.refresh_figures(assessment, by=planner, at=IN_MARCH)

    assert not is_outdated(items_of(assessment), newest_card(assessment))
    assert assessment.items.get(kpi=kpis[1]).result == Decimal(70)


def test_submission_freezes_seals_and_deposits(
    run: Run, cast: SampleAgency, kpis: list[KpiYear], django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    assert (submitted.state, submitted.total, submitted.reported_weight) == (
        State.SUBMITTED,
        Decimal("2.9500"),
        Decimal(50),
    )
    deposited = Record.objects.get(kind="self_assessment")
    assert deposited.file == submitted.sealed
    told = set(Notice.objects.filter(kind="assessment.submitted").values_list("person__name", flat=True))
    assert told == {cast.people[name].name for name in ("assessor", "chief-assessor", "host")}


def test_a_later_figure_does_not_move_a_submitted_report(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    report(kpis[1], date(2027, 3, 1), "100", by=cast.people["staff"])

    submitted.refresh_from_db()
    assert submitted.total == Decimal("2.9500")
    assert submitted.items.get(kpi=kpis[1]).result is None


def test_submitting_twice_is_refused_in_words(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    with pytest.raises(Refused):
        assessments.submit(submitted, seen=None, by=cast.people["director"], at=IN_MARCH)

    assert Record.objects.filter(kind="self_assessment").count() == 1


def test_submitting_what_changed_after_it_was_read_is_stale(assessment: SelfAssessment, cast: SampleAgency) -> None:
    read, planner = assessment.version, cast.people["planner"]
    for item in assessment.items.all():
        complete(item, by=planner, at=IN_MARCH)

    with pytest.raises(Stale):
        assessments.submit(assessment, seen=read, by=planner, at=IN_MARCH)


def test_a_submitted_report_takes_no_more_words_or_files(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    item = submitted_report(run, cast, 6, at=IN_MARCH).items.get(kpi=kpis[0])

    with pytest.raises(Refused):
        assessments.write(item, narrative="อีกครั้ง", seen=None, by=cast.people["planner"], at=IN_MARCH)
    with pytest.raises(Refused):
        upload(item, cast, content=PDF + b"more")
    with pytest.raises(Refused):
        withdraw(item.evidence.get(), by=cast.people["planner"], at=IN_MARCH)


def test_the_card_names_the_rounds_that_are_missing(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    submitted_report(run, cast, 6, at=IN_MARCH)
    before = cards.ask(CARD, run)
    submitted_report(run, cast, 12, at=IN_SEPTEMBER)

    assert not before.done
    assert "๑๒" in before.sentence
    assert "๖" not in before.sentence
    assert cards.ask(CARD, run).done


def test_the_other_sop_asks_for_its_own_rounds(other_cast: SampleAgency) -> None:
    from tests.cast import start_year

    run = start_year(other_cast)

    answer = cards.ask(CARD, run)

    assert all(months in answer.sentence for months in ("๕", "๑๐", "๑๒"))
    assert person(other_cast, "planner").agency == run.unit.agency


def test_the_rule_in_force_is_kept_with_a_submitted_report(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    assert submitted.scheme["code"] == "five-level"
    assert submitted.scheme["places"] == 4


def test_what_stands_instead_of_a_result_is_kept(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    KpiYear.objects.filter(pk=kpis[1].pk).update(starts_in=12)
    KpiYear.objects.filter(pk=kpis[2].pk).update(cancelled_from=6, cancelled_because="ยกเลิกโครงการ")

    opened = assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH)

    said = dict(opened.items.values_list("kpi__code", "status"))
    assert said == {"1.1": "reported", "1.2": "not_started", "2.1": "cancelled"}
    assert not is_outdated(items_of(opened), newest_card(opened))


def test_nothing_is_asked_of_a_kpi_that_is_cancelled_or_not_started(
    run: Run, cast: SampleAgency, kpis: list[KpiYear]
) -> None:
    KpiYear.objects.filter(pk=kpis[1].pk).update(starts_in=12)
    KpiYear.objects.filter(pk=kpis[2].pk).update(cancelled_from=6)
    opened, planner = assessments.open_report(run, 6, by=cast.people["planner"], at=IN_MARCH), cast.people["planner"]
    complete(opened.items.get(kpi__code="1.1"), by=planner, at=IN_MARCH)
    gather_parts(opened, by=planner, at=IN_MARCH)

    submitted = assessments.submit(opened, seen=None, by=planner, at=IN_MARCH)

    assert (submitted.state, submitted.total) == (State.SUBMITTED, Decimal("2.9500"))


def test_what_a_kpi_was_scored_by_stays_with_the_report(run: Run, cast: SampleAgency, kpis: list[KpiYear]) -> None:
    submitted = submitted_report(run, cast, 6, at=IN_MARCH)

    KpiYear.objects.filter(pk=kpis[0].pk).update(
        criteria={"kind": "ladder", "levels": [["1", "50"], ["5", "60"]]}, weight=Decimal(5)
    )

    items = list(items_of(submitted))
    assert card_of_report(submitted, items).total == submitted.total == Decimal("2.9500")


def test_criteria_that_changed_are_drawn_in_again(assessment: SelfAssessment, kpis: list[KpiYear]) -> None:
    KpiYear.objects.filter(pk=kpis[0].pk).update(criteria={"kind": "ladder", "levels": [["2", "40"], ["3", "60"]]})

    assert is_outdated(items_of(assessment), newest_card(assessment))
