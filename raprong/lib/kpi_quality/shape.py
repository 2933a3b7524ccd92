"""What the rules look at, and what they find."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from decimal import Decimal
from enum import StrEnum

from raprong.lib.scoring.criteria import Criteria


class Severity(StrEnum):
    """How grave a finding is: an error stops the selection, a warning asks for a reason, a notice asks for nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Owner:
    """A post that answers for a KPI: what it is known by, and its name."""

    key: str
    title: str


@dataclass(frozen=True)
class LastYear:
    """The same KPI in the year before: what it asked for. What it reached stands in the baseline."""

    target: Decimal | None


@dataclass(frozen=True)
class KpiSheet:
    """Everything that a KPI says in one year, as plain values.

    ``baseline`` holds past results by fiscal year (พ.ศ.). ``sources`` is how many policy sources it answers to, of the
    ``sources_to_choose`` that the framework has. ``step_titles`` name the steps or milestones one after another.
    """

    code: str
    title: str
    measure: str
    criteria: Criteria
    target: Decimal | None = None
    weight: Decimal | None = None
    baseline: Mapping[int, Decimal] = given(default_factory=dict)
    last_year: LastYear | None = None
    formula: str = ""
    expression: str = ""
    inputs: int = 0
    round_criteria: tuple[tuple[int, Criteria], ...] = ()  # months, and what that round asks for by itself
    step_titles: tuple[str, ...] = ()
    sources: int = 0
    sources_to_choose: int = 0
    selected: bool = False
    part_of: str = ""  # the code of the KPI that it is a part of
    has_parts: bool = False  # its score comes from theirs, and it has no result of its own
    supervisor: Owner | None = None
    collector: Owner | None = None
    rounds: tuple[int, ...] = ()  # the year's rounds, in months
    starts_in: int | None = None
    cancelled_from: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing found in a KPI: the rule, the KPI's code, the field to look at, the sentence in both languages.

    ``facts`` are what the sentence rests on. Where they change, a reason given for the old ones no longer holds.
    """

    code: str
    severity: Severity
    kpi: str
    field: str
    sentence_en: str
    sentence_th: str
    facts: Mapping[str, str] = given(default_factory=dict)
