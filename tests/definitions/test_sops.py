"""The SOPs as data: whole, true to their sources, and runnable."""

from pathlib import Path

import pytest

import raprong
from raprong.lib.sop.flowchart import flow_chart
from raprong.lib.sop.library import read_library, read_sop
from raprong.lib.sop.lint import Severity, lint
from raprong.lib.sop.shape import ASK, SopDefinition
from raprong.lib.thai.fiscal_year import FiscalYear

DEFINITIONS = Path(raprong.__file__).parent / "definitions"
THIRD_AGENCY = Path(__file__).parent / "third_agency.yaml"
SOPS = {definition.code: definition for definition in read_library([DEFINITIONS])}


@pytest.fixture
def by_minutes() -> SopDefinition:
    return SOPS["SOP-MIP-PLAN-02"]


@pytest.fixture
def by_calendar() -> SopDefinition:
    return SOPS["DOH-PA"]


@pytest.mark.parametrize("sop", SOPS.values(), ids=SOPS.keys())
def test_every_part_says_where_it_stands_in_its_source(sop: SopDefinition) -> None:
    parts = [
        *sop.sections,
        *sop.parties,
        *sop.steps,
        *sop.storage,
        *sop.readers,
        *sop.forms,
        sop.reporting,
        sop.document,
    ]
    points = [point for step in sop.steps for point in step.control_points]

    assert all(part.source.strip() for part in [*parts, *points])


@pytest.mark.parametrize("sop", SOPS.values(), ids=SOPS.keys())
def test_a_definition_survives_being_pinned(sop: SopDefinition) -> None:
    pinned = SopDefinition.from_json(sop.to_json())

    assert pinned == sop
    assert pinned.digest == sop.digest


def test_the_first_sop_has_ten_steps_that_add_up_to_its_printed_total(by_minutes: SopDefinition) -> None:
    minutes = [step.standard_minutes for step in by_minutes.steps]

    assert minutes == [300, 180, 120, 120, 120, 1540, 3080, 18240, 240, 120]
    assert by_minutes.standard_minutes == by_minutes.printed_total_minutes == 24_060


def test_the_first_sop_reports_monthly_and_in_two_rounds_and_is_kept_five_years(by_minutes: SopDefinition) -> None:
    assert by_minutes.reporting.monthly
    assert by_minutes.reporting.rounds == (6, 12)
    assert by_minutes.storage[0].years == 5
    assert len(by_minutes.readers) == 3
    assert [section.number for section in by_minutes.sections] == [str(number) for number in range(1, 11)]


def test_the_first_sop_keeps_its_contradictions_as_notes(by_minutes: SopDefinition) -> None:
    notes = "\n".join(by_minutes.notes)

    for contradiction in ("๑,๕๕๐", "๑,๕๔๐", "๒๔,๐๗๐", "๒๔,๐๖๐", "กรมอนามัย", "House Model", "สะกดสองแบบ", "ภาคผนวก"):
        assert contradiction in notes


def test_the_second_sop_runs_from_august_before_the_year_to_july(by_calendar: SopDefinition) -> None:
    windows = [step.window for step in by_calendar.steps]

    assert len(windows) == 8
    assert windows[0] is not None
    assert windows[-1] is not None
    assert FiscalYear(2570).month(windows[0].starts.month, years_before=windows[0].starts.years_before)[
        0
    ].isoformat() == ("2026-08-01")
    assert (windows[-1].ends.month, windows[-1].ends.years_before) == (7, 0)
    assert by_calendar.reporting.rounds == (5, 10, 12)


def test_lint_finds_what_is_wrong_with_the_first_sop(by_minutes: SopDefinition) -> None:
    known = {card for step in by_minutes.steps for card in [*step.work, *(p.check for p in step.control_points)]}
    roles = {party.role for party in by_minutes.parties}

    findings = [finding.sentence for finding in lint(by_minutes, cards=known - {ASK}, roles=roles)]

    assert findings == [
        "The chart prints 1,550 minutes, the text 1,540.",
        "The chart's rows add up to 24,070 minutes; the document prints 24,060.",
        "Section 10 ภาคผนวก is empty.",
    ]


def test_lint_names_unknown_roles_and_cards(by_minutes: SopDefinition) -> None:
    errors = [finding for finding in lint(by_minutes, cards=set(), roles=set()) if finding.severity is Severity.ERROR]

    assert {finding.place for finding in errors} >= {"parties.director", "steps.signing", "readers[0]"}


@pytest.mark.parametrize("sop", SOPS.values(), ids=SOPS.keys())
def test_the_flow_chart_has_every_step_once_joined_in_order(sop: SopDefinition) -> None:
    chart = flow_chart(sop)

    assert [box.step for box in chart.boxes] == list(sop.steps)
    assert [(arrow.start, arrow.end) for arrow in chart.arrows] == [(n, n + 1) for n in range(len(sop.steps) - 1)]
    assert all(chart.lanes[box.lane].code == box.step.done_by[0] for box in chart.boxes)


def test_a_box_names_those_who_stand_beside_its_lane(by_minutes: SopDefinition) -> None:
    boxes = {box.step.code: box for box in flow_chart(by_minutes).boxes}

    assert [party.code for party in boxes["selection"].beside] == ["planning-group"]
    assert [party.code for party in boxes["evaluation"].beside] == ["kpi-host"]


@pytest.mark.parametrize("sop", SOPS.values(), ids=SOPS.keys())
def test_a_control_point_the_paper_does_not_print_says_that_we_added_it(sop: SopDefinition) -> None:
    points = [point for step in sop.steps for point in step.control_points]
    added = {point.code for point in points if point.source.startswith("ระบบเพิ่ม")}

    assert added == ({"criteria-complete", "weights"} if sop.code == "SOP-MIP-PLAN-02" else set())


def test_a_third_agencys_sop_is_a_new_file_and_nothing_else() -> None:
    third = read_sop(THIRD_AGENCY)

    assert third.reporting.rounds == (3, 6, 9, 12)
    assert third.standard_minutes == third.printed_total_minutes == 330
    assert len(flow_chart(third).lanes) == 2


def test_no_officials_name_is_in_the_definitions() -> None:
    for path in DEFINITIONS.glob("sop/**/*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not [title for title in ("นาย", "นางสาว", "นาง ") if f"({title}" in text or f" {title}" in text], path
