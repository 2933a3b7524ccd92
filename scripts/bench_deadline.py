"""The last day of a round, on the database that DATABASE_URL names: `bench_deadline.py [NAME ...]`.

The people of many offices at the server of `raprong serve`, all at once: they sign in, save figures, send files in
pieces and hand them in, open dashboards, and submit their reports. Afterwards what they were answered is laid beside
the database and the trail: nothing answered may be missing. "killed ten times" is the same day with a server that is
killed without a word and started again, ten times.

RAPRONG_BENCH_OFFICES (of four people each), RAPRONG_BENCH_SECONDS and RAPRONG_BENCH_PAUSE, the seconds that a person
waits on average before the next thing, say how large it is. `bench_all.py` runs this once for each database.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench_offices import DUE, MONTH_TO_REPORT, MONTHS, Office, offices  # noqa: E402
from bench_people import (  # noqa: E402
    KINDS,
    PEOPLE_OF_AN_OFFICE,
    Book,
    Day,
    Planner,
    Reporter,
    Someone,
    people_of,
)
from bench_year import database, free_port  # noqa: E402

DEADLINE, KILLED = PARTS = ["deadline day", "killed ten times"]
OFFICES = int(os.environ.get("RAPRONG_BENCH_OFFICES", "25"))
SECONDS = float(os.environ.get("RAPRONG_BENCH_SECONDS", "30"))
PAUSE = float(os.environ.get("RAPRONG_BENCH_PAUSE", "1"))
KILLS = 10
SECONDS_TO_START = 60
FAULTS_TOLD = 5
RAPRONG = [sys.executable, "-c", "from raprong.cli import main; main()"]


def main(names: list[str]) -> int:
    return max([play(name) for name in names or PARTS])


def play(name: str) -> int:
    """One day in an installation of its own; answers 1 when something answered is missing, or anything went wrong."""
    with installation() as folder:
        there = offices(OFFICES)
        day = Day(SECONDS, PAUSE, OFFICES * PEOPLE_OF_AN_OFFICE, kills=KILLS if name == KILLED else 0)
        server = Server(free_port())
        people = people_of(there, server.port, day)
        try:
            used = live_through(day, people, server)
        finally:
            server.kill()
        tell(f"{name} on {database()}", people, day, used)
        return compare(there, people, folder)


@contextmanager
def installation() -> Iterator[Path]:
    """A new one, in a folder that goes away, with its clock on the day; the database that is named is emptied."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "raprong.config.settings",
            "RAPRONG_DATA_DIR": folder,
            "RAPRONG_DEMONSTRATION": "1",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from raprong.core import clock

        call_command("migrate", verbosity=0)
        clock.move_to(DUE)
        yield Path(folder)
        connection.close()


class Server:
    """`raprong serve`, with its worker, as it is in an installation."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [*RAPRONG, "serve", "--port", str(self.port)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError, HTTPException):
                connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/account/sign-in/")
                if connection.getresponse().status == 200:
                    connection.close()
                    return process
            time.sleep(0.1)
        raise SystemExit("the server of the bench does not answer")

    def kill(self) -> None:
        """Every process of it, at once and without a word; first the one that would start others in their place."""
        for pid in [self.process.pid, *descendants(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        self.process = self._start()

    def seconds_used(self) -> float:
        """Seconds of the cores' time that its processes have used so far."""
        return sum(cpu_seconds(pid) for pid in [*descendants(self.process.pid), self.process.pid])


