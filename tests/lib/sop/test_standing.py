from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raprong.lib.sop.library import read_sop
from raprong.lib.sop.shape import SopDefinition
from raprong.lib.sop.standing import Fact, FactKind, RunStanding, State, Work, standing
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.thai.working_time import thai_calendar

SOP = read_sop(Path(__file__).parents[2] / "definitions" / "third_agency.yaml")
CALENDAR = thai_calendar([2026, 2027])
GROUPS = ("north", "south")
STARTED = datetime(2026, 10, 5, 9, 0, tzinfo=BANGKOK)  # a Monday
ALL_DONE = {card: Work(card, True, "") for step in SOP.steps for card in step.work}


def stand(
    facts: list[Fact], at: datetime, works: dict[str, Work] | None = None, *, sop: SopDefinition = SOP
) -> RunStanding:
    return standing(
        sop,
        facts,
        at,
        fiscal_year=FiscalYear(2570),
        started_at=STARTED,
        groups=GROUPS,
        calendar=CALENDAR,
        works=works if works is not None else ALL_DONE,
    )


def fact(kind: FactKind, minutes: int, *, step: str = "gather", **said: str) -> Fact:
    return Fact(step=step, kind=kind, at=STARTED + timedelta(minutes=minutes), by="somebody", **said)


def accepted(group: str) -> list[Fact]:
    return [fact(FactKind.SUBMITTED, 10, piece=group), fact(FactKind.ACCEPTED, 20, piece=group)]


ANSWERED = fact(FactKind.ANSWERED, 30, control="all-there", answer="yes")
DONE = fact(FactKind.DONE, 60)


def test_before_the_start_everything_waits() -> None:
    run = stand([], STARTED - timedelta(minutes=1))

    assert {step.state for step in run.steps} == {State.WAITING}
    assert {piece.state for piece in run.step("gather").pieces} == {State.WAITING}
    assert run.current is None


def test_the_first_step_opens_with_the_run() -> None:
    run = stand([], STARTED)

    assert [step.state for step in run.steps] == [State.OPEN, State.WAITING, State.WAITING]


def test_the_next_step_opens_when_the_one_before_is_done() -> None:
    run = stand([DONE], STARTED + timedelta(minutes=61))

    assert [step.state for step in run.steps] == [State.DONE, State.OPEN, State.WAITING]
    assert run.step("sign").opened_at == DONE.at


def test_a_step_is_with_the_checker_once_every_group_handed_in() -> None:
    one = stand([fact(FactKind.SUBMITTED, 10, piece="north")], STARTED + timedelta(minutes=30))
    both = stand(
        [fact(FactKind.SUBMITTED, 10, piece="north"), fact(FactKind.SUBMITTED, 12, piece="south")],
        STARTED + timedelta(minutes=30),
    )

    assert one.step("gather").state is State.OPEN
    assert both.step("gather").state is State.SUBMITTED


def test_a_returned_piece_opens_the_step_again_for_its_group() -> None:
    facts = [*accepted("north"), fact(FactKind.SUBMITTED, 10, piece="south")]
    facts.append(fact(FactKind.RETURNED, 25, piece="south", remark="ไม่มีค่าเป้าหมาย"))

    step = stand(facts, STARTED + timedelta(minutes=40)).step("gather")

    assert step.state is State.RETURNED
    assert [piece.group for piece in step.pieces_missing] == ["south"]
    assert step.pieces_missing[0].last is not None
    assert step.pieces_missing[0].last.remark == "ไม่มีค่าเป้าหมาย"


@pytest.mark.parametrize(
    ("facts", "works", "can_be_done"),
    [
        ([*accepted("north"), *accepted("south"), ANSWERED], ALL_DONE, True),
        ([*accepted("north"), ANSWERED], ALL_DONE, False),
        ([*accepted("north"), *accepted("south")], ALL_DONE, False),
        ([*accepted("north"), *accepted("south"), ANSWERED], {}, False),
    ],
    ids=["all there", "a group is missing", "a control point is open", "the work is not done"],
)
def test_a_step_can_be_done_only_when_nothing_is_missing(
    facts: list[Fact], works: dict[str, Work], can_be_done: bool
) -> None:
    assert stand(facts, STARTED + timedelta(minutes=45), works).step("gather").can_be_done is can_be_done


def test_an_answer_of_no_keeps_the_step_open_until_it_is_yes() -> None:
    refused = fact(FactKind.ANSWERED, 30, control="all-there", answer="no", remark="ขาดฝ่ายใต้")
    facts = [*accepted("north"), *accepted("south"), refused]

    assert not stand(facts, STARTED + timedelta(minutes=45)).step("gather").can_be_done
    facts.append(fact(FactKind.ANSWERED, 40, control="all-there", answer="yes"))
    assert stand(facts, STARTED + timedelta(minutes=45)).step("gather").can_be_done


def test_minutes_run_in_office_hours_only() -> None:
    overnight = stand([], datetime(2026, 10, 6, 8, 45, tzinfo=BANGKOK)).step("gather")

    assert overnight.used_minutes == 180 + 210 + 15  # Monday 9:00-12:00 and 13:00-16:30, Tuesday from 8:30


def test_a_step_is_late_after_its_standard_minutes() -> None:
    in_time = stand([fact(FactKind.DONE, 90)], STARTED + timedelta(days=1)).step("gather")
    late = stand([fact(FactKind.DONE, 91)], STARTED + timedelta(days=1)).step("gather")

    assert (in_time.late, in_time.over_standard) == (False, 0)
    assert (late.late, late.over_standard) == (True, 1)


