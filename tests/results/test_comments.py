"""Comments on a figure, its whole history, and taking a figure back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import TestCase

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis.models import KpiYear
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.actions import Figure, close_month, report_many
from raprong.results.comments import comment, comments_on, history_of_figure
from raprong.results.grid import CellEntry, CellState, save_cell
from raprong.results.models import MonthlyResult
from raprong.results.queries import still_missing
from raprong.results.taking_back import take_back
from tests.results.conftest import IN_DECEMBER, OCTOBER


@pytest.fixture
def reported(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> KpiYear:
    """1.2, with October reported by the staff of its group."""
    report_many(run, OCTOBER, [Figure(kpis["1.2"], Decimal(73))], by=cast.people["staff"], at=IN_DECEMBER)
    return kpis["1.2"]


def test_a_comment_is_told_to_the_reporter_and_to_earlier_voices(reported: KpiYear, cast: SampleAgency) -> None:
    director, planner = cast.people["director"], cast.people["planner"]

    with TestCase.captureOnCommitCallbacks(execute=True):
        comment(reported, OCTOBER, text="ดูสูงกว่าที่คาด", by=director, at=IN_DECEMBER)
        comment(reported, OCTOBER, text="ตรวจแล้ว", by=planner, at=IN_DECEMBER)

    told = [(one.person.name, one.words["text"]) for one in Notice.objects.filter(kind="result.commented")]
    staff = cast.people["staff"].name
    assert sorted(told) == sorted([(staff, "ดูสูงกว่าที่คาด"), (staff, "ตรวจแล้ว"), (director.name, "ตรวจแล้ว")])
    assert [one.text for one in comments_on(reported, OCTOBER)] == ["ดูสูงกว่าที่คาด", "ตรวจแล้ว"]


def test_an_empty_comment_is_refused(reported: KpiYear, cast: SampleAgency) -> None:
    with pytest.raises(Faults, match="Write what you want to say"):
        comment(reported, OCTOBER, text=" ", by=cast.people["director"], at=IN_DECEMBER)


def test_an_outsider_may_not_comment(reported: KpiYear, outsider: Person) -> None:
    with pytest.raises(Refused):
        comment(reported, OCTOBER, text="…", by=outsider, at=IN_DECEMBER)


def test_a_figure_taken_back_counts_as_not_reported_and_keeps_its_history(
    run: Run, reported: KpiYear, cast: SampleAgency
) -> None:
    staff, later = cast.people["staff"], IN_DECEMBER + timedelta(minutes=1)

    take_back(reported, OCTOBER, seen=1, by=staff, at=later)
    report_many(run, OCTOBER, [Figure(reported, Decimal(70))], by=staff, at=later + timedelta(minutes=1))

    kinds = [entry.kind for entry in history_of_figure(reported, OCTOBER)]
    assert kinds == ["result.reported", "result.taken_back", "result.reported"]
    assert MonthlyResult.objects.get(kpi=reported).value == Decimal(70)


def test_what_is_taken_back_is_missing_again(run: Run, reported: KpiYear, cast: SampleAgency) -> None:
    take_back(reported, OCTOBER, seen=1, by=cast.people["staff"], at=IN_DECEMBER)

    assert reported in still_missing(run, [OCTOBER])[OCTOBER]


def test_taking_back_overwrites_nothing_unseen(run: Run, reported: KpiYear, cast: SampleAgency) -> None:
    with pytest.raises(Stale):
        take_back(reported, OCTOBER, seen=0, by=cast.people["staff"], at=IN_DECEMBER)


def test_a_closed_figure_cannot_be_taken_back(run: Run, reported: KpiYear, cast: SampleAgency) -> None:
    close_month(run, OCTOBER, because="ทดสอบ", by=cast.people["planner"], at=IN_DECEMBER)

    with pytest.raises(Refused, match="is closed"):
        take_back(reported, OCTOBER, seen=1, by=cast.people["staff"], at=IN_DECEMBER)


def test_emptying_a_cell_takes_its_figure_back(run: Run, reported: KpiYear, cast: SampleAgency) -> None:
    emptied = CellEntry(reported, OCTOBER, {"value": " "}, seen=1)

    answer = save_cell(run, emptied, by=cast.people["staff"], at=IN_DECEMBER)

    assert (answer.state, answer.stored) == (CellState.SAVED, None)
    assert not MonthlyResult.objects.exists()
