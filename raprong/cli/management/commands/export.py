from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from raprong.cli.command import BROKEN, REFUSED, Word
from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.exports.layout import read_layout
from raprong.lib.exports.manifest import check


class Command(Word):
    """`raprong export verify|layout`: a package of a report, and the layout of its workbook. No database is touched."""

    help = "Check a package against the manifest in it, or the layout of packages in a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True, parser_class=ArgumentParser)
        verifying = words.add_parser(
            "verify", help="is everything in the package as it was made; exit status 1 where it is not, 2 unreadable"
        )
        verifying.add_argument("file", metavar="ZIP")
        laying_out = words.add_parser("layout", help="does a layout fit; exit status 1 where it does not")
        laying_out.add_argument("file", metavar="FILE.yaml")
        for word in (verifying, laying_out):
            word.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, word: str, file: str, json: bool, **options: Any) -> None:
        if not Path(file).is_file():
            self.stop([f"{file}: There is no such file. Name one that can be read."])
        {"verify": self.verify, "layout": self.layout}[word](file, json)

    def verify(self, file: str, json: bool) -> None:
        found = check(file)
        if json:
            self.say_json({"holds": found.holds, "files": found.files, "faults": list(found.faults)})
        elif found.holds:
            self.say(f"{file}: {found.files} files, all as they were when the package was made.")
        else:
            for fault in found.faults:
                self.say(f"{file}: {fault}")
        if not found.holds:
            raise SystemExit(BROKEN if found.readable else REFUSED)

    def layout(self, file: str, json: bool) -> None:
        try:
            layout = read_layout(Path(file))
        except DefinitionFaults as faults:
            if json:
                told = [{"line": each.line, "where": each.where, "sentence": each.sentence} for each in faults.faults]
                self.say_json({"holds": False, "faults": told})
                raise SystemExit(BROKEN) from None
            self.stop(str(faults).splitlines(), BROKEN)
        if json:
            self.say_json({"holds": True, "code": layout.code, "faults": []})
        else:
            self.say(f"{file}: layout {layout.code} fits, with {len(layout.sheets)} sheets.")
