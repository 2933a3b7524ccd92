import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from raprong.cli.command import Word
from raprong.lib.reading_order.sampling import digest_of, drawn

REMARK = "#"


class Command(Word):
    """`raprong sample FILE`: draw a round's random sample again from its published seed. No database is touched."""

    help = (
        "Draw the random sample of a round again. FILE is the list that the page of the sample offers: one KPI in each "
        "line, a blank line between units, and what follows # is a remark; a file called - is read from the standard "
        "input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--seed", required=True, help="the seed as it was published")
        parser.add_argument("--per-hundred", required=True, type=int, metavar="N", help="the share, from 1 to 100")
        parser.add_argument("--json", action="store_true", help="answer as JSON, with the digests that decided")

    def handle(self, *, file: str, seed: str, per_hundred: int, json: bool, **options: Any) -> None:
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
            found = [drawn(seed, unit, per_hundred=per_hundred) for unit in units_in(text.splitlines())]
        except (OSError, UnicodeDecodeError, ValueError) as fault:
            self.stop([str(fault)])
        names = [name for unit in found for name in unit]
        if json:
            self.say_json([{"name": name, "sha256": digest_of(seed, name)} for name in names])
            return
        for name in names:
            self.say(name)


def units_in(lines: Iterable[str]) -> list[list[str]]:
    """The names of each unit; units stand apart by blank lines, and a remark is no name."""
    units: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            units.append([])
        elif name := line.split(REMARK, 1)[0].strip():
            units[-1].append(name)
    return [unit for unit in units if unit]
