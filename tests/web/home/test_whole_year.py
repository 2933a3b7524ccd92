"""A whole year, looked at from everybody's desk each time the clock moved on."""

import pytest

from tests.finished_year import OUTSIDER, WatchedStage


@pytest.mark.once
def test_work_of_every_room_comes_to_those_who_do_it(finished_year: WatchedStage) -> None:
    seen = finished_year.seen

    assert {"planning-head", "planner", "assessor"} <= seen["steps"]
    assert seen["pieces"] == {"head1", "planning-head", "staff"}
    assert seen["signing"] == {"staff", "head1", "planning-head", "director"}
    assert seen["months"] == {"head1", "planning-head", "planner", "staff"}
    assert {"planning-head", "planner"} <= seen["reports"]
    assert seen["packages"] == {"planning-head", "planner"}
    assert seen["evaluations"] == {"assessor", "chief-assessor"}
    assert seen["letters_to_sign"] == {"director", "executive"}
    assert {room for room, lookers in seen.items() if OUTSIDER in lookers} == {"years"}  # that of her own unit
