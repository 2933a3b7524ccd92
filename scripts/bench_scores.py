"""Scores in columns beside a copy of the columns, a loop of interpolations and a recalculated sheet; and an import."""

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
from bench_measure import TURNS, Measure, seconds, tell, tell_times_faster

from raprong.lib.scoring.batch import Ints, ScoredColumns, TotalColumns, mean_of_totals, roll_up, score_ladders
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.workbooks.reader import read_rows
from raprong.lib.workbooks.sample import sample_workbook
from raprong.lib.workbooks.writer import write_workbook

MILLION = 1_000_000
KPIS_OF_AN_AGREEMENT, AGREEMENTS_OF_A_UNIT, UNITS_OF_A_DEPARTMENT = 10, 4, 25
LOOPED = 20_000
ROWS_OF_A_SHEET, SHEETS = 50_000, 5
ROWS_OF_A_WORKBOOK = 5_000
FISCAL_YEAR = 2570
SCORES = [Decimal(score) for score in range(1, 6)]

BATCH, LOOP, SHEET, WORKBOOK = PARTS = [
    "score a million, to departments",
    "score a million, loop of interp",
    "score a million, sheet",
    "read a workbook of 5,000 KPIs",
]


def measure(name: str) -> None:
    {BATCH: beside_a_copy, LOOP: beside_a_loop, SHEET: beside_a_sheet, WORKBOOK: beside_openpyxl}[name]()


@dataclass(frozen=True)
class Figures:
    """Results, each with five levels of its own, half of them falling, and its weight; figures of two decimals."""

    at: Ints
    results: Ints
    weights: Ints

    @cached_property
    def statuses(self) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
        return np.zeros(len(self.results), dtype=np.uint8)

    def copy(self) -> tuple[Ints, Ints, Ints]:
        return self.at.copy(), self.results.copy(), self.weights.copy()

    def scored(self) -> ScoredColumns:
        return score_ladders(self.at, SCORES, self.results, self.weights, self.statuses, Scheme())

    def rolled_up(self) -> TotalColumns:
        """Every score, and the totals of agreements, units and departments."""
        rows = len(self.results)
        agreements = roll_up(self.scored(), starts(rows, KPIS_OF_AN_AGREEMENT), Scheme())
        units, have = mean_of_totals(
            agreements.total, agreements.counts, starts(len(agreements.total), AGREEMENTS_OF_A_UNIT)
        )
        mean_of_totals(units, have, starts(len(units), UNITS_OF_A_DEPARTMENT))
        return agreements


def starts(rows: int, size: int) -> Ints:
    return np.arange(0, rows, size, dtype=np.int64)


