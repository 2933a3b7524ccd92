"""The second attachment of the agreement as a workbook: levels and weights, with room for scores."""

from raprong.documents.agreement.shape import AgreedKpi, Agreement
from raprong.documents.labels import labels
from raprong.documents.parts import Levels
from raprong.documents.sheet_parts import (
    CODE,
    FIGURE,
    NAME,
    UNIT,
    in_dimensions,
    level_columns,
    level_values,
    one_line,
    weight_value,
)
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow, Value


def sheets(paper: Agreement) -> list[Sheet]:
    words = labels()["agreed"]
    levels = level_columns(paper.kpis[0].levels if paper.kpis else Levels(), words["criteria"])
    columns = [
        SheetColumn(words["number"], CODE),
        SheetColumn(words["kpi"], NAME),
        SheetColumn(words["unit_of_measure"], UNIT),
        SheetColumn(words["target"], FIGURE, counts=True),
        *levels,
        *(SheetColumn(one_line(words[key]), FIGURE, counts=True) for key in ("score", "weight", "weighted")),
    ]
    total: list[Value] = [None, words["sum"], None, None, *[None] * len(levels), None, paper.total_weight, None]
    return [
        Sheet(
            title=words["attachment"],
            columns=columns,
            rows=[*in_dimensions(paper.kpis, _values, len(columns)), SheetRow(total, total=True)],
            above=(paper.title, paper.agency),
            beneath=(labels()["parts_remark"],) if any(kpi.part_of for kpi in paper.kpis) else (),
        )
    ]


def _values(kpi: AgreedKpi) -> list[Value]:
    return [
        kpi.code,
        kpi.name,
        kpi.unit_of_measure,
        kpi.target or None,
        *level_values(kpi.levels),
        None,
        weight_value(kpi.weight, inside=bool(kpi.part_of)),
        None,
    ]
