"""The report of a round as a workbook."""

from collections.abc import Iterator
from typing import Any

from raprong.documents.labels import labels
from raprong.documents.round_report.shape import RoundReport, RoundRow
from raprong.documents.sheet_parts import (
    CODE,
    FIGURE,
    NAME,
    TEXT,
    UNIT,
    between,
    figure,
    in_agency,
    one_line,
    weight_value,
)
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, Value

COUNTED = ("weight", "target", "result", "score", "weighted")


def sheets(paper: RoundReport) -> list[Sheet]:
    words = labels()["round_report"]
    columns = [
        SheetColumn(words["number"], CODE),
        SheetColumn(words["kpi"], NAME),
        SheetColumn(words["unit_of_measure"], UNIT),
        *(SheetColumn(one_line(words[key]), FIGURE, counts=True) for key in COUNTED),
        *_earlier(paper, SheetColumn(f"{words['score']} {paper.earlier_round}", FIGURE, counts=True)),
        SheetColumn(words["responsible"], TEXT),
        SheetColumn(words["remark"], TEXT),
    ]
    inside = any(row.inside for dimension in paper.dimensions for row in dimension.rows)
    covers = f"{words['covers']} {figure(paper.reported_weight)} {words['of_all']} {paper.total_weight}"
    band = [f"{words['band']} {paper.band}"] if paper.band else []
    scheme = [f"{words['scheme']} {paper.scheme}"] if paper.scheme else []
    return [
        Sheet(
            title=paper.round_name,
            columns=columns,
            rows=list(_rows(paper)),
            above=(
                f"{words['title']} {paper.round_name}",
                in_agency(paper),
                f"{labels()['year']}{paper.fiscal_year}",
                between(paper),
            ),
            beneath=[words["self_scored"], covers, *band, *([labels()["parts_remark"]] if inside else []), *scheme],
        )
    ]


def _rows(paper: RoundReport) -> Iterator[SheetRow]:
    words = labels()["round_report"]
    for dimension in paper.dimensions:
        if dimension.title:
            sums: list[Value] = [dimension.weight, None, None, None, dimension.weighted, *_earlier(paper, None)]
            yield SheetRow([None, dimension.title, None, *sums, None, None], part=True)
        yield from (SheetRow(_values(paper, row)) for row in dimension.rows)
    total: list[Value] = [paper.total_weight, None, None, words["total"], paper.total]
    total += _earlier(paper, paper.earlier_total)
    yield SheetRow([None, words["sum"], None, *total, None, None], total=True)


def _earlier(paper: RoundReport, each: Any) -> list[Any]:
    """What stands in the column of the round before, which the first round does not have."""
    return [each] if paper.earlier_round else []


def _values(paper: RoundReport, row: RoundRow) -> list[Value]:
    return [
        row.code,
        row.name,
        row.unit_of_measure,
        weight_value(row.weight, inside=row.inside),
        row.target or None,
        row.result,
        row.score,
        row.weighted,
        *_earlier(paper, row.earlier),
        row.responsible or None,
        row.remark or None,
    ]
