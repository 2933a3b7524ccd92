"""What a KPI workbook says, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from raprong.lib.scoring.criteria import Criteria, Ladder
from raprong.lib.scoring.ladder import Rung
from raprong.lib.workbooks.faults import CellFault

KPI_SHEET = "ตัวชี้วัด"
RESULT_SHEET = "ผลการดำเนินงาน"

# Calendar months in the order of the fiscal year, with the headings officers give them.
MONTHS = (
    (10, "ต.ค."),
    (11, "พ.ย."),
    (12, "ธ.ค."),
    (1, "ม.ค."),
    (2, "ก.พ."),
    (3, "มี.ค."),
    (4, "เม.ย."),
    (5, "พ.ค."),
    (6, "มิ.ย."),
    (7, "ก.ค."),
    (8, "ส.ค."),
    (9, "ก.ย."),
)


@dataclass(frozen=True)
class NamedInput:
    """A figure that the formula is reckoned from."""

    name: str
    title: str
    measure: str = ""


@dataclass(frozen=True)
class NamedStep:
    """One step, and the papers that prove it."""

    title: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class KpiRow:
    """One KPI of the sheet of KPIs; ``row`` is the row it stands in. Numbers are exactly those that were typed.

    ``given`` names the columns that the sheet has beyond those that it must have. A field whose column is not there
    says nothing: it is not the same as an empty cell.
    """

    row: int
    code: str
    title: str
    dimension: str
    group: str
    measure: str
    weight: Decimal | None
    levels: tuple[tuple[Decimal, Decimal], ...]  # of a ladder: level and the result it asks for, lowest level first
    target: Decimal | None
    baseline: tuple[tuple[int, Decimal], ...] = ()  # fiscal year (พ.ศ.) and its result
    formula: str = ""
    data_source: str = ""
    figure_source: str = ""
    other_criteria: Criteria | None = None  # of every kind but the ladder
    round_criteria: tuple[tuple[int, Criteria], ...] = ()  # months from October, and what that round asks for
    steps: tuple[NamedStep, ...] = ()
    parent: str = ""  # the code of the KPI that it is a part of
    weight_inside: Decimal | None = None
    level: str = ""  # codes of raprong.lib.workbooks.choices
    origin: str = ""
    nature: str = ""
    counting: str = ""
    issue: str = ""
    strategy: str = ""
    definition: str = ""
    scope: str = ""
    inputs: tuple[NamedInput, ...] = ()
    expression: str = ""
    sources: tuple[str, ...] = ()  # titles of policy sources
    collection_method: str = ""
    supervisor: str = ""  # the post's title
    supervisor_phone: str = ""
    collector: str = ""
    collector_phone: str = ""
    conditions: str = ""
    evidence_expected: str = ""
    starts_in: int | None = None  # months from October
    cancelled_from: int | None = None
    cancelled_because: str = ""
    notes: str = ""
    given: frozenset[str] = field(default=frozenset(), compare=False)

    @cached_property
    def criteria(self) -> Criteria:
        return self.other_criteria or Ladder(tuple(Rung(at, level) for level, at in self.levels))


@dataclass(frozen=True)
class ReadRow:
    """One row as it was read: a KPI, or everything that is wrong with it.

    ``said`` is its code and title as its cells say them, ``letters`` the columns of the sheet by their headings.
    """

    sheet: str
    number: int
    values: KpiRow | None
    faults: tuple[CellFault, ...]
    said: Mapping[str, str]
    letters: Mapping[str, str]


@dataclass(frozen=True)
class MonthlyRow:
    """A KPI's cumulative results: calendar month (10 to 9) and figure, in the order of the fiscal year."""

    row: int
    code: str
    figures: tuple[tuple[int, Decimal | None], ...]  # None: nothing is written for that month


@dataclass(frozen=True)
class KpiWorkbook:
    """A whole workbook; there are no monthly rows where it has no sheet of results."""

    kpis: tuple[KpiRow, ...]
    months: tuple[MonthlyRow, ...] = ()