def test_only_the_minutes_between_taking_up_and_laying_down_count() -> None:
    facts = [
        fact(FactKind.TAKEN_UP, 10),
        fact(FactKind.LAID_DOWN, 40),
        fact(FactKind.TAKEN_UP, 1440),
        fact(FactKind.LAID_DOWN, 1470),
    ]

    step = stand(facts, STARTED + timedelta(days=30)).step("gather")

    assert step.used_minutes == 60
    assert not step.late


def test_work_taken_up_and_not_laid_down_counts_until_now() -> None:
    step = stand([fact(FactKind.TAKEN_UP, 0)], STARTED + timedelta(minutes=91)).step("gather")

    assert step.used_minutes == 91
    assert step.late


def test_no_minute_counts_outside_the_life_of_a_step() -> None:
    before_it_opened = [fact(FactKind.TAKEN_UP, 10, step="report"), DONE, fact(FactKind.DONE, 70, step="sign")]
    after_it_ended = [fact(FactKind.TAKEN_UP, 10), fact(FactKind.DONE, 20), fact(FactKind.LAID_DOWN, 50)]

    waiting = stand(before_it_opened[:1], STARTED + timedelta(days=30)).step("report")
    opened = stand(before_it_opened, STARTED + timedelta(minutes=80)).step("report")
    ended = stand(after_it_ended, STARTED + timedelta(minutes=90)).step("gather")

    assert (waiting.used_minutes, waiting.late) == (None, False)
    assert opened.used_minutes == 10
    assert ended.used_minutes == 10


def test_a_clock_that_runs_with_the_work_waits_for_it() -> None:
    content = SOP.to_json()
    content["steps"][0]["clock"] = "work"
    sop = SopDefinition.from_json(content)

    untouched = stand([], STARTED + timedelta(days=30), sop=sop).step("gather")
    taken_up = stand([fact(FactKind.TAKEN_UP, 95)], STARTED + timedelta(minutes=100), sop=sop).step("gather")

    assert (untouched.used_minutes, untouched.due_at, untouched.late) == (0, None, False)
    assert taken_up.used_minutes == 5


def test_a_step_with_a_window_is_late_after_its_last_day() -> None:
    due = stand([DONE], STARTED + timedelta(days=1)).step("sign").due_at

    assert due == datetime(2027, 2, 1, tzinfo=BANGKOK)
    assert stand([DONE], datetime(2027, 2, 1, 9, 0, tzinfo=BANGKOK)).step("sign").late


def test_a_reopened_step_is_open_and_the_next_one_waits() -> None:
    run = stand([DONE, fact(FactKind.REOPENED, 70)], STARTED + timedelta(minutes=80))

    assert [step.state for step in run.steps] == [State.OPEN, State.WAITING, State.WAITING]


def test_ending_a_reopened_step_again_opens_the_steps_after_it_again() -> None:
    facts = [DONE, fact(FactKind.DONE, 70, step="sign"), fact(FactKind.REOPENED, 80), fact(FactKind.DONE, 90)]

    run = stand(facts, STARTED + timedelta(minutes=100))

    assert [step.state for step in run.steps] == [State.DONE, State.OPEN, State.WAITING]
    assert run.step("sign").opened_at == STARTED + timedelta(minutes=90)


def test_saying_done_twice_keeps_the_first_moment() -> None:
    run = stand([DONE, fact(FactKind.DONE, 70, step="sign"), fact(FactKind.DONE, 90)], STARTED + timedelta(days=1))

    assert run.step("gather").ended_at == DONE.at
    assert run.step("sign").state is State.DONE


SOME_FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from(list(FactKind)),
        st.integers(0, 10_000),
        step=st.sampled_from([step.code for step in SOP.steps]),
        piece=st.sampled_from([*GROUPS, None]),
    ),
    max_size=12,
)


@given(SOME_FACTS, st.integers(0, 20_000))
def test_nothing_is_done_without_somebody_having_said_so(facts: list[Fact], minutes: int) -> None:
    run = stand(facts, STARTED + timedelta(minutes=minutes))

    said = {known.step for known in facts if known.kind is FactKind.DONE}
    assert {step.code for step in run.steps if step.state is State.DONE} <= said


@given(SOME_FACTS, st.integers(0, 20_000))
def test_at_most_one_step_is_open_and_only_after_all_before_it(facts: list[Fact], minutes: int) -> None:
    states = [step.state for step in stand(facts, STARTED + timedelta(minutes=minutes)).steps]

    turns = [0 if state is State.DONE else 2 if state is State.WAITING else 1 for state in states]
    assert turns == sorted(turns)
    assert turns.count(1) <= 1


@given(SOME_FACTS, st.integers(0, 20_000))
def test_no_step_ends_before_it_opened(facts: list[Fact], minutes: int) -> None:
    for step in stand(facts, STARTED + timedelta(minutes=minutes)).steps:
        if step.ended_at is not None:
            assert step.opened_at is not None
            assert step.opened_at <= step.ended_at


@given(SOME_FACTS, st.integers(0, 10_000), st.integers(0, 10_000))
def test_time_alone_undoes_nothing(facts: list[Fact], early: int, later: int) -> None:
    kept = [known for known in facts if known.kind is not FactKind.REOPENED]

    first = stand(kept, STARTED + timedelta(minutes=early)).done_count
    second = stand(kept, STARTED + timedelta(minutes=early + later)).done_count

    assert first <= second


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_used_minutes_never_shrink(early: int, later: int) -> None:
    first = stand([], STARTED + timedelta(minutes=early)).used_minutes
    second = stand([], STARTED + timedelta(minutes=early + later)).used_minutes

    assert first <= second
