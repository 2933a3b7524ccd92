"""The whole suite on SQLite, then again on PostgreSQL: `test.py [pytest arguments]`.

What each of the two leaves out: tests/passes.py.

PostgreSQL is the server that DATABASE_URL names, or a throw-away cluster made from the server programs of this
machine. Where a means is missing, what needs it is skipped with one loud line; with CI=true that is a failure.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from throwaway_postgresql import find_programs, running_cluster

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import CHROMIUMS, find_chromium  # noqa: E402
from tests.softhsm import find_driver  # noqa: E402

ON_CI = os.environ.get("CI") == "true"


def main(arguments: list[str]) -> int:
    given_url = os.environ.get("DATABASE_URL", "")
    programs = find_programs()
    missing = []
    if not find_chromium():
        missing.append(f"browser journeys: no Chromium was found (RAPRONG_CHROMIUM, {', '.join(CHROMIUMS)})")
    if not given_url and not programs:
        missing.append("the PostgreSQL pass: no server program was found, and DATABASE_URL is not set")
    if not find_driver():
        missing.append("signing with a token: no SoftHSM was found (RAPRONG_SOFTHSM, softhsm2)")
    if not which("pdfsig"):
        missing.append("seals as poppler sees them: no pdfsig was found (poppler-utils)")
    tell(missing)
    if missing and ON_CI:
        return 1

    two = bool(given_url or programs)
    failed = run_suite("SQLite", "", [*["--first-of-two"] * two, *arguments])
    if given_url:
        failed |= second_pass("PostgreSQL (DATABASE_URL)", given_url, arguments)
    elif programs:
        with running_cluster(programs) as url:
            failed |= second_pass("PostgreSQL", url, arguments)
    tell(missing)
    return failed


def second_pass(name: str, database_url: str, arguments: list[str]) -> int:
    """What the first pass has settled for every database is left out; it may be all that was asked for."""
    code = run_suite(name, database_url, ["--second-pass", *arguments])
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


def run_suite(name: str, database_url: str, arguments: list[str]) -> int:
    print(f"\n== The suite on {name}", flush=True)
    # Without kept bytecode every process of the run would compile the whole house again.
    aside = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    environment = {key: value for key, value in os.environ.items() if key not in aside}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", "-n", str(workers()), "--dist", "worksteal", "-q", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def workers() -> int:
    """One more than there are cores to use: a test that waits for its browser leaves its core to another."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


def tell(missing: list[str]) -> None:
    for what in missing:
        print(f"!!! {'FAILED' if ON_CI else 'SKIPPED'}: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
