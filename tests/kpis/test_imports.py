"""A file of KPIs: looked at first, taken in whole or in part, and undone in one move."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis import actions as kpis
from raprong.kpis import imports, library
from raprong.kpis.decisions import not_select, select
from raprong.kpis.enums import BatchState, KpiLevel, KpiNature, KpiOrigin, RowStanding
from raprong.kpis.import_rows import rows_of
from raprong.kpis.models import Framework, ImportBatch, Kpi, KpiYear
from raprong.kpis.proposals import Proposal
from raprong.lib.scoring.criteria import Ladder, YesNo
from raprong.lib.scoring.ladder import Rung
from raprong.lib.workbooks import choices
from raprong.lib.workbooks.faults import WorkbookFaults
from raprong.lib.workbooks.shape import KPI_SHEET, KpiRow, KpiWorkbook, NamedStep
from raprong.lib.workbooks.writer import write_csv, write_workbook
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR, NEW_YEAR

Upload = Callable[..., ImportBatch]


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@pytest.fixture
def row() -> Callable[..., KpiRow]:
    """Makes a sound row of group 1, with changes."""

    def make(code: str = "1.1", **changes: Any) -> KpiRow:
        levels = tuple((Decimal(level), Decimal(level * 20)) for level in range(1, 6))
        sound = KpiRow(2, code, f"ตัวชี้วัด {code}", "ประสิทธิผล", "กลุ่มที่ 1", "ร้อยละ", None, levels, Decimal(80))
        return replace(sound, **changes)

    return make


@pytest.fixture
def upload(open_run: Run, planner: Person) -> Upload:
    """Sends a workbook of these rows; with ``full`` it has every column there is."""

    def make(*rows: KpiRow, by: Person = planner, full: bool = False) -> ImportBatch:
        content = write_workbook(KpiWorkbook(rows), fiscal_year=FISCAL_YEAR, every_column=full)
        return imports.upload(open_run, "kpis.xlsx", content, by=by, at=NEW_YEAR)

    return make


def standings(batch: ImportBatch) -> dict[str, str]:
    return {row.content["code"]: row.standing for row in batch.rows.all()}


def sentences(batch: ImportBatch) -> str:
    return " ".join(fault["sentence"] for row in batch.rows.all() for fault in row.faults)


def take(batch: ImportBatch, planner: Person, **more: Any) -> list[KpiYear]:
    return imports.take(batch, seen=batch.version, by=planner, at=NEW_YEAR, **more)


def undo(batch: ImportBatch, planner: Person) -> list[str]:
    batch.refresh_from_db()
    return imports.undo(batch, seen=batch.version, by=planner, at=NEW_YEAR)


# Looking


def test_the_words_of_a_workbook_are_those_of_a_kpi() -> None:
    assert [choice.code for choice in choices.LEVELS] == KpiLevel.values
    assert [choice.code for choice in choices.ORIGINS] == KpiOrigin.values
    assert [choice.code for choice in choices.NATURES] == KpiNature.values


def test_every_row_has_its_standing_and_no_kpi_changes(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], propose: Callable[..., KpiYear]
) -> None:
    propose("1.1", weight=None)
    changed = propose("1.2")

    batch = upload(row("1.1"), row("1.2", target=Decimal(90)), row("1.3"), row("1.4", group="กลุ่มที่ 9"))

    assert standings(batch) == {"1.1": "unchanged", "1.2": "changed", "1.3": "new", "1.4": "faulty"}
    assert batch.rows.get(number=3).changes == {"ค่าเป้าหมาย": ["80", "90"]}
    changed.refresh_from_db()
    assert changed.target == Decimal(80)
    assert KpiYear.objects.count() == 2


def test_faults_stand_in_their_cells_in_both_languages(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow]
) -> None:
    batch = upload(row("1.1", group="กลุ่มที่ 9", sources=("นโยบายที่ไม่มี",), starts_in=7, level="unit"))

    faults = {fault["heading"]: fault for fault in batch.rows.get().faults}
    assert set(faults) == {"กลุ่มงานผู้รับผิดชอบ", "นโยบายที่สอดคล้อง", "เริ่มรอบ (เดือน)"}
    assert faults["กลุ่มงานผู้รับผิดชอบ"]["column"] == "D"
    assert all(fault["sentence"] != fault["sentence_th"] for fault in faults.values())


def test_a_level_that_the_years_scale_does_not_have_is_told(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow]
) -> None:
    batch = upload(row("1.1", levels=((Decimal(1), Decimal(20)), (Decimal(50), Decimal(100)))))

    assert "There is no score 50" in sentences(batch)


def test_a_file_that_cannot_be_read_leaves_nothing(open_run: Run, planner: Person) -> None:
    with pytest.raises(WorkbookFaults):
        imports.upload(open_run, "kpis.xlsx", b"%PDF-1.7", by=planner, at=NEW_YEAR)

    assert not ImportBatch.objects.exists()


def test_a_csv_file_is_looked_at_as_a_workbook_is(
    framework: Framework, open_run: Run, planner: Person, row: Callable[..., KpiRow]
) -> None:
    content = write_csv([row("1.1"), row("1.2")], fiscal_year=FISCAL_YEAR)

    batch = imports.upload(open_run, "../../kpis.csv", content, by=planner, at=NEW_YEAR)

    assert batch.file_name == "kpis.csv"
    assert set(standings(batch).values()) == {"new"}


def test_what_is_exported_comes_back_unchanged(
    framework: Framework, open_run: Run, planner: Person, propose: Callable[..., KpiYear], cast: SampleAgency
) -> None:
    whole = propose("1", criteria=YesNo(Decimal(5), Decimal(1)), target=Decimal(1), definition="=1+1\nบรรทัดสอง")
    propose("1.1", parent=whole, weight_inside=Decimal("33.33"), baseline={2568: Decimal("91.20")})
    propose("1.2", sources=list(framework.sources.all()), weight=Decimal("12.50"), target=Decimal("80.5"))
    kpi = propose("1.3", strategy="ยุทธศาสตร์ที่ ๑", starts_in=6)
    post = cast.units["mip-1"].positions.first()
    KpiYear.objects.filter(pk=kpi.pk).update(collector=post, collector_phone="02 000 0000", conditions="- ข้อหนึ่ง")

    for content in (
        write_workbook(KpiWorkbook(tuple(rows_of(framework))), fiscal_year=FISCAL_YEAR, every_column=True),
        write_csv(rows_of(framework), fiscal_year=FISCAL_YEAR),
    ):
        batch = imports.upload(open_run, "kpis.xlsx", content, by=planner, at=NEW_YEAR)

        assert set(standings(batch).values()) == {RowStanding.UNCHANGED}, sentences(batch)


# Taking


def test_good_rows_are_taken_while_bad_ones_wait(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, propose: Callable[..., KpiYear]
) -> None:
    old = propose("1.1")
    batch = upload(row("1.1", target=Decimal(90), weight=Decimal(40)), row("1.2"), row("1.3", dimension="มิติอื่น"))

    taken = take(batch, planner)

    assert [kpi.code for kpi in taken] == ["1.1", "1.2"]
    old.refresh_from_db()
    assert (old.target, old.weight, old.version) == (Decimal(90), Decimal(40), 2)
    assert Entry.objects.get(kind="kpi.revised").facts["changed"] == {"target": ["80", "90"], "weight": [None, "40"]}
    assert Entry.objects.get(kind="kpis.imported").facts["count"] == "2"
    batch.refresh_from_db()
    assert batch.state == BatchState.TAKEN
    assert [row.number for row in batch.rows.filter(taken_at=None)] == [4]


def test_chosen_rows_alone_are_taken_and_the_others_later(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch = upload(row("1.1"), row("1.2"))
    first, second = batch.rows.all()

    take(batch, planner, rows=[second])
    batch.refresh_from_db()
    later = take(batch, planner)

    assert [kpi.code for kpi in later] == ["1.1"]
    with pytest.raises(Refused):
        take(ImportBatch.objects.get(), planner, rows=[first])


def test_a_whole_row_is_taken_with_every_field(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, cast: SampleAgency
) -> None:
    post = cast.units["mip-1"].positions.first()
    assert post is not None
    full = row(
        "1.1",
        level="department",
        origin="mandated",
        nature="outcome",
        issue="ประเด็นหนึ่ง",
        sources=("นโยบายกระทรวง",),
        scope="ทุกกลุ่ม",
        supervisor=post.title,
        supervisor_phone="02 000 0000",
        starts_in=6,
        notes="บรรทัดหนึ่ง\nบรรทัดสอง",
    )

    [kpi] = take(upload(full, full=True), planner)

    kpi.refresh_from_db()
    assert (kpi.level, kpi.origin, kpi.nature, kpi.issue) == ("department", "mandated", "outcome", "ประเด็นหนึ่ง")
    assert (kpi.scope, kpi.supervisor, kpi.starts_in) == ("ทุกกลุ่ม", post, 6)
    assert kpi.notes == "บรรทัดหนึ่ง\nบรรทัดสอง"
    assert [source.title for source in kpi.sources.all()] == ["นโยบายกระทรวง"]


def test_a_part_comes_after_the_kpi_it_belongs_to(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch = upload(row("1.1", parent="1", weight_inside=Decimal(50)), row("1", weight=Decimal(20)))

    take(batch, planner)

    part = KpiYear.objects.get(code="1.1")
    assert (part.parent and part.parent.code, part.weight_inside) == ("1", Decimal(50))


def test_a_part_without_its_kpi_is_refused(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch = upload(row("1.1", parent="1", weight_inside=Decimal(50)), row("1"))

    with pytest.raises(Faults):
        take(batch, planner, rows=[batch.rows.get(number=2)])

    assert not KpiYear.objects.exists()


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, propose: Callable[..., KpiYear]
) -> None:
    kpi = propose("1.1", issue="ประเด็น", formula="สูตร")

    take(upload(row("1.1", target=Decimal(70))), planner)

    kpi.refresh_from_db()
    assert (kpi.issue, kpi.formula) == ("ประเด็น", "")


def test_a_kpi_that_changed_since_is_not_overwritten(
    framework: Framework,
    upload: Upload,
    row: Callable[..., KpiRow],
    planner: Person,
    propose: Callable[..., KpiYear],
    proposal: Callable[..., Proposal],
) -> None:
    kpi = propose("1.1")
    batch = upload(row("1.1", target=Decimal(90)))
    kpis.revise(kpi, proposal("1.1", target=Decimal(70)), seen=1, by=planner, at=NEW_YEAR)

    with pytest.raises(Refused, match=r"1\.1"):
        take(batch, planner)

    batch = imports.look_again(batch, seen=batch.version, by=planner, at=NEW_YEAR)
    assert batch.rows.get().changes == {"ค่าเป้าหมาย": ["70", "90"]}
    assert take(batch, planner)[0].target == Decimal(90)


def test_a_selected_kpi_changes_for_a_reason_and_keeps_its_weight(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, propose: Callable[..., KpiYear]
) -> None:
    select(propose("1.1"), weight=Decimal(60), by=planner, at=NEW_YEAR)
    other_weight = upload(row("1.1", weight=Decimal(50)))
    batch = upload(row("1.1", weight=Decimal(60), target=Decimal(90)))

    with pytest.raises(Faults) as refused:
        take(batch, planner)

    assert standings(other_weight) == {"1.1": "faulty"}
    assert [fault.field for fault in refused.value.faults] == ["because"]
    assert take(batch, planner, because="หนังสือเวียนฉบับใหม่")[0].target == Decimal(90)


def test_two_people_with_the_same_file_open(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch = upload(row("1.1"), row("1.2"))
    take(batch, planner, rows=[batch.rows.get(number=2)])

    with pytest.raises(Stale):
        take(batch, planner)


def test_a_year_without_dimensions_takes_those_of_the_file(
    open_run: Run, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch = upload(row("1.1", weight=Decimal(60)), row("1.2", dimension="ประสิทธิภาพ", weight=Decimal(40)))

    take(batch, planner)
    framework = Framework.objects.get()
    made = {one.title: one.weight for one in framework.dimensions.all()}
    undo(batch, planner)

    assert made == {"ประสิทธิผล": Decimal(60), "ประสิทธิภาพ": Decimal(40)}
    assert not framework.dimensions.exists()


# Undoing


def test_one_move_puts_everything_back(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, propose: Callable[..., KpiYear]
) -> None:
    propose("1.1", sources=list(framework.sources.all()), issue="ประเด็น", baseline={2568: Decimal("91.2")})
    before = rows_of(framework)
    batch = upload(
        row("1.1", title="ชื่อใหม่", target=Decimal(90), group="กลุ่มที่ 2", sources=()),
        row("2", title="ใหม่"),
        row("2.1", parent="2", weight_inside=Decimal(100)),
        full=True,
    )
    take(batch, planner)

    codes = undo(batch, planner)

    assert sorted(codes) == ["1.1", "2", "2.1"]
    assert rows_of(framework) == before
    assert Kpi.objects.count() == 1
    assert Entry.objects.filter(kind="kpi.withdrawn").count() == 2
    assert ImportBatch.objects.get().state == BatchState.UNDONE


@pytest.mark.parametrize("touch", ["revised", "decided", "part"])
def test_what_somebody_touched_since_is_named_and_nothing_is_undone(
    framework: Framework,
    upload: Upload,
    row: Callable[..., KpiRow],
    planner: Person,
    proposal: Callable[..., Proposal],
    propose: Callable[..., KpiYear],
    touch: str,
) -> None:
    batch = upload(row("1.1"), row("1.2"))
    first, _second = take(batch, planner)
    if touch == "revised":
        kpis.revise(first, proposal("1.1", target=Decimal(70)), seen=1, by=planner, at=NEW_YEAR)
    elif touch == "decided":
        not_select(first, because="ซ้ำ", by=planner, at=NEW_YEAR)
    else:
        propose("1.1.1", parent=first)

    with pytest.raises(Refused, match=r"1\.1"):
        undo(batch, planner)

    assert KpiYear.objects.filter(code="1.2").exists()


def test_an_undone_file_is_taken_no_more(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch = upload(row("1.1"))
    take(batch, planner)
    undo(batch, planner)
    batch.refresh_from_db()

    with pytest.raises(Refused):
        take(batch, planner)
    with pytest.raises(Refused):
        undo(batch, planner)


def test_a_file_of_which_nothing_was_taken_is_thrown_away(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    batch, used = upload(row("1.1")), upload(row("1.2"))
    take(used, planner)
    used.refresh_from_db()

    imports.discard(batch, seen=batch.version, by=planner, at=NEW_YEAR)

    assert list(ImportBatch.objects.all()) == [used]
    with pytest.raises(Refused):
        imports.discard(used, seen=used.version, by=planner, at=NEW_YEAR)


# Who may


def test_a_group_takes_its_own_rows_alone(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], cast: SampleAgency
) -> None:
    staff = cast.people["staff"]

    batch = upload(row("1.1"), row("1.2", group="กลุ่มที่ 2"), by=staff)

    assert standings(batch) == {"1.1": "new", "1.2": "faulty"}
    assert [kpi.code for kpi in take(batch, staff)] == ["1.1"]


def test_a_group_cannot_take_over_the_kpi_of_another(
    framework: Framework,
    upload: Upload,
    row: Callable[..., KpiRow],
    cast: SampleAgency,
    propose: Callable[..., KpiYear],
    planner: Person,
    proposal: Callable[..., Proposal],
    open_run: Run,
) -> None:
    kpis.propose(open_run, proposal("1.2", group=cast.units["mip-2"]), by=planner, at=NEW_YEAR)

    batch = upload(row("1.2", target=Decimal(10)), by=cast.people["staff"])

    assert standings(batch) == {"1.2": "faulty"}


@pytest.mark.parametrize("who", ["executive", "auditor"])
def test_those_who_propose_nothing_cannot_send_a_file(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], cast: SampleAgency, who: str
) -> None:
    with pytest.raises(Refused):
        upload(row("1.1"), by=cast.people[who])


def test_an_outsider_can_neither_send_nor_take_nor_undo(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, outsider: Person
) -> None:
    batch = upload(row("1.1"))

    for verb in (
        lambda: upload(row("1.2"), by=outsider),
        lambda: take(batch, outsider),
        lambda: undo(batch, outsider),
        lambda: imports.look_again(batch, seen=None, by=outsider, at=NEW_YEAR),
        lambda: imports.discard(batch, seen=None, by=outsider, at=NEW_YEAR),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_cancelled_round_is_told_to_stand_on_the_kpis_own_page(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person, propose: Callable[..., KpiYear]
) -> None:
    kpi = select(propose("1.1"), weight=Decimal(60), by=planner, at=NEW_YEAR)
    library.cancel(kpi, from_round=12, because="ยกเลิกโครงการ", by=planner, at=NEW_YEAR)

    batch = upload(row("1.1", weight=Decimal(60), cancelled_from=6, cancelled_because="ยกเลิกโครงการ"))

    assert [fault["heading"] for fault in batch.rows.get().faults] == ["ยกเลิกตั้งแต่รอบ (เดือน)"]


def test_the_file_that_was_sent_is_kept_as_it_was(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow]
) -> None:
    batch = upload(row("1.1"))

    with imports.open_content(batch.sha256) as content:
        book = load_workbook(BytesIO(content.read()))

    assert book[KPI_SHEET]["A2"].value == "1.1"


def test_many_rows_are_revised_and_put_back_in_few_statements(
    framework: Framework,
    upload: Upload,
    row: Callable[..., KpiRow],
    planner: Person,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    codes = [f"1.{number}" for number in range(1, 41)]
    take(upload(*(row(code) for code in codes)), planner)
    batch = upload(*(row(code, target=Decimal(90), sources=("นโยบายกระทรวง",)) for code in codes), full=True)

    with django_assert_max_num_queries(60):
        take(batch, planner)
    with django_assert_max_num_queries(60):
        undo(batch, planner)

    assert {(kpi.target, kpi.sources.count(), kpi.version) for kpi in framework.kpis.all()} == {(Decimal(80), 0, 3)}


def test_steps_and_criteria_of_rounds_come_in_go_out_and_are_undone(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow], planner: Person
) -> None:
    half = Ladder(tuple(Rung(Decimal(level * 10), Decimal(level)) for level in range(1, 6)))
    steps = (NamedStep("จัดทำแผน", ("แผนที่อนุมัติ",)), NamedStep("ดำเนินการ"))
    full = row("1.1", round_criteria=((6, half),), steps=steps, counting="monthly")
    take(upload(row("1.1")), planner)

    batch = upload(full, full=True)
    take(batch, planner)

    kpi = KpiYear.objects.get()
    assert (list(kpi.round_criteria), kpi.counting) == (["6"], "monthly")
    assert kpi.steps[0] == {"title": "จัดทำแผน", "evidence": ["แผนที่อนุมัติ"]}
    assert standings(upload(*rows_of(framework), full=True)) == {"1.1": "unchanged"}
    undo(batch, planner)
    kpi.refresh_from_db()
    assert (kpi.round_criteria, kpi.steps, kpi.counting) == ({}, [], "cumulative")


def test_criteria_of_a_round_that_the_year_has_not_are_told_in_their_cell(
    framework: Framework, upload: Upload, row: Callable[..., KpiRow]
) -> None:
    half = Ladder(tuple(Rung(Decimal(level * 10), Decimal(level)) for level in range(1, 6)))

    batch = upload(row("1.1", round_criteria=((7, half),)), full=True)

    (fault,) = batch.rows.get().faults
    assert (fault["heading"], fault["sentence"]) == ("เกณฑ์รายรอบ", "Round of 7 months: Choose a round of this year.")
