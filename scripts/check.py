"""Everything that can be wrong without running the application: `check.py [NAME ...]`. Each fault is named."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet"],
    "lint": [BIN / "ruff", "check", "--quiet"],
    "types": [BIN / "mypy"],
    "stairs": [BIN / "lint-imports", "--no-cache", "--no-logo"],
    "templates": [BIN / "djlint", "raprong/web/templates", "--lint", "--quiet"],
    "yaml": [BIN / "yamllint", "--strict", "."],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", "tests.settings"],
    "translations": [PYTHON, "scripts/messages.py", "check"],
    "drawings": [PYTHON, "scripts/draw.py", "check"],
}


def main(names: list[str]) -> int:
    if unknown := set(names) - CHECKS.keys():
        print(f"No check is called {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
        return 2
    chosen = names or list(CHECKS)
    with TemporaryDirectory(prefix="raprong-check-") as folder, ThreadPoolExecutor(os.cpu_count()) as workers:
        found = workers.map(partial(faults_of, folder=folder), chosen)
        failed = sum(tell(name, faults) for name, faults in zip(chosen, found, strict=True))
    return bool(failed)


def faults_of(name: str, folder: str) -> str:
    """What a check prints when it fails; nothing when it holds. What Django's settings make goes into `folder`."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "RAPRONG_TESTS_DIR": folder}
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr or f"exit code {done.returncode}") if done.returncode else ""


def tell(name: str, faults: str) -> bool:
    print(f"== {name}: {'FAILED' if faults else 'holds'}", flush=True)
    if faults:
        print(faults.strip())
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
