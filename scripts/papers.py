"""Every paper of the sample year, as PDF and page pictures in build/papers/: `papers.py [WORD ...]`.

Three shelves: `year-<SOP>`, what a rehearsal of each SOP leaves behind, sealed; `samples`, each kind of paper in Thai
and in Arabic figures; `worst`, the longest and fullest of them. With words, only papers whose name has one of them, and
no rehearsals. What was written is then checked with the tools of this machine; a fault is exit status 1.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from os import cpu_count
from pathlib import Path
from shutil import which
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import preflight  # noqa: E402

from raprong import documents  # noqa: E402
from raprong.lib.rendering import PdfStandard  # noqa: E402
from raprong.lib.sop.library import read_library  # noqa: E402
from raprong.lib.workbooks.sample import sample_workbook  # noqa: E402
from raprong.lib.workbooks.writer import write_workbook  # noqa: E402
from tests.documents.worst_cases import Case, worst_cases  # noqa: E402

SHELVES = ROOT / "build" / "papers"
FISCAL_YEAR = 2570
DOTS_PER_INCH = "80"
RAPRONG = [sys.executable, "-c", "from raprong.cli import main; main()"]


@dataclass(frozen=True)
class Check:
    """A look at finished files. `missing` names what this machine lacks for it; `faults` answers a line for each."""

    title: str
    missing: str
    faults: Callable[[], list[str]]


def main(words: list[str]) -> int:
    shutil.rmtree(SHELVES, ignore_errors=True)
    cases = [case for case in (*samples(), *worst_cases()) if wanted(case.name, words)]
    years = [] if words else [sop.code for sop in read_library([ROOT / "raprong" / "definitions"])]
    with ThreadPoolExecutor(cpu_count()) as workers:
        rehearsed = workers.map(rehearse, years)
        written = list(workers.map(write, cases))
        sealed = [path for papers in rehearsed for path in papers]
        pages = sum(workers.map(picture, [*written, *sealed]))
    print(f"{len(written) + len(sealed)} papers, {pages} pages in {SHELVES.relative_to(ROOT)}")
    return bool(sum(tell(check) for check in checks(cases, sealed)))


def wanted(name: str, words: Sequence[str]) -> bool:
    return not words or any(word in name for word in words)


def samples() -> Iterator[Case]:
    for kind in documents.KINDS:
        for name, thai in (("thai", True), ("arabic", False)):
            yield Case(f"samples/{kind}-{name}", replace(cast(Any, documents.sample(kind)), thai_digits=thai))


def place_of(case: Case) -> Path:
    return SHELVES / (case.name if "/" in case.name else f"worst/{case.name}")


def write(case: Case, standard: PdfStandard = PdfStandard.A_2A) -> Path:
    path = place_of(case).with_suffix(".a-1b.pdf" if standard is PdfStandard.A_1B else ".pdf")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(documents.render(case.paper, style=case.style, standard=standard))
    return path


def rehearse(code: str) -> list[Path]:
    """The sealed papers of one unit's year."""
    shelf = SHELVES / f"year-{code}"
    shelf.mkdir(parents=True)
    workbook = shelf / "kpis.xlsx"
    workbook.write_bytes(write_workbook(sample_workbook(), fiscal_year=FISCAL_YEAR))
    asked = ["rehearse", code, "--kpis", str(workbook), "--out", str(shelf), "--fiscal-year", str(FISCAL_YEAR)]
    subprocess.run([*RAPRONG, *asked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return sorted(shelf.glob("*.pdf"))


def picture(path: Path) -> int:
    """Draw each page beside its paper; the number of pages."""
    if not which("pdftoppm"):
        return 0
    folder = path.parent / "pages"
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", DOTS_PER_INCH, "-png", path, folder / path.stem], check=True)
    return len(list(folder.glob(f"{path.stem}-*.png")))


def checks(cases: Sequence[Case], sealed: Sequence[Path]) -> Iterator[Check]:
    yield Check("page pictures (pdftoppm)", lacking("pdftoppm"), list)
    if sealed:
        yield Check(f"{len(sealed)} seals (pdfsig)", lacking("pdfsig"), lambda: faults_of_seals(sealed))
    yield Check(f"{len(cases)} as PDF/A-1b (preflight)", preflight.what_is_missing(), lambda: faults_as_a_1b(cases))


def lacking(program: str) -> str:
    return "" if which(program) else program


def faults_of_seals(sealed: Sequence[Path]) -> list[str]:
    """Papers without a signature, or with one that poppler does not call valid over the whole file."""
    return [f"{path.name}: {fault}" for path in sealed if (fault := fault_of_seal(path))]


def fault_of_seal(path: Path) -> str:
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    if not told.count("Signature #"):
        return "carries no signature"
    if told.count("Signature is Valid") < told.count("Signature #"):
        return next(line.strip() for line in told.splitlines() if "Validation" in line and "is Valid" not in line)
    return "" if "Total document signed" in told else "its last signature does not cover the whole file"


def faults_as_a_1b(cases: Sequence[Case]) -> list[str]:
    with ThreadPoolExecutor(cpu_count()) as workers:
        files = list(workers.map(lambda case: write(case, PdfStandard.A_1B), cases))
    found = preflight.faults_in(files)
    for path in files:
        path.unlink()
    return found


def tell(check: Check) -> bool:
    """Print what a check found; whether it found a fault."""
    if check.missing:
        print(f"!!! SKIPPED: {check.title} needs {check.missing}", flush=True)
        return False
    faults = check.faults()
    print(f"== {check.title}: {'FAILED' if faults else 'no fault'}", flush=True)
    for fault in faults:
        print(f"   {fault}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
