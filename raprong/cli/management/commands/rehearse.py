"""`raprong rehearse SOP_CODE --kpis FILE.xlsx --out DIR`: a whole year, unattended, in a database of its own."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import connection

from raprong.cli.command import Word
from raprong.cli.rehearsal.stage import NobodyMay, Stage
from raprong.cli.rehearsal.summary import summary
from raprong.cli.rehearsal.year import play
from raprong.cli.sample.organisation import settle
from raprong.core.databases.preparing import bring_up_to_date
from raprong.core.faults import Faults
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.faults import WorkbookFaults
from raprong.lib.workbooks.reader import read_workbook
from raprong.processes.library import sop

PASSWORD = "rehearsal"  # of people who live as long as the throw-away database


class Command(Word):
    help = "Rehearse a whole year of an SOP on a KPI workbook, in a throw-away database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sop", metavar="SOP_CODE", help="as `raprong sop list` names it")
        parser.add_argument("--kpis", type=Path, required=True, metavar="FILE.xlsx")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--fiscal-year", type=int, default=2570, metavar="2570", help="พ.ศ.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.rehearse(options["sop"], options["kpis"], options["out"], options["fiscal_year"])
        except WorkbookFaults as faults:
            self.stop([str(fault) for fault in faults.faults])
        except Faults as faults:
            self.stop([str(fault.sentence) for fault in faults.faults])
        except (NobodyMay, OSError) as no:
            self.stop([str(no)])

    def rehearse(self, code: str, kpis: Path, out: Path, fiscal_year: int) -> None:
        workbook = read_workbook(kpis.read_bytes(), results_required=True)
        definition = sop(code)
        out.mkdir(parents=True, exist_ok=True)
        bring_up_to_date()
        agencies = list(settle(password=PASSWORD).values())
        stage = Stage.set(agencies, definition, workbook, FiscalYear(fiscal_year), PASSWORD)
        for step in play(stage):
            self.say(f"✓ {step.number}/{len(definition.steps)} {step.title}")
        told = summary(stage, out)
        (out / "summary.json").write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")
        self.say(f"{told['total']} · {len(told['papers'])} · {out}")
        connection.close()