def descendants(pid: int) -> list[int]:
    with suppress(OSError):
        children = [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [one for child in children for one in [*descendants(child), child]]
    return []


def cpu_seconds(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@dataclass(frozen=True)
class Used:
    """How long the day was, and the cores' time that the server and its people took, in seconds."""

    seconds: float
    server: float
    people: float


def live_through(day: Day, people: list[Someone], server: Server) -> Used:
    threads = [threading.Thread(target=person.live, daemon=True) for person in people]
    for thread in threads:
        thread.start()
    day.begin()
    ours, theirs = own_seconds(), server.seconds_used()
    if day.kills:
        for _ in range(day.kills):
            time.sleep(day.seconds / day.kills)
            server.kill()
            server.start_again()
    time.sleep(max(day.seconds - day.age(), 0) or day.seconds / 10)
    used = Used(day.age(), server.seconds_used() - theirs, own_seconds() - ours)
    day.is_over.set()
    for thread in threads:
        thread.join()
    return used


def own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def tell(title: str, people: list[Someone], day: Day, used: Used) -> None:
    books = [person.book for person in people]
    faults = [fault for book in books for fault in book.faults]
    print(
        f"\n{title}: {len(people)} people of {OFFICES} offices, {used.seconds:.0f} s, {len(faults)} errors", flush=True
    )
    if not day.kills:
        cores = len(os.sched_getaffinity(0)) * used.seconds
        print(f"of the cores' time the server took {used.server / cores:.0%}, its people {used.people / cores:.0%}")
    print(f"{'':36}{'count':>8}{'p50':>10}{'p95':>10}{'p99':>10}")
    for kind in KINDS:
        times = [taken for book in books for taken in book.times[kind]]
        if times:
            hundredths = quantiles(times if len(times) > 1 else 2 * times, n=100, method="inclusive")
            shown = "".join(f"{1000 * hundredths[place - 1]:>7.0f} ms" for place in (50, 95, 99))
            print(f"{kind:36}{len(times):>8,}{shown}")
    for fault in faults[:FAULTS_TOLD]:
        print(f"  error: {fault}", flush=True)


def compare(there: list[Office], people: list[Someone], folder: Path) -> int:
    """Lay what was answered beside what is there. Of what was begun and not answered, either is right."""
    rows = [_figures(people), _evidence(people), _submissions(there, people)]
    print(f"{'':36}{'answered':>10}{'stored':>10}{'in trail':>10}{'unheard':>10}")
    for row in rows:
        print(f"{row.name:36}{row.answered:>10,}{row.stored:>10,}{row.told:>10,}{row.unheard:>10,}{row.verdict}")
    wrong = [*(row.name for row in rows if not row.is_right), *_lost(people), *_half_written(folder)]
    verified = subprocess.run([*RAPRONG, "audit", "verify"], cwd=ROOT, capture_output=True, text=True, check=False)
    if verified.returncode:
        wrong.append(f"the trail: {verified.stdout.strip()[-300:]}")
    wrong += [fault for person in people for fault in person.book.faults]
    print(
        "nothing answered is missing, no file is half written, the trail is whole" if not wrong else "NOT AS ANSWERED:"
    )
    for one in wrong[:FAULTS_TOLD]:
        print(f"  {one}", flush=True)
    return 1 if wrong else 0


@dataclass(frozen=True)
class Row:
    """One kind of thing: as answered to the people, as stored, as in the trail; `unheard` were begun, not answered."""

    name: str
    answered: int
    stored: int
    told: int
    unheard: int

    @property
    def is_right(self) -> bool:
        return self.stored == self.told and self.answered <= self.stored <= self.answered + self.unheard

    @property
    def verdict(self) -> str:
        return "" if self.is_right else "   NOT THE SAME"


def entries(*kinds: str, by: list[Someone]) -> int:
    """How many entries of the day's people are in the trail."""
    from raprong.audit.models import Entry
    from raprong.core.references import reference
    from raprong.organisation.models import Person

    names = [person.username for person in by]
    people = [reference(one) for one in Person.objects.filter(user__username__in=names)]
    return Entry.objects.filter(kind__in=kinds, by__in=people, at__gte=DUE - timedelta(hours=1)).count()


def _figures(people: list[Someone]) -> Row:
    """Each save makes a figure's next version, and the first one its row."""
    from raprong.results.models import MonthlyResult

    reporters = [one for one in people if isinstance(one, Reporter)]
    kpis = [one.kpi for one in reporters]
    stored = MonthlyResult.objects.filter(kpi__public_id__in=kpis, month=MONTH_TO_REPORT)
    return Row(
        "figures saved",
        sum(len(one.book.figures) for one in reporters),
        sum(stored.values_list("version", flat=True)),
        entries("result.reported", "result.corrected", by=list(reporters)),
        sum(one.book.breaks for one in reporters),
    )


def _evidence(people: list[Someone]) -> Row:
    from raprong.evidence.models import Credit

    reporters = [one for one in people if isinstance(one, Reporter)]
    names = [one.username for one in reporters]
    return Row(
        "evidence handed in",
        sum(len(one.book.evidence) for one in reporters),
        Credit.objects.filter(credited_by__user__username__in=names, credited_at__gte=DUE - timedelta(hours=1)).count(),
        entries("evidence.handed_in", by=list(reporters)),
        sum(one.book.breaks for one in reporters),
    )


def _submissions(there: list[Office], people: list[Someone]) -> Row:
    """Only a report with a sealed paper and a receipt counts as submitted."""
    from raprong.assessments.models import SelfAssessment

    planners = [one for one in people if isinstance(one, Planner)]
    answered = [one for one in planners if one.book.submitted]
    return Row(
        "reports submitted, with a receipt",
        len(answered),
        SelfAssessment.objects.submitted().filter(months=MONTHS, sealed__isnull=False, receipt__isnull=False).count(),
        entries("assessment.submitted", by=list(planners)),
        sum(one.book.submission_begun and not one.book.submitted for one in planners),
    )


def _lost(people: list[Someone]) -> Iterator[str]:
    """What a person was answered and does not find: the last figure, or one begun after it; each file; the report."""
    from raprong.assessments.models import SelfAssessment
    from raprong.evidence.models import Credit
    from raprong.results.models import MonthlyResult

    submitted = SelfAssessment.objects.submitted()
    for one in people:
        book: Book = one.book
        if isinstance(one, Reporter) and book.figures:
            row = MonthlyResult.objects.get(kpi__public_id=one.kpi, month=MONTH_TO_REPORT)
            if row.value not in {Decimal(book.figures[-1]), *([Decimal(one.figure)] if book.figure_begun else [])}:
                yield f"{one.username}: saved {book.figures[-1]}, finds {row.value}"
        if isinstance(one, Reporter):
            kept = set(Credit.objects.filter(kpi__public_id=one.kpi).values_list("evidence__file__sha256", flat=True))
            yield from (f"{one.username}: a file that was taken in is gone" for sha in book.evidence if sha not in kept)
        if isinstance(one, Planner) and book.submitted and not submitted.filter(public_id=one.report).exists():
            yield f"{one.username}: a submission that was answered is gone"


def _half_written(folder: Path) -> Iterator[str]:
    """Every file that is named lies whole under its hash, and the regular job leaves nothing else behind."""
    from hashlib import sha256
    from unittest import mock

    from raprong.files import incoming
    from raprong.files.models import IncomingFile, StoredFile
    from raprong.files.store import open_content

    for digest in set(StoredFile.objects.values_list("sha256", flat=True)):
        with open_content(digest) as content:
            if sha256(content.read()).hexdigest() != digest:
                yield f"a file is not what its hash says: {digest}"
    IncomingFile.objects.update(expires_at=DUE)
    with mock.patch.object(incoming, "LASTS", timedelta(0)):
        left = incoming.clear_away(DUE + timedelta(hours=1))
    print(f"{'files left on their way, cleared':36}{left:>10,}")
    hidden = [path for path in (folder / "files").rglob("*") if path.is_file() and len(path.name) != 64]
    yield from (f"a half-written file stays: {path.name}" for path in hidden if "pictures" not in path.parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
