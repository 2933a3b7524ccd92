import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from raprong.cli.command import Word
from raprong.cli.tables import table
from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.scoring.document import ScoringFaults, parse_document, score_document
from raprong.lib.scoring.scheme import Scheme, read_scheme, read_schemes, scheme_faults, scheme_from_data
from raprong.lib.scoring.tables import fault_sentences, is_table, read_table
from raprong.lib.workbooks.faults import WorkbookFaults

HEADING = ("KPI", "Score", "Weighted")
NOT_REPORTED = "–"
MOST_BYTES = 50 * 1024**2
MOST_BYTES_OF_JSON = 20 * 1024**2  # it takes many times its size to read


class Command(Word):
    """`raprong score FILE`: score a document or a table of KPIs. No database is touched."""

    help = (
        "Score the KPIs of a JSON document, or of a table (CSV, xlsx, Parquet) with one KPI in each row; a file called "
        "- is read from the standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--scheme", metavar="NAME|FILE", help="score under this scheme instead of the document's")
        parser.add_argument("--explain", action="store_true", help="tell every step from the total down to each result")
        parser.add_argument("--thai", action="store_true", help="explain in Thai")
        parser.add_argument("--json", action="store_true", help="answer as JSON, numbers as strings")

    def handle(self, *, file: str, json: bool, scheme: str | None, explain: bool, thai: bool, **options: Any) -> None:
        used = None if scheme is None else self.scheme_of(scheme)
        answer = self.scored(file, used, explain or thai)
        if json:
            self.say_json(answer)
            return
        self.say_table(answer)
        if "explained" in answer:
            self.say()
            self.say_lines(answer["explained"], "words_th" if thai else "words_en")

    def scored(self, file: str, scheme: Scheme | None, explain: bool) -> dict[str, Any]:
        content = self.content_of(file)
        if is_table(content, file):
            return self.scored_table(file, content, scheme, explain)
        try:
            return score_document(parse_document(self.text_of(file, content)), scheme=scheme, explain=explain)
        except ScoringFaults as faults:
            self.stop(f"{file}: {fault}" for fault in str(faults).splitlines())

    def scored_table(self, file: str, content: bytes, scheme: Scheme | None, explain: bool) -> dict[str, Any]:
        try:
            read = read_table(content, file)
        except WorkbookFaults as refused:
            self.stop(f"{file}: {fault}" for fault in refused.faults)
        refused_by: ScoringFaults | None = None
        try:
            answer = score_document(read.document, scheme=scheme, explain=explain)
        except ScoringFaults as faults:
            refused_by = faults
        if sentences := fault_sentences(read, refused_by):
            self.stop(f"{file}: {sentence}" for sentence in sentences)
        return answer

    def scheme_of(self, named: str) -> Scheme:
        """A scheme of the house or the agency by its name, or one in a YAML or JSON file."""
        if named.endswith(".json"):
            return self.scheme_in_json(named)
        try:
            if named.endswith((".yaml", ".yml")):
                return read_scheme(Path(named))
            known = {
                code: one
                for folder in settings.DEFINITION_DIRS
                for code, one in read_schemes(Path(folder) / "scales").items()
            }
        except OSError as error:
            self.stop([f"{named}: {error.strerror}. Name a file that can be read."])
        except DefinitionFaults as faults:
            self.stop(str(faults).splitlines())
        if named not in known:
            self.stop([f"There is no scheme {named}. Name a file, or one of: {', '.join(known)}."])
        return known[named]

    def scheme_in_json(self, file: str) -> Scheme:
        try:
            data = parse_document(self.text_of(file, self.content_of(file)))
        except ScoringFaults as faults:
            self.stop(f"{file}: {fault}" for fault in str(faults).splitlines())
        if faults_found := scheme_faults(data):
            self.stop(f"{file}: {fault.path}: {fault.sentence}" for fault in faults_found)
        return scheme_from_data(data)

    def content_of(self, file: str) -> bytes:
        """The bytes of a file, or of the standard input; one that is too large is not read."""
        try:
            if file == "-":
                content = sys.stdin.buffer.read(MOST_BYTES + 1)
            else:
                with Path(file).open("rb") as opened:
                    content = opened.read(MOST_BYTES + 1)
        except OSError as error:
            self.stop([f"{file}: {error.strerror}. Name a file that can be read."])
        self.check_size(file, content, MOST_BYTES)
        return content

    def check_size(self, file: str, content: bytes, most: int) -> None:
        if len(content) > most:
            self.stop([f"{file}: This file is larger than {most // 1024**2} MB. Send it in parts."])

    def text_of(self, file: str, content: bytes) -> str:
        """The text of a file, with or without a byte-order mark."""
        self.check_size(file, content, MOST_BYTES_OF_JSON)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.stop([f"{file}: This is not UTF-8 text. Save it as UTF-8."])

    def say_table(self, scored: dict[str, Any]) -> None:
        rows = [(shown_code(kpi), shown(kpi["score"], kpi), kpi["weighted"] or NOT_REPORTED) for kpi in scored["kpis"]]
        for line in table([HEADING, *rows], right=frozenset({1, 2})):
            self.say(line)
        self.say()
        if scored["total"] is None:
            self.say("No total: nothing has been reported.")
            return
        for made in scored.get("adjustments", []):
            self.say(f"Adjustment {made['rule']}: {made['points']} on {scored['subtotal']}")
        until = ", provisional" if scored.get("provisional") else ""
        self.say(f"Total {scored['total']} on a reported weight of {scored['reported_weight']}{until}")
        if "final" in scored:
            parts = ", ".join(f"{code} {worth or NOT_REPORTED}" for code, worth in scored["parts"].items())
            self.say(f"Final {scored['final'] or NOT_REPORTED} ({parts})")

    def say_lines(self, line: dict[str, Any], words: str, depth: int = 0) -> None:
        self.say("  " * depth + line[words])
        for inner in line["lines"]:
            self.say_lines(inner, words, depth + 1)


def shown_code(kpi: dict[str, Any]) -> str:
    return f"  {kpi['code']}" if "parent" in kpi else str(kpi["code"])


def shown(score: str | None, kpi: dict[str, Any]) -> str:
    if score is not None:
        return score
    return str(kpi.get("status", NOT_REPORTED)).replace("_", " ")
