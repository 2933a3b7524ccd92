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
from contextlib import suppress
from dataclasses import dataclass, replace
from os import cpu_count
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import preflight  # noqa: E402

from raprong import documents  # noqa: E402
from raprong.documents.editable import is_editable, to_docx  # noqa: E402
from raprong.documents.tabular import is_tabular, to_xlsx  # noqa: E402
from raprong.lib.rendering import PdfStandard  # noqa: E402
from raprong.lib.sop.library import read_library  # noqa: E402
from raprong.lib.workbooks.sample import sample_workbook  # noqa: E402
from raprong.lib.workbooks.writer import write_workbook  # noqa: E402
from tests.documents.worst_cases import Case, worst_cases  # noqa: E402

SHELVES = ROOT / "build" / "papers"
FISCAL_YEAR = 2570
DOTS_PER_INCH = "80"
SECONDS_IN_OFFICE = 300  # it has been seen to hang
RAPRONG = [sys.executable, "-c", "from raprong.cli import main; main()"]


@dataclass(frozen=True)
class Check:
    """A look at finished files. `missing` names what this machine lacks for it; `faults` answers a line for each."""

    title: str
    missing: str
    faults: Callable[[], list[str]]


@dataclass(frozen=True)
class Year:
    """A rehearsed year: its sealed papers, and why it came to no end, if it did not."""

    papers: Sequence[Path]
    fault: str = ""


def main(words: list[str]) -> int:
    shutil.rmtree(SHELVES, ignore_errors=True)
    cases = [case for case in (*samples(), *worst_cases()) if wanted(case.name, words)]
    years = [] if words else [sop.code for sop in read_library([ROOT / "raprong" / "definitions"])]
    with ThreadPoolExecutor(cpu_count()) as workers:
        rehearsing = workers.map(rehearse, years)
        written = list(workers.map(write, cases))
        office = [path for paths in workers.map(write_for_office, cases) for path in paths]
        rehearsed = list(rehearsing)
        sealed = [path for year in rehearsed for path in year.papers]
        pages = sum(workers.map(picture, [*written, *sealed]))
    told = f"{len(written) + len(sealed)} papers, {pages} pages, {len(office)} office files"
    print(f"{told} in {SHELVES.relative_to(ROOT)}", flush=True)
    return bool(sum(tell(check) for check in checks(cases, rehearsed, office)))


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


def write_for_office(case: Case) -> list[Path]:
    """The paper as a Word document and as a workbook, where its kind has these forms."""
    written = []
    if is_editable(case.paper.kind):
        written.append(place_of(case).with_suffix(".docx"))
        written[-1].write_bytes(to_docx(case.paper, style=case.style))
    if is_tabular(case.paper.kind):
        written.append(place_of(case).with_suffix(".xlsx"))
        written[-1].write_bytes(to_xlsx(case.paper))
    return written


def rehearse(code: str) -> Year:
    """One unit's year under an SOP, with the sample's KPIs."""
    shelf = SHELVES / f"year-{code}"
    shelf.mkdir(parents=True)
    workbook = shelf / "kpis.xlsx"
    workbook.write_bytes(write_workbook(sample_workbook(), fiscal_year=FISCAL_YEAR))
    asked = ["rehearse", code, "--kpis", str(workbook), "--out", str(shelf), "--fiscal-year", str(FISCAL_YEAR)]
    done = subprocess.run([*RAPRONG, *asked], cwd=ROOT, check=False, capture_output=True, text=True)
    fault = f"{code}: {' '.join(done.stderr.split()[-40:])}" if done.returncode else ""
    return Year(sorted(shelf.glob("*.pdf")), fault)


def picture(path: Path) -> int:
    """Draw each page beside its paper; the number of pages."""
    if not which("pdftoppm"):
        return 0
    folder = path.parent / "pages"
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", DOTS_PER_INCH, "-png", path, folder / path.stem], check=True)
    return len(list(folder.glob(f"{path.stem}-*.png")))


def checks(cases: Sequence[Case], years: Sequence[Year], office: Sequence[Path]) -> Iterator[Check]:
    sealed = [path for year in years for path in year.papers]
    yield Check("page pictures (pdftoppm)", lacking("pdftoppm"), list)
    if years:
        yield Check(f"{len(years)} rehearsed years", "", lambda: [year.fault for year in years if year.fault])
        yield Check(f"{len(sealed)} seals (pdfsig)", lacking("pdfsig"), lambda: faults_of_seals(sealed))
    whole = [*cases, *rehearsed_again(sealed)]
    yield Check(f"{len(whole)} as PDF/A-1b (preflight)", preflight.what_is_missing(), lambda: faults_as_a_1b(whole))
    if office:
        yield Check(f"{len(office)} office files (soffice)", lacking("soffice"), lambda: faults_of_office(office))


def rehearsed_again(sealed: Sequence[Path]) -> Iterator[Case]:
    """Sealed papers from the data they carry, to print them in another form."""
    for path in sealed:
        if paper := documents.paper_in(path.read_bytes()):
            yield Case(str(path.relative_to(SHELVES).with_suffix("")), paper)


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


def faults_of_office(office: Sequence[Path]) -> list[str]:
    """Files that LibreOffice does not open and print."""
    with TemporaryDirectory(prefix="raprong-papers-") as folder:
        home = f"-env:UserInstallation=file://{folder}/home"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder]
        fallen = []
        for kind in (".docx", ".xlsx"):  # one after the other: a sample may have both forms
            files = [path for path in office if path.suffix == kind]
            with suppress(subprocess.TimeoutExpired):  # what it left unprinted is told
                subprocess.run([*command, *files], check=False, capture_output=True, timeout=SECONDS_IN_OFFICE)
            fallen += [path for path in files if not has_pages(Path(folder) / f"{path.stem}.pdf")]
    return [f"{path.name}: LibreOffice does not open it" for path in fallen]


def has_pages(printed: Path) -> bool:
    """Whether LibreOffice left a PDF here; it is taken away."""
    there = printed.exists() and printed.stat().st_size > 0
    printed.unlink(missing_ok=True)
    return there


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
