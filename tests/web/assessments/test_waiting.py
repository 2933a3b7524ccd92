"""The package for the department's own system waits where the SOP names one; the way of parts has its own tests."""

import pytest

from raprong.assessments.exports import actions as exports
from raprong.cli.sample.organisation import SampleAgency
from raprong.processes.models import Run
from raprong.web.assessments import waiting
from raprong.web.home.desk import Desk
from tests.factories.assessments import IN_MARCH, submitted_report


@pytest.mark.usefixtures("kpis")
def test_the_package_waits_once_the_report_is_submitted_until_it_is_asked_for(run: Run, cast: SampleAgency) -> None:
    planner, director = cast.people["planner"], cast.people["director"]
    before = list(waiting.packages(Desk.of(planner, IN_MARCH)))
    report = submitted_report(run, cast, 6, at=IN_MARCH)

    [package] = waiting.packages(Desk.of(planner, IN_MARCH))
    others = list(waiting.packages(Desk.of(director, IN_MARCH)))
    ordered = exports.order(report, by=planner, at=IN_MARCH)
    after = list(waiting.packages(Desk.of(planner, IN_MARCH)))
    exports.cancel(ordered, by=planner, at=IN_MARCH)
    again = list(waiting.packages(Desk.of(planner, IN_MARCH)))

    assert report.public_id in package.url
    assert before == others == after == []
    assert [one.key for one in again] == [package.key]
