"""The people of a deadline day, each at a browser of their own: what they do, how long it took, and what was answered.

Each keeps a book of what the server answered to have done; after the day the books are laid beside the database.
"""

from __future__ import annotations

import re
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlencode

from bench_offices import MONTH_TO_REPORT, MONTHS_TO_COME, PASSWORD, Office, pdf

SECONDS_TO_ANSWER = 60
SECONDS_TO_COME_BACK = 0.2
PIECE_BYTES = 256 * 1024
PROOF_BYTES = 400 * 1024  # of a file: two pieces
SIGN_IN, LOOK, SAVE, PIECE, HAND_IN, SUBMIT = KINDS = [
    "sign in",
    "open a page",
    "save a figure",
    "a piece of a file",
    "hand in evidence",
    "submit a report",
]


class Unexpected(Exception):
    """The server answered something else than it should have."""


@dataclass
class Book:
    """What happened to one person. A thing begun and not answered may have been done or not."""

    times: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    faults: list[str] = field(default_factory=list)
    breaks: int = 0  # times that the server was not there
    figures: list[int] = field(default_factory=list)  # as answered, the last one standing
    figure_begun: int | None = None
    evidence: list[str] = field(default_factory=list)  # SHA-256 of each file that was taken in
    evidence_begun: str | None = None
    submitted: bool = False
    submission_begun: bool = False


class Someone:
    """A person who is signed in and goes on until the day is over."""

    pages: list[str]  # that this person looks at

    def __init__(self, port: int, username: str, day: Day, number: int) -> None:
        self.port, self.username, self.day = port, username, day
        self.book, self.random = Book(), Random(number)
        self.cookies: dict[str, str] = {}
        self.connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)

    def live(self) -> None:
        """Until the day ends. A server that is away is waited for; any other surprise is a fault."""
        while "sessionid" not in self.cookies and not self.book.faults:
            self._again(self.sign_in)
        for page in self.pages:  # the server has been up for longer than this day
            self._again(partial(self.get, page))
        self.day.all_signed_in.wait()
        while not self.day.is_over.is_set():
            self._again(self.do_something)
            self.day.is_over.wait(self.random.expovariate(1 / self.day.pause) if self.day.pause else 0)
        self.connection.close()

    def do_something(self) -> None:
        """Any one thing of those that this person does."""
        self.look(self.random.choice(self.pages))

    def _again(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (OSError, HTTPException) as away:
            self.book.breaks += 1
            self.connection.close()
            if not self.day.kills:
                self.book.faults.append(f"{self.username}: {type(away).__name__} {away}")
            self.day.is_over.wait(SECONDS_TO_COME_BACK)
        except Exception as fault:  # whatever it is, the day goes on without this one thing
            self.book.faults.append(f"{self.username}: {type(fault).__name__} {fault}")

    def sign_in(self) -> None:
        self.get("/account/sign-in/")
        with self.timed(SIGN_IN):
            self.post("/account/sign-in/", {"login": self.username, "password": PASSWORD})

    def look(self, address: str) -> str:
        with self.timed(LOOK):
            return self.get(address)

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """What is not done does not count."""
        started = time.perf_counter()
        yield
        self.book.times[kind].append(time.perf_counter() - started)

    def get(self, address: str) -> str:
        return self.ask("GET", address, expected=200)[1]

    def post(self, address: str, fields: dict[str, str]) -> str:
        """Send a form; what was done leads on to another page, whose address is answered."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", address, body, headers, expected=302)[0]["location"]

    def ask(
        self, method: str, address: str, body: bytes = b"", more: dict[str, str] | None = None, *, expected: int
    ) -> tuple[dict[str, str], str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | (more or {})
        self.connection.request(method, address, body or None, headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if response.status != expected:
            raise Unexpected(f"{method} {address} answered {response.status} {said_on(page)}")
        return {name.lower(): value for name, value in response.headers.items()}, page


class Reporter(Someone):
    """Somebody of a group: saves figures, hands in evidence, looks at how things stand."""

    def __init__(self, port: int, username: str, day: Day, number: int, office: Office, kpi: str) -> None:
        super().__init__(port, username, day, number)
        self.kpi, self.figure, self.files = kpi, 0, 0
        self.form = f"/results/of/{office.run}/months/{MONTH_TO_REPORT:%Y-%m}/"
        self.proof = f"/evidence/kpis/{kpi}/"
        self.pages = [
            "/",
            f"/results/of/{office.run}/",
            f"/evidence/of/{office.run}/",
            f"/assessments/{office.report}/",
        ]

    def do_something(self) -> None:
        chance = self.random.random()
        if chance < 0.5:
            self.save()
        elif chance < 0.65:
            self.hand_in()
        else:
            self.look(self.random.choice(self.pages))

    def save(self) -> None:
        """Open the month's form and save another figure."""
        page = self.look(self.form)
        version = version_in(page, self.kpi)
        self.figure += 1
        self.book.figure_begun = self.figure
        with self.timed(SAVE):
            self.post(self.form, {f"{self.kpi}-value": str(self.figure), f"{self.kpi}-version": version})
        self.book.figures.append(self.figure)
        self.book.figure_begun = None

    def hand_in(self) -> None:
        """Send a file in pieces ahead of its form, then the form."""
        self.files += 1
        content = pdf(
            f"{self.username} {self.files} ".encode() + self.random.randbytes(PROOF_BYTES).hex().encode()[:PROOF_BYTES]
        )
        token = self.send(content, f"proof-{self.files}.pdf")
        if self.day.is_over.is_set():
            return
        self.book.evidence_begun = sha256(content).hexdigest()
        with self.timed(HAND_IN):
            fields = {"evidence-arrived": token, "step": "0", "months": str(MONTHS_TO_COME), "title": "", "kind": ""}
            self.post(self.proof, fields | dict.fromkeys(("starts_on", "ends_on", "collector", "note"), ""))
        self.book.evidence.append(self.book.evidence_begun)
        self.book.evidence_begun = None

    def send(self, content: bytes, name: str) -> str:
        """Go on after a break where the server says that it stopped."""
        ours = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.cookies["csrftoken"]}
        metadata = f"filename {b64encode(name.encode()).decode()}"
        told, _ = self.ask(
            "POST",
            "/files/incoming/",
            more=ours | {"Upload-Length": str(len(content)), "Upload-Metadata": metadata, "Content-Length": "0"},
            expected=201,
        )
        address, arrived = told["location"], 0
        while arrived < len(content) and not self.day.is_over.is_set():
            try:
                arrived = self.send_piece(address, content, arrived, ours)
            except (OSError, HTTPException):
                self.book.breaks += 1
                self.connection.close()
                if not self.day.kills:
                    raise
                arrived = self.arrived(address, ours)
        return address.rstrip("/").rpartition("/")[2]

    def send_piece(self, address: str, content: bytes, arrived: int, ours: dict[str, str]) -> int:
        headers = ours | {"Upload-Offset": str(arrived), "Content-Type": "application/offset+octet-stream"}
        piece = content[arrived : arrived + PIECE_BYTES]
        with self.timed(PIECE):
            told, _ = self.ask("PATCH", address, piece, headers, expected=204)
        return int(told["upload-offset"])

    def arrived(self, address: str, ours: dict[str, str]) -> int:
        while not self.day.is_over.is_set():
            with suppress(OSError, HTTPException):
                return int(self.ask("HEAD", address, more=ours, expected=200)[0]["upload-offset"])
            self.connection.close()
            self.day.is_over.wait(SECONDS_TO_COME_BACK)
        return 0


