from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from raprong.access.roles import all_roles
from raprong.cli.command import BROKEN, Word
from raprong.cli.tables import table
from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.sop.library import read_library, read_sop
from raprong.lib.sop.lint import Finding, Severity, lint
from raprong.lib.sop.shape import ASK, SopDefinition, Step
from raprong.lib.thai.digits import to_arabic_digits
from raprong.processes.cards import all_cards


class Command(Word):
    """`raprong sop list|show|lint`: the SOPs that this installation can run."""

    help = "List the SOPs, show one whole, or mark what does not fit in one of them or in a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True, parser_class=ArgumentParser)
        listing = words.add_parser("list", help="every SOP with its code")
        showing = words.add_parser("show", help="one SOP whole")
        showing.add_argument("code", metavar="CODE")
        linting = words.add_parser("lint", help="what a careful reader would mark; exit status 1 when it cannot run")
        linting.add_argument("code", metavar="CODE|FILE", nargs="?", help="without it, every SOP")
        for word in (listing, showing, linting):
            word.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, word: str, json: bool, code: str | None = None, **options: Any) -> None:
        try:
            {"list": self.list, "show": self.show, "lint": self.lint}[word](code or "", json)
        except DefinitionFaults as faults:
            if json:
                self.say_json(faults_as_data(faults))
            self.stop(str(faults).splitlines(), BROKEN)

    def list(self, _: str, json: bool) -> None:
        sops = self.library()
        if json:
            self.say_json([listed(sop) for sop in sops.values()])
            return
        rows = [(sop.code, sop.edition or "–", f"{len(sop.steps)}", sop.agency.th, sop.title) for sop in sops.values()]
        for line in table([("Code", "Edition", "Steps", "Agency", "Title"), *rows], right=frozenset({2})):
            self.say(line)

    def show(self, code: str, json: bool) -> None:
        definition = self.sop(code)
        if json:
            self.say_json({**definition.to_json(), "edition": definition.edition, "digest": definition.digest})
            return
        for line in shown(definition):
            self.say(line)

    def lint(self, code: str, json: bool) -> None:
        sops = [self.sop(code)] if code else list(self.library().values())
        cards, roles = all_cards().keys(), all_roles().keys()
        found = [(sop.code, finding) for sop in sops for finding in lint(sop, cards=cards, roles=roles)]
        if json:
            self.say_json([marked(code, finding) for code, finding in found])
        else:
            for code, finding in found:
                self.say(f"{code}: {finding.severity} at {finding.place}: {finding.sentence}")
            self.say(f"{len(sops)} read, {len(found)} marked.")
        if any(finding.severity is Severity.ERROR for _, finding in found):
            raise SystemExit(BROKEN)

    def sop(self, code: str) -> SopDefinition:
        """The SOP of a code, or the one in a file."""
        if Path(code).suffix in {".yaml", ".yml"} or Path(code).is_file():
            return self.sop_in(Path(code))
        code, sops = to_arabic_digits(code), self.library()
        if code not in sops:
            self.stop([f"There is no SOP {code}. There are: {', '.join(sops)}."])
        return sops[code]

    def sop_in(self, path: Path) -> SopDefinition:
        try:
            return read_sop(path)
        except OSError as error:
            self.stop([f"{path}: {error.strerror}. Name a file that can be read."])

    def library(self) -> dict[str, SopDefinition]:
        definitions = read_library([Path(folder) for folder in settings.DEFINITION_DIRS])
        return {definition.code: definition for definition in definitions}


def faults_as_data(faults: DefinitionFaults) -> dict[str, Any]:
    return {
        "file": faults.file_name,
        "faults": [{"line": fault.line, "place": fault.where, "sentence": fault.sentence} for fault in faults.faults],
    }


def listed(sop: SopDefinition) -> dict[str, Any]:
    return {
        "code": sop.code,
        "title": sop.title,
        "title_en": sop.title_en,
        "agency": sop.agency.th,
        "agency_en": sop.agency.en,
        "document": sop.document.number,
        "edition": sop.edition,
        "steps": len(sop.steps),
        "rounds": list(sop.reporting.rounds),
        "digest": sop.digest,
    }


def marked(code: str, finding: Finding) -> dict[str, str]:
    return {
        "sop": code,
        "severity": str(finding.severity),
        "place": finding.place,
        "sentence": finding.sentence,
        "sentence_th": finding.sentence_th,
    }


def shown(sop: SopDefinition) -> Iterator[str]:
    """An SOP as a reader wants it in a terminal: its head, then each step with its control points."""
    yield sop.title
    yield sop.title_en
    yield f"{sop.agency.th} · {sop.office.th}"
    yield " · ".join(filter(None, [sop.code, sop.document.number, sop.edition, f"from {sop.source}"]))
    yield f"Rounds of {', '.join(str(months) for months in sop.reporting.rounds)} months"
    for step in sop.steps:
        yield ""
        yield from shown_step(sop, step)
    if sop.notes:
        yield ""
        yield from (f"Note: {note}" for note in sop.notes)


def shown_step(sop: SopDefinition, step: Step) -> Iterator[str]:
    yield f"{step.number}. {step.title} ({step.code})"
    yield f"   by {', '.join(sop.party(code).title for code in step.done_by)}; {time_of(step)}"
    if step.checked_by:
        yield f"   checked by {sop.party(step.checked_by).title}"
    for point in step.control_points:
        yield f"   [{'a person answers' if point.check == ASK else point.check}] {point.text}"
    yield from (f"   Note: {note}" for note in step.notes)


def time_of(step: Step) -> str:
    if step.standard_minutes is not None:
        return f"{step.standard_minutes:,} minutes"
    return step.window.printed if step.window else "no time set"
