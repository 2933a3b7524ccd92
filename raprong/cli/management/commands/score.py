import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from raprong.cli.command import Word
from raprong.cli.tables import table
from raprong.lib.scoring.document import ScoringFaults, parse_document, score_document

HEADING = ("KPI", "Score", "Weighted")
NOT_REPORTED = "–"


class Command(Word):
    """`raprong score FILE.json`: score a document of KPIs. No database is touched."""

    help = "Score the KPIs of a JSON document under its scheme; a file called - is read from the standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json")
        parser.add_argument("--json", action="store_true", help="answer as JSON, numbers as strings")

    def handle(self, *, file: str, json: bool, **options: Any) -> None:
        try:
            scored = score_document(parse_document(self.text_of(file)))
        except ScoringFaults as faults:
            self.stop(f"{file}: {fault}" for fault in str(faults).splitlines())
        if json:
            self.say_json(scored)
        else:
            self.say_table(scored)

    def text_of(self, file: str) -> str:
        """The text of a file, with or without a byte-order mark."""
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            return content.decode("utf-8-sig")
        except OSError as error:
            self.stop([f"{file}: {error.strerror}. Name a file that can be read."])
        except UnicodeDecodeError:
            self.stop([f"{file}: This is not UTF-8 text. Save it as UTF-8."])

    def say_table(self, scored: dict[str, Any]) -> None:
        rows = [(kpi["code"], kpi["score"] or NOT_REPORTED, kpi["weighted"] or NOT_REPORTED) for kpi in scored["kpis"]]
        for line in table([HEADING, *rows], right=frozenset({1, 2})):
            self.say(line)
        self.say()
        if scored["total"] is None:
            self.say("No total: nothing has been reported.")
        else:
            self.say(f"Total {scored['total']} on a reported weight of {scored['reported_weight']}")
