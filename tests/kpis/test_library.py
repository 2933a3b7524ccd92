"""A KPI across its years: copied, undone, retired, cancelled, and its history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis import actions as kpis
from raprong.kpis import library
from raprong.kpis.enums import KpiState
from raprong.kpis.formulas import FormulaInput
from raprong.kpis.library import Copying
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.kpis.proposals import Proposal
from raprong.kpis.years import differences, entries_of, kpis_to_copy, years_of
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR

LATER = NEW_YEAR + timedelta(days=1)


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


def selected(kpi: KpiYear) -> KpiYear:
    """The KPI as a selection leaves it."""
    KpiYear.objects.filter(pk=kpi.pk).update(state=KpiState.SELECTED, weight=60, decided_at=NEW_YEAR)
    return KpiYear.objects.get(pk=kpi.pk)


def copies(run: Run) -> list[Copying]:
    return [Copying(kpi) for kpi in kpis_to_copy(run)]


def test_last_years_kpis_are_copied_in_one_move(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], planner: Person
) -> None:
    first = last_year["1.1"]

    made = library.copy_from_last_year(
        open_run, copies(open_run), reached={first.pk: Decimal("87.5000")}, by=planner, at=NEW_YEAR
    )

    copy = next(kpi for kpi in made if kpi.code == "1.1")
    assert [kpi.code for kpi in framework.kpis.all()] == ["1.1", "1.1.1", "1.2"]
    assert (copy.kpi, copy.copied_from, copy.state) == (first.kpi, first, KpiState.PROPOSED)
    assert copy.baseline == {"2568": "70", "2569": "87.5"}
    assert copy.definition == "นิยามของปีก่อน"
    assert [source.framework for source in copy.sources.all()] == [framework]
    assert Entry.objects.filter(kind="kpi.copied").count() == 3


def test_a_part_is_copied_into_this_years_parent(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], planner: Person
) -> None:
    library.copy_from_last_year(open_run, copies(open_run), reached={}, by=planner, at=NEW_YEAR)

    part = framework.kpis.get(code="1.1.1")

    assert part.parent == framework.kpis.get(code="1.1")
    assert part.weight_inside == Decimal(40)


def test_a_part_without_its_kpi_is_refused_and_nothing_stored(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], planner: Person
) -> None:
    part = last_year["1.1.1"]

    with pytest.raises(Faults) as refused:
        library.copy_from_last_year(open_run, [Copying(part)], reached={}, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == [f"take_{part.public_id}"]
    assert not framework.kpis.exists()


def test_a_code_that_is_taken_and_a_missing_dimension_are_told_at_their_places(
    open_run: Run,
    framework: Framework,
    last_year: dict[str, KpiYear],
    propose: Callable[..., KpiYear],
    planner: Person,
) -> None:
    propose("1.2")
    framework.dimensions.filter(kpis=None).delete()
    framework.dimensions.update(title="ด้านใหม่")
    one, other = last_year["1.1"], last_year["1.2"]

    with pytest.raises(Faults) as refused:
        library.copy_from_last_year(open_run, [Copying(one), Copying(other)], reached={}, by=planner, at=NEW_YEAR)
    chosen = framework.dimensions.first()
    made = library.copy_from_last_year(
        open_run, [Copying(one, dimension=chosen), Copying(other, "1.3", chosen)], reached={}, by=planner, at=NEW_YEAR
    )

    told = {fault.field for fault in refused.value.faults}
    assert told == {f"dimension_{one.public_id}", f"dimension_{other.public_id}", f"code_{other.public_id}"}
    assert [kpi.code for kpi in made] == ["1.1", "1.3"]


def test_what_is_copied_or_retired_is_not_offered_again(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], planner: Person
) -> None:
    library.retire(last_year["1.2"].kpi, because="เลิกภารกิจ", by=planner, at=NEW_YEAR)
    library.copy_from_last_year(open_run, [Copying(last_year["1.1"])], reached={}, by=planner, at=NEW_YEAR)

    offered = [kpi.code for kpi in kpis_to_copy(open_run)]

    assert offered == ["1.1.1"]
    with pytest.raises(Faults):
        library.copy_from_last_year(open_run, [Copying(last_year["1.2"])], reached={}, by=planner, at=NEW_YEAR)


def test_a_group_copies_its_own_and_not_anothers(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], cast: SampleAgency
) -> None:
    copying = [Copying(last_year["1.1"])]

    with pytest.raises(Refused):
        library.copy_from_last_year(open_run, copying, reached={}, by=cast.people["staff2"], at=NEW_YEAR)

    assert library.copy_from_last_year(open_run, copying, reached={}, by=cast.people["staff"], at=NEW_YEAR)


def test_somebody_of_another_department_copies_nothing(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], outsider: Person
) -> None:
    with pytest.raises(Refused):
        library.copy_from_last_year(open_run, copies(open_run), reached={}, by=outsider, at=NEW_YEAR)


def test_a_copy_is_undone_as_far_as_nobody_touched_it(
    open_run: Run,
    framework: Framework,
    last_year: dict[str, KpiYear],
    planner: Person,
    proposal: Callable[..., Proposal],
) -> None:
    library.copy_from_last_year(open_run, copies(open_run), reached={}, by=planner, at=NEW_YEAR)
    kpis.revise(framework.kpis.get(code="1.2"), proposal("1.2"), seen=None, by=planner, at=NEW_YEAR)

    taken_back = library.undo_copy(open_run, by=planner, at=NEW_YEAR)

    assert taken_back == ["1.1", "1.1.1"]
    assert [kpi.code for kpi in framework.kpis.all()] == ["1.2"]
    assert Kpi.objects.count() == 3
    with pytest.raises(Refused):
        library.undo_copy(open_run, by=planner, at=NEW_YEAR)


def test_a_copy_that_was_decided_about_stays(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], planner: Person
) -> None:
    made = library.copy_from_last_year(open_run, [Copying(last_year["1.2"])], reached={}, by=planner, at=NEW_YEAR)
    selected(made[0])

    with pytest.raises(Refused):
        library.undo_copy(open_run, by=planner, at=NEW_YEAR)


def test_nobody_undoes_what_somebody_else_copied(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], planner: Person, cast: SampleAgency
) -> None:
    library.copy_from_last_year(open_run, copies(open_run), reached={}, by=planner, at=NEW_YEAR)

    with pytest.raises(Refused):
        library.undo_copy(open_run, by=cast.people["head1"], at=NEW_YEAR)


def test_two_years_side_by_side_say_what_changed(
    open_run: Run,
    framework: Framework,
    last_year: dict[str, KpiYear],
    planner: Person,
    proposal: Callable[..., Proposal],
) -> None:
    copy = library.copy_from_last_year(open_run, [Copying(last_year["1.2"])], reached={}, by=planner, at=NEW_YEAR)[0]
    copy = kpis.revise(copy, proposal("1.2", target=Decimal(90)), seen=None, by=planner, at=NEW_YEAR)

    later, earlier = years_of(copy)

    assert (later, earlier) == (copy, last_year["1.2"])
    assert [version.run.fiscal_year for version in (later, earlier)] == [2570, 2569]
    assert differences(earlier, copy)["target"] == ["80", "90"]
    assert "title" not in differences(earlier, copy)


def test_retiring_and_bringing_back_ask_why(last_year: dict[str, KpiYear], planner: Person, cast: SampleAgency) -> None:
    kpi = last_year["1.2"].kpi

    with pytest.raises(Faults):
        library.retire(kpi, because=" ", by=planner, at=NEW_YEAR)
    retired = library.retire(kpi, because="เลิกภารกิจ", by=planner, at=NEW_YEAR)
    with pytest.raises(Refused):
        library.retire(kpi, because="อีกครั้ง", by=planner, at=NEW_YEAR)
    back = library.bring_back(kpi, because="กลับมาทำ", by=planner, at=LATER)

    assert (retired.retired_because, back.retired_at) == ("เลิกภารกิจ", None)
    told = [(entry.kind, entry.facts["because"]) for entry in entries_of(last_year["1.2"])[:2]]
    assert told == [("kpi.brought_back", "กลับมาทำ"), ("kpi.retired", "เลิกภารกิจ")]


@pytest.mark.parametrize("username", ["staff", "staff2", "director"])
def test_only_the_planners_retire(last_year: dict[str, KpiYear], cast: SampleAgency, username: str) -> None:
    with pytest.raises(Refused):
        library.retire(last_year["1.2"].kpi, because="ไม่ชอบ", by=cast.people[username], at=NEW_YEAR)


def test_an_outsider_neither_retires_nor_cancels(
    last_year: dict[str, KpiYear], propose: Callable[..., KpiYear], planner: Person, outsider: Person
) -> None:
    kpi = selected(propose("1.1"))

    with pytest.raises(Refused):
        library.retire(kpi.kpi, because="-", by=outsider, at=NEW_YEAR)
    with pytest.raises(Refused):
        library.cancel(kpi, from_round=12, because="-", by=outsider, at=NEW_YEAR)


def test_a_selected_kpi_is_cancelled_from_a_round_with_a_reason(
    propose: Callable[..., KpiYear], planner: Person, cast: SampleAgency
) -> None:
    kpi = selected(propose("1.1"))

    with pytest.raises(Faults) as refused:
        library.cancel(kpi, from_round=7, because="", by=planner, at=NEW_YEAR)
    with pytest.raises(Refused):
        library.cancel(kpi, from_round=12, because="-", by=cast.people["staff"], at=NEW_YEAR)
    cancelled = library.cancel(kpi, from_round=12, because="ไม่ได้รับงบประมาณ", seen=kpi.version, by=planner, at=NEW_YEAR)
    with pytest.raises(Stale):
        library.take_up_again(kpi, because="ได้งบประมาณ", seen=kpi.version, by=planner, at=NEW_YEAR)
    again = library.take_up_again(kpi, because="ได้งบประมาณ", seen=cancelled.version, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["from_round", "because"]
    assert (cancelled.cancelled_from, cancelled.cancelled_because) == (12, "ไม่ได้รับงบประมาณ")
    assert again.cancelled_from is None


def test_what_was_not_selected_cannot_be_cancelled(propose: Callable[..., KpiYear], planner: Person) -> None:
    with pytest.raises(Refused):
        library.cancel(propose(), from_round=12, because="-", by=planner, at=NEW_YEAR)


def test_changing_a_selected_kpi_asks_why_and_keeps_the_answer(
    propose: Callable[..., KpiYear], proposal: Callable[..., Proposal], planner: Person, cast: SampleAgency
) -> None:
    kpi = selected(propose())
    changed = proposal(target=Decimal(90))

    with pytest.raises(Faults) as refused:
        kpis.revise(kpi, changed, seen=None, by=planner, at=NEW_YEAR)
    kpis.revise(kpi, changed, seen=None, because="ตามมติที่ประชุม", by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["because"]
    entry = Entry.objects.get(kind="kpi.revised")
    assert entry.facts == {"changed": {"target": ["80", "90"]}, "because": "ตามมติที่ประชุม"}


def test_every_field_of_the_sheet_is_kept(
    framework: Framework, propose: Callable[..., KpiYear], proposal: Callable[..., Proposal], planner: Person
) -> None:
    inputs = (FormulaInput("a", "ผู้ผ่าน", "คน"), FormulaInput("b", "ผู้เข้าสอบ", "คน"))
    kpi = propose(
        issue="คุณภาพบริการ",
        level="department",
        origin="mandated",
        nature="outcome",
        strategy="ยุทธศาสตร์ที่ 2",
        inputs=inputs,
        expression="a / b * 100",
        starts_in=12,
    )

    kept = KpiYear.objects.get(pk=kpi.pk)
    kpis.revise(kept, proposal(), seen=None, by=planner, at=NEW_YEAR)
    untouched = KpiYear.objects.get(pk=kpi.pk)

    assert (kept.issue, kept.level, kept.origin, kept.nature) == ("คุณภาพบริการ", "department", "mandated", "outcome")
    assert (kept.inputs[1]["title"], kept.expression, kept.starts_in) == ("ผู้เข้าสอบ", "a / b * 100", 12)
    assert (untouched.inputs, untouched.strategy, untouched.starts_in) == (kept.inputs, kept.strategy, 12)


def test_every_fault_of_a_part_and_its_formula_is_told_at_once(
    framework: Framework, propose: Callable[..., KpiYear], proposal: Callable[..., Proposal], planner: Person
) -> None:
    whole = propose("1")
    part = propose("1.1", parent=whole, weight_inside=Decimal(40))
    faulty = replace(
        proposal("1.2"),
        parent=part,
        weight=Decimal(10),
        weight_inside=Decimal(101),
        nature="other",
        starts_in=7,
        inputs=(FormulaInput("x", "", ""), FormulaInput("b", "ทั้งหมด")),
        expression="a / b",
    )

    with pytest.raises(Faults) as refused:
        kpis.propose(framework.run, faulty, by=planner, at=NEW_YEAR)

    fields = {fault.field for fault in refused.value.faults}
    assert fields == {
        "parent",
        "weight",
        "weight_inside",
        "nature",
        "starts_in",
        "input_0_name",
        "input_0_title",
        "expression",
    }


def test_a_kpi_with_parts_is_no_part_and_is_not_withdrawn_before_them(
    propose: Callable[..., KpiYear], proposal: Callable[..., Proposal], planner: Person
) -> None:
    whole, other = propose("1"), propose("2")
    propose("1.1", parent=whole)

    with pytest.raises(Faults):
        kpis.revise(whole, proposal("1", parent=other), seen=None, by=planner, at=NEW_YEAR)
    with pytest.raises(Refused):
        kpis.withdraw(whole, by=planner, at=NEW_YEAR)


def test_the_group_and_the_assessors_are_told_of_a_cancelling(
    propose: Callable[..., KpiYear],
    planner: Person,
    cast: SampleAgency,
    outsider: Person,
    django_capture_on_commit_callbacks: Any,
) -> None:
    kpi = selected(propose("1.1"))

    with django_capture_on_commit_callbacks(execute=True):
        library.cancel(kpi, from_round=12, because="ไม่ได้รับงบประมาณ", by=planner, at=NEW_YEAR)

    told = {notice.person for notice in Notice.objects.filter(kind="kpi.cancelled")}
    assert {cast.people["staff"], cast.people["head1"], cast.people["assessor"]} <= told
    assert not told & {cast.people["staff2"], outsider, planner}
