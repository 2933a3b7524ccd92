from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from raprong.cli.command import Word
from raprong.cli.scored_files import FileRefused, scheme_named, score_file
from raprong.cli.tables import table

HEADING = ("KPI", "Score", "Weighted")
NOT_REPORTED = "–"


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
        try:
            folders = [Path(folder) / "scales" for folder in settings.DEFINITION_DIRS]
            used = None if scheme is None else scheme_named(scheme, folders)
            scored = score_file(file, used, explain=explain or thai)
        except FileRefused as refused:
            self.stop(refused.sentences)
        if json:
            self.say_json(scored)
            return
        self.say_table(scored)
        if "explained" in scored:
            self.say()
            self.say_lines(scored["explained"], "words_th" if thai else "words_en")

    def say_table(self, scored: dict[str, Any]) -> None:
        rows = [(code_of(kpi), score_of(kpi), kpi["weighted"] or NOT_REPORTED) for kpi in scored["kpis"]]
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
        """An explanation, what explains a line under it and further in."""
        self.say("  " * depth + line[words])
        for inner in line["lines"]:
            self.say_lines(inner, words, depth + 1)


def code_of(kpi: dict[str, Any]) -> str:
    """A KPI's code; a part stands further in than its parent."""
    return f"  {kpi['code']}" if "parent" in kpi else str(kpi["code"])


def score_of(kpi: dict[str, Any]) -> str:
    """A KPI's score, or its status where it has none and the answer tells it."""
    return kpi["score"] or str(kpi.get("status", NOT_REPORTED)).replace("_", " ")
