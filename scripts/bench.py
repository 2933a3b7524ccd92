"""Speed as ratios to the bare parts, taken in one run on this machine: `bench.py [NAME ...]`.

Ours and the bare part take turns, so that a busy moment of the machine falls on both; the median of the turns counts.
Papers are printed with Typst's layout cache warm on both sides, which makes our own part weigh more, not less.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import typst  # noqa: E402

from raprong import documents  # noqa: E402
from raprong.documents import registry  # noqa: E402
from raprong.documents.paper import BANGKOK, to_json  # noqa: E402
from raprong.lib.rendering import PDF_STANDARD, SARABUN  # noqa: E402

TURNS = 15


@dataclass(frozen=True)
class Measure:
    """Something of ours beside the bare part that it cannot be faster than, and how many times slower it may be."""

    name: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    goal: float


def main(names: list[str]) -> int:
    measures = {measure.name: measure for measure in papers()}
    if unknown := set(names) - measures.keys():
        print(f"Nothing is called {', '.join(sorted(unknown))}. There are: {', '.join(measures)}")
        return 2
    print(f"{'':24}{'ours':>12}{'bare':>12}{'ratio':>8}{'goal':>8}")
    for name in names or measures:
        tell(measures[name])
    return 0


def tell(measure: Measure) -> None:
    ours, bare = take_turns(measure)
    ratio = ours / bare
    verdict = "" if ratio <= measure.goal else "   over the goal"
    print(f"{measure.name:24}{1 / ours:>10.1f}/s{1 / bare:>10.1f}/s{ratio:>7.2f}x{measure.goal:>7.1f}x{verdict}")


def take_turns(measure: Measure) -> tuple[float, float]:
    """Median seconds of ours and of the bare part, after one turn each to warm up."""
    turns = [(seconds(measure.ours), seconds(measure.bare)) for _ in range(TURNS + 1)][1:]
    return median(ours for ours, _ in turns), median(bare for _, bare in turns)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


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
