"""The workbook of a report in the layout of its department's system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from raprong.assessments.documents import type_title, why_no_result
from raprong.assessments.models import AssessmentItem, Receipt, SelfAssessment
from raprong.assessments.queries import evidence_by_item, items_of
from raprong.assessments.rounds import round_title_th
from raprong.core.clock import day_of
from raprong.evidence.models import Credit
from raprong.evidence.numbers import written_number
from raprong.kpis.documents import levels_text, result_text
from raprong.lib.exports.layout import LEVELS, MONTHS, ExportLayout, LayoutSheet, cells_of, filled
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, Value, write_sheets
from raprong.records.papers import UNFIT
from raprong.results.models import MonthlyResult

EVIDENCE = "evidence"  # the folder of the package
LONGEST_NAME = 150  # letters of a file's name in the package


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as it goes into the package: under which number, and where."""

    item: AssessmentItem
    credit: Credit
    number: str
    path: str


def proofs_of(assessment: SelfAssessment, layout: ExportLayout) -> list[Proof]:
    """Every piece of evidence of a report in the order of its KPIs and numbers. No two have one name."""
    credits = evidence_by_item(assessment)
    found: list[Proof] = []
    taken: set[str] = set()
    for item in items_of(assessment):
        for credit in credits[item.pk]:
            number = written_number(credit)
            path = _free(_path(layout, number, credit.file.name), taken)
            found.append(Proof(item, credit, number, path))
    return found


def workbook(assessment: SelfAssessment, layout: ExportLayout, proofs: Sequence[Proof]) -> bytes:
    """The sheets that the layout asks for."""
    places = places_of(assessment)
    rows = {"kpis": _kpi_rows(assessment, proofs), "evidence": [_proof_row(proof) for proof in proofs]}
    sheets = [_sheet(sheet, rows[sheet.of], places) for sheet in layout.sheets]
    return write_sheets(sheets, title=workbook_name(assessment, layout), author=assessment.run.unit.name)


def workbook_name(assessment: SelfAssessment, layout: ExportLayout) -> str:
    name = UNFIT.sub("-", filled(layout.workbook, places_of(assessment)))
    return name if name.endswith(".xlsx") else f"{name}.xlsx"


def places_of(assessment: SelfAssessment) -> dict[str, str]:
    """What the texts of a layout may name."""
    run = assessment.run
    receipt = Receipt.objects.filter(assessment=assessment).first()
    return {
        "agency": run.unit.agency.name,
        "unit": run.unit.name,
        "fiscal_year": str(run.fiscal_year),
        "round": round_title_th(assessment.months),
        "receipt": str(receipt) if receipt else "–",
        "total": format(assessment.total, "f") if assessment.total is not None else "–",
    }


def _sheet(sheet: LayoutSheet, rows: Iterable[dict[str, Value]], places: dict[str, str]) -> Sheet:
    return Sheet(
        title=sheet.title,
        columns=[SheetColumn(column.heading, column.width, column.counts) for column in sheet.columns],
        rows=[SheetRow(cells_of(sheet, row)) for row in rows],
        above=[filled(line, places) for line in sheet.above],
    )


def _kpi_rows(assessment: SelfAssessment, proofs: Sequence[Proof]) -> list[dict[str, Value]]:
    months = _months_of(assessment)
    numbers: dict[int, list[str]] = {}
    for proof in proofs:
        numbers.setdefault(proof.item.pk, []).append(proof.number)
    return [
        _kpi_row(item, place, months.get(item.kpi_id, {}), numbers.get(item.pk, []))
        for place, item in enumerate(items_of(assessment), start=1)
    ]


def _kpi_row(item: AssessmentItem, place: int, months: dict[str, Value], numbers: Sequence[str]) -> dict[str, Value]:
    kpi, levels = item.kpi, levels_text(item.kpi, months=item.assessment.months)
    named = (levels.one, levels.two, levels.three, levels.four, levels.five)
    return {
        "number": place,
        "code": kpi.code,
        "title": kpi.title,
        "dimension": kpi.dimension.title,
        "group": kpi.group.name,
        "measure": kpi.measure,
        "weight": kpi.weight_inside if kpi.parent_id else kpi.weight,
        "target": result_text(kpi, kpi.target),
        "result": result_text(kpi, item.result),
        "status": why_no_result(item),
        "score": item.score,
        "weighted": item.weighted,
        "narrative": item.narrative,
        "factors": item.factors,
        "obstacles": item.obstacles,
        "suggestions": item.suggestions,
        "no_figure_because": why_no_result(item),
        "evidence": ", ".join(numbers),
        **dict(zip(LEVELS, named, strict=True)),
        **months,
    }


def _months_of(assessment: SelfAssessment) -> dict[int, dict[str, Value]]:
    """The monthly figures up to the end of the round, by KPI and by the name of the month in a layout."""
    names = dict(zip(assessment.run.year.months(), MONTHS, strict=True))
    figures = MonthlyResult.objects.filter(kpi__framework__run=assessment.run, month__lte=assessment.ends_on)
    found: dict[int, dict[str, Value]] = {}
    for kpi, month, value in figures.values_list("kpi", "month", "value"):
        found.setdefault(kpi, {})[names[month]] = value.normalize() if value is not None else None
    return found


def _proof_row(proof: Proof) -> dict[str, Value]:
    credit = proof.credit
    return {
        "number": proof.number,
        "kpi": proof.item.kpi.code,
        "kpi_title": proof.item.kpi.title,
        "title": credit.title,
        "type": type_title(credit.evidence.kind),
        "file": credit.file.name,
        "added_on": day_of(credit.evidence.added_at),
        "collector": credit.evidence.collector or credit.evidence.added_by.name,
        "sha256": credit.file.sha256,
        "path": proof.path,
    }


def _path(layout: ExportLayout, number: str, name: str) -> str:
    """The name of a file in the package: what the layout says, without what file systems do not take."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    written = UNFIT.sub("-", filled(layout.evidence_file, {"number": number, "name": stem}))
    return f"{EVIDENCE}/{written[:LONGEST_NAME].strip('.-')}{UNFIT.sub('', suffix)}"


def _free(path: str, taken: set[str]) -> str:
    """The name, or with the next number where another file has it."""
    whole, count = PurePath(path), 1
    while path.casefold() in taken:
        count += 1
        path = f"{whole.parent}/{whole.stem}-{count}{whole.suffix}"
    taken.add(path.casefold())
    return path
