"""The report of a round as a workbook."""

from collections.abc import Iterator

from raprong.documents.labels import labels
from raprong.documents.round_report.shape import RoundReport, RoundRow
from raprong.documents.sheet_parts import CODE, FIGURE, NAME, TEXT, UNIT, one_line, weight_value
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, Value

COUNTED = ("weight", "target", "result", "score", "weighted")


def sheets(paper: RoundReport) -> list[Sheet]:
    words = labels()["round_report"]
    columns = [
        SheetColumn(words["number"], CODE),
        SheetColumn(words["kpi"], NAME),
        SheetColumn(words["unit_of_measure"], UNIT),
        *(SheetColumn(one_line(words[key]), FIGURE, counts=True) for key in COUNTED),
        SheetColumn(f"{words['score']} {paper.earlier_round}".strip(), FIGURE, counts=True),
        SheetColumn(words["responsible"], TEXT),
        SheetColumn(words["remark"], TEXT),
    ]
    inside = any(row.inside for dimension in paper.dimensions for row in dimension.rows)
    covers = f"{words['covers']} {paper.reported_weight} {words['of_all']} {paper.total_weight}"
    band = [f"{words['band']} {paper.band}"] if paper.band else []
    scheme = [f"{words['scheme']} {paper.scheme}"] if paper.scheme else []
    return [
        Sheet(
            title=paper.round_name,
            columns=columns,
            rows=list(_rows(paper)),
            above=(f"{words['title']} {paper.round_name}", paper.unit, f"{labels()['year']}{paper.fiscal_year}"),
            beneath=[covers, *band, *([labels()["parts_remark"]] if inside else []), *scheme],
        )
    ]


def _rows(paper: RoundReport) -> Iterator[SheetRow]:
    words = labels()["round_report"]
    for dimension in paper.dimensions:
        if dimension.title:
            sums: list[Value] = [dimension.weight, None, None, None, dimension.weighted, None, None, None]
            yield SheetRow([None, dimension.title, None, *sums], part=True)
        yield from (SheetRow(_values(row)) for row in dimension.rows)
    total: list[Value] = [paper.total_weight, None, None, words["total"], paper.total, paper.earlier_total, None, None]
    yield SheetRow([None, words["sum"], None, *total], total=True)


def _values(row: RoundRow) -> list[Value]:
    return [
        row.code,
        row.name,
        row.unit_of_measure,
        weight_value(row.weight, inside=row.inside),
        row.target or None,
        row.result,
        row.score,
        row.weighted,
        row.earlier,
        row.responsible or None,
        row.remark or None,
    ]
