"""The scoring scheme of a year: who changes it, until when, what is refused, and what is written down."""

from decimal import Decimal
from typing import Any

import pytest

from raprong.access.rules import Refused
from raprong.assessments.models import SelfAssessment
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis.models import Framework
from raprong.kpis.queries import scheme_of
from raprong.kpis.schemes import available_schemes, changes_of_scheme, set_scheme
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


def two_places(**changed: Any) -> dict[str, Any]:
    return scheme_as_data(available_schemes()["five-level-two-places"]) | changed


def choose(run: Run, cast: SampleAgency, data: dict[str, Any], **said: Any) -> Framework:
    asked = {"because": "ตามกรอบของกรม", "seen": None, "by": cast.people["planner"], "at": NEW_YEAR}
    return set_scheme(run, data, **(asked | said))


def test_another_scheme_is_in_force_from_then_on(run: Run, cast: SampleAgency) -> None:
    choose(run, cast, two_places())

    assert (scheme_of(run).code, scheme_of(run).places) == ("five-level-two-places", 2)


def test_what_changed_is_written_down_with_both_sides_and_the_reason(run: Run, cast: SampleAgency) -> None:
    choose(run, cast, two_places())
    framework = choose(run, cast, two_places(below="zero"), because="คู่มือหน้า 12")

    latest = changes_of_scheme(framework)[0]
    assert latest.facts["changed"] == {"below": ["floor", "zero"]}
    assert (latest.facts["because"], latest.by_name) == ("คู่มือหน้า 12", cast.people["planner"].name)


def test_what_changes_nothing_is_not_written_down_again(run: Run, cast: SampleAgency) -> None:
    choose(run, cast, two_places())
    choose(run, cast, two_places())

    assert Entry.objects.filter(kind="framework.scheme_set").count() == 1


def test_everything_wrong_is_told_at_once(run: Run, cast: SampleAgency) -> None:
    wrong = two_places(below="sideways", bands=[{"code": "a", "title_th": "ก", "title_en": "A"}])

    with pytest.raises(Faults) as refused:
        choose(run, cast, wrong, because=" ")

    paths = [fault.field for fault in refused.value.faults]
    assert "below" in paths
    assert "because" in paths
    assert any(path.startswith("bands[0]") for path in paths)
    assert not Framework.objects.filter(run=run, scheme__code="five-level-two-places").exists()


@pytest.mark.parametrize("code", sorted(available_schemes()))
def test_every_scheme_of_the_definitions_is_chosen(run: Run, cast: SampleAgency, code: str) -> None:
    choose(run, cast, scheme_as_data(available_schemes()[code]))

    assert scheme_of(run) == available_schemes()[code]


def test_more_decimals_and_none_at_all_are_chosen(run: Run, cast: SampleAgency) -> None:
    choose(run, cast, two_places(places=None, total_places=10))

    assert (scheme_of(run).places, scheme_of(run).total_places) == (None, 10)


def test_more_decimals_than_can_be_written_are_refused(run: Run, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        choose(run, cast, two_places(total_places=11))

    assert [fault.field for fault in refused.value.faults] == ["total_places"]


def test_a_final_score_out_of_parts_is_chosen(run: Run, cast: SampleAgency) -> None:
    framework = choose(run, cast, scheme_as_data(available_schemes()["individual-70-30"]))

    assert [part["weight"] for part in framework.scheme["parts"]] == ["70", "30"]


def test_the_later_planner_is_told(run: Run, cast: SampleAgency) -> None:
    read = choose(run, cast, two_places()).version
    choose(run, cast, two_places(below="zero"), seen=read)

    with pytest.raises(Stale):
        choose(run, cast, two_places(below="proportional"), seen=read)


@pytest.mark.parametrize("name", ["director", "head1", "staff", "assessor", "executive", "auditor"])
def test_only_those_who_frame_the_year_change_it(run: Run, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        choose(run, cast, two_places(), by=cast.people[name])


def test_another_department_changes_nothing(run: Run, cast: SampleAgency, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        choose(run, cast, two_places(), by=other_cast.people["planner.pa"])


def test_once_a_report_is_submitted_the_scheme_stays(run: Run, cast: SampleAgency) -> None:
    SelfAssessment.objects.create(
        run=run, months=6, state="submitted", opened_at=NEW_YEAR, opened_by=cast.people["planner"], total=Decimal(3)
    )

    with pytest.raises(Refused):
        choose(run, cast, two_places())
