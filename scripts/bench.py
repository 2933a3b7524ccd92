"""Speed as ratios to the bare parts, taken in one run on this machine: `bench.py [NAME ...]`.

Ours and the bare part take turns, so that a busy moment of the machine falls on both; the median of the turns counts.
A page is asked for over HTTP from the server of `raprong serve`; its bare part is a Django view without middleware that
evaluates the same querysets on the same database and writes the rows into a plain Jinja2 page. A result is saved with
its verb; its bare part inserts two plain rows in one transaction. Papers are printed with Typst's layout cache warm on
both sides, which makes our own part weigh more, not less.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import typst  # noqa: E402
from bench_year import FISCAL_YEAR, REQUESTS_IN_A_TURN, RESULTS_IN_A_TURN, Year, year  # noqa: E402

from raprong import documents  # noqa: E402
from raprong.documents import registry  # noqa: E402
from raprong.documents.paper import BANGKOK, to_json  # noqa: E402
from raprong.lib.rendering import PDF_STANDARD, SARABUN  # noqa: E402
from raprong.lib.sop.library import read_library  # noqa: E402
from raprong.lib.workbooks.sample import sample_workbook  # noqa: E402
from raprong.lib.workbooks.writer import write_workbook  # noqa: E402

TURNS = 15
SOPS = [sop.code for sop in read_library([ROOT / "raprong" / "definitions"])]
OF_A_YEAR = ["run page", "saved result"]
REHEARSALS = [f"rehearse {code}" for code in SOPS]
REHEARSED_WITHIN_SECONDS = 20
RAPRONG = [sys.executable, "-c", "from raprong.cli import main; main()"]


@dataclass(frozen=True)
class Measure:
    """Something of ours beside the bare part that it cannot be faster than, and how many times slower it may be."""

    name: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    goal: float
    at_once: int = 1  # how many are done in one turn


def main(names: list[str]) -> int:
    measures = {measure.name: measure for measure in papers()}
    known = [*OF_A_YEAR, *REHEARSALS, *measures]
    if unknown := set(names) - set(known):
        print(f"Nothing is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}")
        return 2
    chosen = names or known
    with ExitStack() as stack:
        if set(chosen) & set(OF_A_YEAR):
            measures |= {measure.name: measure for measure in of_a_year(stack.enter_context(year()))}
        print(f"{'':28}{'ours':>12}{'bare':>12}{'ratio':>8}{'goal':>8}")
        for name in chosen:
            tell(measures[name]) if name in measures else rehearse(name)
    return 0


def tell(measure: Measure) -> None:
    ours, bare = (taken / measure.at_once for taken in take_turns(measure))
    ratio = ours / bare
    row = f"{measure.name:28}{1 / ours:>10.1f}/s{1 / bare:>10.1f}/s{ratio:>7.2f}x{measure.goal:>7.1f}x"
    print(row + verdict(ratio, measure.goal), flush=True)


def verdict(reached: float, goal: float) -> str:
    return "" if reached <= goal else "   over the goal"


def take_turns(measure: Measure) -> tuple[float, float]:
    """Median seconds of ours and of the bare part, after one turn each to warm up."""
    turns = [(seconds(measure.ours), seconds(measure.bare)) for _ in range(TURNS + 1)][1:]
    return median(ours for ours, _ in turns), median(bare for _, bare in turns)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def of_a_year(year: Year) -> Iterator[Measure]:
    """A page and a saved result in the middle of a year."""
    page, bare_page = year.ask_for_run_page, year.ask_for_bare_page
    yield Measure("run page", page, bare_page, goal=3, at_once=REQUESTS_IN_A_TURN)
    yield Measure("saved result", year.report_results, year.insert_rows, goal=2, at_once=RESULTS_IN_A_TURN)


def rehearse(name: str) -> None:
    """One unit's year under an SOP, from the command to its last paper."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        workbook = Path(folder) / "kpis.xlsx"
        workbook.write_bytes(write_workbook(sample_workbook(), fiscal_year=FISCAL_YEAR))
        asked = ["rehearse", name.removeprefix("rehearse "), "--kpis", str(workbook), "--out", f"{folder}/out"]
        taken = seconds(lambda: subprocess.run([*RAPRONG, *asked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL))
    row = f"{name:28}{taken:>10.1f} s{'':12}{'':8}{REHEARSED_WITHIN_SECONDS:>6} s"
    print(row + verdict(taken, REHEARSED_WITHIN_SECONDS), flush=True)


def papers() -> Iterator[Measure]:
    """Every kind of paper, printed from its sample, beside Typst alone on the same template and data."""
    for kind in documents.KINDS:
        yield Measure(f"paper {kind}", our_paper(kind), bare_paper(kind), goal=1.3)


def our_paper(kind: str) -> Callable[[], bytes]:
    paper = documents.sample(kind)
    return lambda: documents.render(paper)


def bare_paper(kind: str) -> Callable[[], object]:
    paper = documents.sample(kind)
    inputs = {
        "data": json.dumps(to_json(paper), ensure_ascii=False, sort_keys=True),
        "thai_digits": "yes" if paper.thai_digits else "no",
        "font_family": SARABUN.family,
        "font_scale": str(SARABUN.scale),
        "garuda": SARABUN.garuda_svg,
    }
    compiler: Any = typst.Compiler(
        registry.ROOT / kind / f"{kind}.typ",
        root=registry.ROOT,
        font_paths=list(SARABUN.folders),
        ignore_system_fonts=True,
    )
    dated = datetime.combine(paper.dated_on, time_of_day(), BANGKOK).astimezone(UTC)
    return lambda: compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[PDF_STANDARD], timestamp=dated)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
