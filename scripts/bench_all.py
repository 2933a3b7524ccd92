"""Speed as ratios to the bare parts, taken in one run on this machine.

Ours and the bare part take turns; the median of the pairs counts. What is asked for over HTTP is asked of the server of
`raprong serve`. The bare part of a page is a Django view without middleware that evaluates the same querysets on the
same database and writes the rows into a plain Jinja2 page. The bare part of a saved result is a view behind the same
middleware and session that inserts two plain rows in one transaction; the verb alone stands beside two bare inserts
without HTTP. Both on SQLite, and on PostgreSQL where its server programs are found; both databases answer when the disk
has it. A deadline day has no bare part: many people at once are at `raprong serve`, and what they were answered is laid
beside the database; something missing ends the bench. Papers are printed with Typst's layout cache warm on both sides,
which makes our own part weigh more, not less.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile, TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import bench_deadline  # noqa: E402
import bench_papers  # noqa: E402
import bench_scores  # noqa: E402
import bench_seals  # noqa: E402
from bench_measure import heading, seconds, verdict  # noqa: E402
from bench_year import FISCAL_YEAR, PARTS  # noqa: E402
from throwaway_postgresql import find_programs, running_cluster  # noqa: E402

from raprong.lib.sop.library import read_library  # noqa: E402
from raprong.lib.workbooks.sample import sample_workbook  # noqa: E402
from raprong.lib.workbooks.writer import write_workbook  # noqa: E402

SOPS = [sop.code for sop in read_library([ROOT / "raprong" / "definitions"])]
REHEARSALS = [f"rehearse {code}" for code in SOPS]
REHEARSED_WITHIN_SECONDS = 20
SYNCS = 50
RAPRONG = [sys.executable, "-c", "from raprong.cli import main; main()"]


def main(names: list[str]) -> int:
    known = [*PARTS, *bench_deadline.PARTS, *bench_scores.PARTS, *REHEARSALS, *bench_papers.PARTS, *bench_seals.PARTS]
    if unknown := set(names) - set(known):
        print(f"Nothing is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}")
        return 2
    chosen = names or known
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {cost_of_a_sync():.2f} ms to sync to the disk")
    if parts := [name for name in PARTS if name in chosen]:
        on_each_database("bench_year.py", parts)
    for day in [name for name in bench_deadline.PARTS if name in chosen]:
        on_each_database("bench_deadline.py", [day])
    if rest := [name for name in chosen if name not in (*PARTS, *bench_deadline.PARTS)]:
        print(heading("Without a server"), flush=True)
    for name in rest:
        if name in REHEARSALS:
            rehearse(name)
        elif name in bench_scores.PARTS:
            bench_scores.measure(name)
        elif name in bench_seals.PARTS:
            bench_seals.measure(name)
        else:
            bench_papers.measure(name)
    return 0


def cost_of_a_sync() -> float:
    """Median milliseconds until a written page of a file is on the disk, where the databases of the bench lie."""
    with NamedTemporaryFile(prefix="raprong-bench-") as file:

        def sync() -> None:
            os.write(file.fileno(), bytes(4096))
            os.fsync(file.fileno())

        return 1000 * median(seconds(sync) for _ in range(SYNCS))


def on_each_database(script: str, parts: list[str]) -> None:
    """On a new database of each kind. The one that DATABASE_URL names is left alone: a bench fills it."""
    on_database(script, parts, "")
    if programs := find_programs():
        with running_cluster(programs, durable=True) as url:
            on_database(script, parts, url)
    else:
        print("\nOn PostgreSQL: skipped, no server program was found", flush=True)


def on_database(script: str, parts: list[str], database_url: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, str(ROOT / "scripts" / script), *parts]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def rehearse(name: str) -> None:
    """One unit's year under an SOP, from the command to its last paper."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        workbook = Path(folder) / "kpis.xlsx"
        workbook.write_bytes(write_workbook(sample_workbook(), fiscal_year=FISCAL_YEAR))
        asked = ["rehearse", name.removeprefix("rehearse "), "--kpis", str(workbook), "--out", f"{folder}/out"]
        taken = seconds(lambda: subprocess.run([*RAPRONG, *asked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL))
    row = f"{name:36}{taken:>12.1f} s{'':14}{'':8}{REHEARSED_WITHIN_SECONDS:>6} s"
    print(row + verdict(taken, REHEARSED_WITHIN_SECONDS), flush=True)