def figures(rows: int) -> Figures:
    random = np.random.default_rng(2570)
    at = np.cumsum(100 * random.integers(1, 4_000, (5, rows)), axis=0)
    falling = random.random(rows) < 0.5
    at[:, falling] = at[::-1, falling]
    lowest, highest = at.min(axis=0), at.max(axis=0)
    results = 100 * random.integers(lowest // 100 - 100, highest // 100 + 100)
    return Figures(np.ascontiguousarray(at), results, random.integers(100, 3_000, rows))


def beside_a_copy() -> None:
    held = figures(MILLION)
    tell(Measure(BATCH, held.rolled_up, held.copy, goal=8, at_once=MILLION))


def beside_a_loop() -> None:
    """The same scores as floats, one after another: what is usually written. Told per row."""
    million, some = figures(MILLION), figures(LOOPED)
    rows = list(zip(some.at.T.tolist(), some.results.tolist(), strict=True))
    levels = [float(score) for score in SCORES]

    def loop() -> list[float]:
        return [
            round(float(np.interp(result, *(at, levels) if at[0] < at[-1] else (at[::-1], levels[::-1]))), 4)
            for at, result in rows
        ]

    ours, theirs = per_row(million.scored, MILLION), per_row(loop, LOOPED)
    differ = sum(round(score * 10_000) != exact for score, exact in zip(loop(), some.scored().score, strict=True))
    tell_times_faster(LOOP, ours, theirs, note=f"{100 * differ / LOOPED:.2f} % of its rows differ")


def per_row(work: Callable[[], object], rows: int) -> float:
    work()
    return median(seconds(work) for _ in range(TURNS)) / rows


def beside_a_sheet() -> None:
    """The same rows as a sheet that LibreOffice recalculates, without the time that it takes to open and save them."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print(f"{SHEET:36}!!! SKIPPED: no soffice was found", flush=True)
        return
    held, million = figures(ROWS_OF_A_SHEET), figures(MILLION)
    with TemporaryDirectory(prefix="raprong-bench-") as name:
        folder = Path(name)
        sheet_of(held, formulas=True, path=folder / "recalculated.xlsx")
        sheet_of(held, formulas=False, path=folder / "opened.xlsx")
        pairs = [beside(program, folder, million) for _ in range(SHEETS + 1)][1:]
        differ = sum(ours != theirs for ours, theirs in zip(written(held), scores_in(folder), strict=True))
    ours, theirs = (median(pair) for pair in zip(*pairs, strict=True))
    note = f"{differ} of its {ROWS_OF_A_SHEET:,} rows differ"
    tell_times_faster(SHEET, ours, theirs, goal=500, note=note)


def beside(program: str, folder: Path, million: Figures) -> tuple[float, float]:
    """Seconds for one of our rows and for one of the sheet's, taken in turns."""
    ours = seconds(million.scored) / MILLION
    recalculated = seconds(lambda: convert(program, folder / "recalculated.xlsx"))
    opened = seconds(lambda: convert(program, folder / "opened.xlsx"))
    return ours, max(recalculated - opened, 0) / ROWS_OF_A_SHEET


def sheet_of(held: Figures, *, formulas: bool, path: Path) -> None:
    """Result, five levels and weight; score and weighted score as formulas, or as the numbers that they come to."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    scored = held.scored()
    for row, (at, result, weight) in enumerate(
        zip(held.at.T.tolist(), held.results.tolist(), held.weights.tolist(), strict=True)
    ):
        numbers = [result / 10_000, *(figure / 10_000 for figure in at), weight / 100]
        worth = [scored.score[row] / 10_000, scored.weighted[row] / 10_000]
        sheet.append([*numbers, *(in_formulas(row + 1, rising=at[0] < at[-1]) if formulas else worth)])
    book.save(path)


def in_formulas(row: int, *, rising: bool) -> list[str]:
    """Score and weighted score of a row as officers write them: nested IFs, rounded to 4 places."""
    reached = ">=" if rising else "<="
    between = "1"
    for level, column in enumerate("BCDE", start=1):
        upper = chr(ord(column) + 1)
        line = f"{level}+(A{row}-{column}{row})/({upper}{row}-{column}{row})"
        between = f"IF(A{row}{reached}{column}{row},{line},{between})"
    return [f"=ROUND(IF(A{row}{reached}F{row},5,{between}),4)", f"=ROUND(H{row}*G{row}/100,4)"]


def convert(program: str, path: Path) -> None:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", "csv", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def written(held: Figures) -> Iterator[tuple[Decimal, Decimal]]:
    scored = held.scored()
    for score, weighted in zip(scored.score.tolist(), scored.weighted.tolist(), strict=True):
        yield Decimal(score) / 10_000, Decimal(weighted) / 10_000


def scores_in(folder: Path) -> Iterator[tuple[Decimal, Decimal]]:
    with (folder / "recalculated.csv").open(newline="") as file:
        for row in csv.reader(file):
            yield Decimal(row[7]), Decimal(row[8])


def beside_openpyxl() -> None:
    """Reading and checking every KPI of a workbook, beside openpyxl opening it as it does without being asked."""
    content = workbook_of(ROWS_OF_A_WORKBOOK)

    def read() -> None:
        assert len(read_rows(content)) == ROWS_OF_A_WORKBOOK

    tell(Measure(WORKBOOK, read, lambda: openpyxl.load_workbook(BytesIO(content)), goal=1), turns=3)


def workbook_of(rows: int) -> bytes:
    sample = sample_workbook()
    kpis = [
        replace(sample.kpis[n % len(sample.kpis)], row=n + 2, code=f"{n // 99 + 1}.{n % 99 + 1}") for n in range(rows)
    ]
    return write_workbook(replace(sample, kpis=tuple(kpis), months=()), fiscal_year=FISCAL_YEAR)
