"""What we write reads back the same, whatever a KPI says; and a marked file says the same as before it was marked."""

import string
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from raprong.lib.scoring.criteria import Bands, Criteria, Ladder, Range, Steps, YesNo
from raprong.lib.scoring.criteria_faults import criteria_faults
from raprong.lib.scoring.ladder import Rung
from raprong.lib.workbooks.cells import begins_formula, lines_of, text_of
from raprong.lib.workbooks.marks import Mark, marked
from raprong.lib.workbooks.reader import read_rows
from raprong.lib.workbooks.shape import KPI_SHEET, KpiRow, KpiWorkbook, NamedInput
from raprong.lib.workbooks.writer import write_csv, write_workbook
from tests.lib.workbooks.files import SAMPLE

LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n=+-@'ก้๑๒"
) | st.sampled_from("=+-@'\n ก้๑,;|")


def words(most: int, *, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=least, max_size=most).map(text_of).filter(lambda text: least <= len(text) <= most)


LINES = st.text(LETTERS, max_size=60).map(lines_of)
CODES = st.from_regex(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}", fullmatch=True)
FIGURES = st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False, allow_infinity=False).map(
    lambda number: Decimal(f"{number:.15g}").quantize(Decimal("0.0001"))
)
WEIGHTS = st.decimals(min_value=Decimal("0.01"), max_value=100, places=2)


def usable(criteria: Criteria) -> bool:
    return not criteria_faults(criteria)


@st.composite
def criteria(draw: st.DrawFn) -> Criteria:
    levels = sorted(draw(st.sets(st.integers(1, 5), min_size=2)))
    figures = sorted(draw(st.lists(FIGURES, min_size=len(levels), max_size=len(levels), unique=True)))
    if draw(st.booleans()):
        figures.reverse()
    rungs = tuple(Rung(at, Decimal(level)) for level, at in zip(levels, figures, strict=True))
    kind = draw(st.sampled_from(["ladder", "fractions", "bands", "yes"]))
    if kind == "fractions":
        return Steps(tuple(Rung(abs(rung.at), rung.score) for rung in rungs), fractions=True)
    if kind == "bands":
        ends = [*figures, None]
        return Bands(tuple(Range(Decimal(level), *sorted_ends(ends[n], ends[n + 1])) for n, level in enumerate(levels)))
    return YesNo(Decimal(levels[-1]), Decimal(levels[0])) if kind == "yes" else Ladder(rungs)


def sorted_ends(one: Decimal | None, other: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    return (one, other) if one is None or other is None else (min(one, other), max(one, other))


@st.composite
def rows(draw: st.DrawFn) -> KpiRow:
    held = draw(criteria().filter(usable))
    ladder = tuple((rung.score, rung.at) for rung in held.rungs) if isinstance(held, Ladder) else ()
    names = draw(st.sets(st.sampled_from(string.ascii_lowercase), max_size=3))
    return KpiRow(
        row=2,
        code=draw(CODES),
        title=draw(words(300, least=1)),
        dimension=draw(words(60, least=1)),
        group=draw(words(60, least=1)),
        measure=draw(words(60, least=1)),
        weight=draw(st.none() | WEIGHTS),
        levels=ladder,
        other_criteria=None if isinstance(held, Ladder) else held,
        target=draw(FIGURES),
        baseline=tuple(sorted(draw(st.dictionaries(st.integers(2500, 2569), FIGURES, max_size=4)).items())),
        formula=draw(LINES),
        data_source=draw(words(40)),
        level=draw(st.sampled_from(["", "ministry", "unit", "person"])),
        origin=draw(st.sampled_from(["", "mandated", "own"])),
        nature=draw(st.sampled_from(["", "input", "qualitative"])),
        issue=draw(words(40)),
        strategy=draw(LINES),
        definition=draw(LINES),
        scope=draw(LINES),
        inputs=tuple(NamedInput(name, f"จำนวน {name}", "คน") for name in names),
        collection_method=draw(LINES),
        supervisor=draw(words(40)),
        supervisor_phone=draw(words(40)),
        conditions=draw(LINES),
        evidence_expected=draw(LINES),
        starts_in=draw(st.none() | st.integers(1, 12)),
        notes=draw(LINES),
    )


@settings(max_examples=150)
@given(rows())
def test_a_kpi_goes_out_as_csv_and_comes_back_the_same(row: KpiRow) -> None:
    [read] = read_rows(write_csv([row], fiscal_year=2570))

    assert (read.values, read.faults) == (row, ())


@settings(max_examples=60)
@given(rows())
def test_a_kpi_goes_out_as_a_workbook_and_comes_back_the_same(row: KpiRow) -> None:
    content = write_workbook(KpiWorkbook((row,)), fiscal_year=2570, every_column=True)

    [read] = read_rows(content)

    assert (read.values, read.faults) == (row, ())


@given(st.text(LETTERS, max_size=30))
def test_a_text_that_is_written_never_begins_a_formula(text: str) -> None:
    row = KpiRow(2, "1", text or "ก", "ม", "ก", "ร", None, SAMPLE[0].levels, Decimal(1), formula=text)

    book = load_workbook(BytesIO(write_workbook(KpiWorkbook((row,)), fiscal_year=2570)))

    for cell in book[KPI_SHEET][2]:
        assert cell.data_type != "f"
        assert not begins_formula(str(cell.value or ""))


@pytest.mark.parametrize("write", ["xlsx", "csv"])
def test_a_marked_file_says_the_same_and_what_is_wrong(write: str) -> None:
    content = (
        write_csv(SAMPLE, fiscal_year=2570)
        if write == "csv"
        else write_workbook(KpiWorkbook(SAMPLE), fiscal_year=2570, every_column=True)
    )

    once = marked(content, {3: Mark([("D", "=กลุ่มนี้ไม่มี"), ("", "อีกข้อหนึ่ง")])})
    twice = marked(once, {4: Mark([("E", "หน่วยวัดว่าง")])})

    assert [row.values for row in read_rows(once)] == list(SAMPLE)
    assert [row.values for row in read_rows(twice)] == list(SAMPLE)
    assert "กลุ่มนี้ไม่มี" in _text(once)
    assert "กลุ่มนี้ไม่มี" not in _text(twice)
    assert "ตรวจแล้วพบ" in _text(twice)


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig")
    book = load_workbook(BytesIO(content))
    return "\n".join(str(cell.value) for row in book[KPI_SHEET] for cell in row)
