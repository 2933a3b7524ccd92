"""The score table as a workbook."""

from raprong.documents.labels import labels
from raprong.documents.parts import Levels
from raprong.documents.score_table.shape import Marks, ScoreRow, ScoreTable
from raprong.documents.sheet_parts import (
    CODE,
    FIGURE,
    NAME,
    TEXT,
    UNIT,
    between,
    figure,
    in_agency,
    in_dimensions,
    level_columns,
    level_values,
    one_line,
    weight_value,
)
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, Value

MARKS = ("result", "score", "weighted")


def sheets(paper: ScoreTable) -> list[Sheet]:
    words = labels()["score_table"]
    columns = _columns(paper)
    levels = len(columns) - 4 - 2 * len(MARKS) - 1
    total: list[Value] = [None, words["sum"], None, paper.total_weight, *[None] * levels]
    total += [None, words["total"], paper.own_total, None, words["total"], paper.official_total, None]
    band = [f"{words['band']} {paper.band}"] if paper.band else []
    parts = [labels()["parts_remark"]] if any(row.inside for row in paper.rows) else []
    scheme = [f"{words['scheme']} {paper.scheme}", *paper.scheme_rules]
    covers = f"{words['covers']} {words['own']} {figure(paper.own_weight)} {words['official']} "
    covers += f"{figure(paper.official_weight)} {words['of_all']} {paper.total_weight}"
    return [
        Sheet(
            title=paper.round_name,
            columns=columns,
            rows=[*in_dimensions(paper.rows, _values, len(columns)), SheetRow(total, total=True)],
            above=(
                words["title"],
                in_agency(paper),
                f"{labels()['year']}{paper.fiscal_year} {paper.round_name}",
                between(paper),
            ),
            beneath=[covers, *band, *paper.adjustments, *paper.final, *parts, *scheme],
        )
    ]


def _columns(paper: ScoreTable) -> list[SheetColumn]:
    words = labels()["score_table"]
    return [
        SheetColumn(words["number"], CODE),
        SheetColumn(words["kpi"], NAME),
        SheetColumn(words["unit_of_measure"], UNIT),
        SheetColumn(words["weight"], FIGURE, counts=True),
        *level_columns(paper.rows[0].levels if paper.rows else Levels(), words["criteria"]),
        *(
            SheetColumn(f"{words[side]} {one_line(words[mark])}", FIGURE, counts=True)
            for side in ("own", "official")
            for mark in MARKS
        ),
        SheetColumn(words["remark"], TEXT),
    ]


def _values(row: ScoreRow) -> list[Value]:
    return [
        row.code,
        row.name,
        row.unit_of_measure,
        weight_value(row.weight, inside=row.inside),
        *level_values(row.levels),
        *_marks(row.own),
        *_marks(row.official),
        "\n".join(filter(None, (row.levels.note, row.remark))) or None,
    ]


def _marks(marks: Marks) -> list[Value]:
    return [marks.result, marks.score, marks.weighted]
