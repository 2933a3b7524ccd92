"""PDFBox's check of PDF/A-1b: `preflight.py [FILE ...]`. Without files, the sample of every paper.

Needs a JDK, and the jars that Debian's libpdfbox2-java brings. No checker of PDF/A-2 or 3 is to be had there: a paper
is checked in its A-1b form, which is the same paper without bookmarks and attachment.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from raprong import documents  # noqa: E402
from raprong.lib.rendering import PdfStandard  # noqa: E402

SOURCES = ROOT / "scripts" / "preflight"
JARS = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging")
]


def main(names: list[str]) -> int:
    if missing := what_is_missing():
        print(f"!!! SKIPPED: the check of PDF/A-1b needs {missing}")
        return 2
    with TemporaryDirectory(prefix="raprong-preflight-") as folder:
        files = [Path(name) for name in names] or list(samples(Path(folder)))
        faults = faults_in(files)
    for fault in faults:
        print(fault)
    print(f"{len(files)} files checked against PDF/A-1b, {len(faults)} faults")
    return bool(faults)


def what_is_missing() -> str:
    """What this machine lacks for the check; empty where it has everything."""
    if not which("javac"):
        return "a Java development kit"
    lacking = [jar.name for jar in JARS if not jar.exists()]
    return f"{', '.join(lacking)} of Debian's libpdfbox2-java" if lacking else ""


def samples(folder: Path) -> Iterator[Path]:
    """Every paper as A-1b."""
    for kind in documents.KINDS:
        path = folder / f"{kind}.pdf"
        path.write_bytes(documents.render(documents.sample(kind), standard=PdfStandard.A_1B))
        yield path


def faults_in(files: Sequence[Path]) -> list[str]:
    """A line for each fault: the file, PDFBox's code and its words."""
    jars = ":".join(map(str, JARS))
    with TemporaryDirectory(prefix="raprong-preflight-") as classes:
        sources = [str(path) for path in sorted(SOURCES.rglob("*.java"))]
        subprocess.run(["javac", "-nowarn", "-d", classes, "-cp", jars, *sources], check=True)
        command = ["java", "-cp", f"{jars}:{classes}", "Preflight", *map(str, files)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [line.replace("\t", ": ") for line in done.stdout.splitlines() if "\t" in line]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