class Planner(Someone):
    """Submits the office's report at a moment of its own, and looks at the year before and after."""

    def __init__(self, port: int, username: str, day: Day, number: int, office: Office) -> None:
        super().__init__(port, username, day, number)
        self.report = office.report
        self.pages = ["/", f"/assessments/{office.report}/", f"/results/of/{office.run}/scores/"]
        self.submits_at = day.seconds * self.random.uniform(0.1, 0.8)

    def do_something(self) -> None:
        if not self.book.submitted and self.day.age() >= self.submits_at:
            self.submit()
        else:
            self.look(self.random.choice(self.pages))

    def submit(self) -> None:
        """Look once more at what is submitted, and submit. One that went through unheard says so on its page."""
        address = f"/assessments/{self.report}/submit/"
        if self.book.submission_begun and "/submit/" not in self.look(f"/assessments/{self.report}/"):
            self.book.submitted = True
            return
        page = self.look(address)
        self.book.submission_begun = True
        with self.timed(SUBMIT):
            self.post(address, {"version": value_in(page, "version")})
        self.book.submitted = True


class Director(Someone):
    """Looks at the dashboards."""

    def __init__(self, port: int, username: str, day: Day, number: int, office: Office) -> None:
        super().__init__(port, username, day, number)
        run = office.run
        self.pages = ["/", f"/runs/{run}/", f"/results/of/{run}/scores/", f"/results/of/{run}/rounds/"]


class Day:
    """When everybody begins, how fast they are, and when it is over."""

    def __init__(self, seconds: float, pause: float, people: int, *, kills: int = 0) -> None:
        self.seconds, self.pause, self.kills = seconds, pause, kills
        self.is_over = threading.Event()
        self.all_signed_in = threading.Barrier(people + 1)
        self.begun = 0.0

    def begin(self) -> None:
        self.all_signed_in.wait()
        self.begun = time.perf_counter()

    def age(self) -> float:
        return time.perf_counter() - self.begun if self.begun else 0.0


def people_of(offices: list[Office], port: int, day: Day) -> list[Someone]:
    found: list[Someone] = []
    for office in offices:
        found += [
            Reporter(port, username, day, len(found) + place, office, kpi)
            for place, (username, kpi) in enumerate(office.reporters)
        ]
        found.append(Planner(port, office.planner, day, len(found), office))
        found.append(Director(port, office.director, day, len(found), office))
    return found


PEOPLE_OF_AN_OFFICE = 4


def version_in(page: str, kpi: str) -> str:
    return value_in(page, f"{kpi}-version")


def value_in(page: str, name: str) -> str:
    """The value of a hidden field."""
    for tag in re.findall(rf'<input[^>]*name="{name}"[^>]*>', page):
        if found := re.search(r'value="([^"]*)"', tag):
            return found[1]
    raise Unexpected(f"a page has no field {name}: {said_on(page)}")


def said_on(page: str) -> str:
    """The heading and the first sentence of a page that was not expected."""
    text = re.sub(r"<[^>]+>", " ", page.partition("<main")[2])
    return " ".join(text.split())[:160]
