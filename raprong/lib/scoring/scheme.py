"""The scheme: how a framework scores, rounds, adds up and adjusts, and which band a total falls in.

Schemes are data in ``definitions/scales/*.yaml``; the one in force is stored with each framework.
"""

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, ValidationError

from raprong.lib.definition_file import DefinitionFault, DefinitionFaults, place, read_definition, sentence
from raprong.lib.scoring.card import Status, Treatment
from raprong.lib.scoring.ladder import Below
from raprong.lib.scoring.scheme_rules import SchemeRefused, rule_faults
from raprong.lib.shapes import adapter_of

SCALES = Path(__file__).parents[2] / "definitions" / "scales"

Places = Annotated[int, Field(ge=0, le=10)]
FromNought = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=6)]
AboveNought = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=6)]
Signed = Annotated[Decimal, Field(ge=-1_000_000, le=1_000_000, decimal_places=6)]

_STRICT = ConfigDict(extra="forbid")


class Colour(StrEnum):
    """The colours a band may have; the look of each belongs to the pages."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    LIGHT_GREEN = "light-green"
    GREEN = "green"
    GREY = "grey"


class On(StrEnum):
    """What an adjustment rule works on."""

    KPI = "kpi"
    TOTAL = "total"


class AdjustmentKind(StrEnum):
    """Whether a rule's amount is in points, or in per cent of the score it works on."""

    POINTS = "points"
    PERCENT = "percent"


@dataclass(frozen=True)
class ScaleLevel:
    """One level of the scale, with its name in both languages where it has one."""

    score: FromNought
    title_th: str = ""
    title_en: str = ""

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Band:
    """A band of totals with its name in both languages: those ``below`` a number, or ``up_to`` and including it."""

    code: str
    title_th: str
    title_en: str
    below: Decimal | None = None
    up_to: Decimal | None = None
    colour: Colour | None = None

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        if (self.below is None) is (self.up_to is None):
            raise ValueError("A band ends with one of `below` and `up_to`. Write exactly one of them.")

    def holds(self, total: Decimal) -> bool:
        """Tell whether a total ends inside this band, not looking at the bands before it."""
        return total < self.below if self.below is not None else total <= (self.up_to or Decimal(0))


@dataclass(frozen=True)
class Statuses:
    """What the scheme does with a KPI that has a status instead of a result. Nought is no status: it is a result."""

    not_reported: Treatment = Treatment.EXCLUDED
    missing: Treatment = Treatment.EXCLUDED
    not_applicable: Treatment = Treatment.EXCLUDED
    cancelled: Treatment = Treatment.EXCLUDED
    not_started: Treatment = Treatment.EXCLUDED

    __pydantic_config__ = _STRICT

    def of(self, status: Status) -> Treatment | None:
        """The treatment of a status; none for a KPI that has reported."""
        return None if status is Status.REPORTED else getattr(self, status)


@dataclass(frozen=True)
class AdjustmentRule:
    """A rule that adds to a score or takes from it: so many points, or per cent, each time it applies.

    ``amount`` has its sign: -0.2 points for each missed report, 5 per cent of the subtotal. ``most`` limits the sum of
    the rule on one KPI, or on the total, without a sign.
    """

    code: str
    on: On
    kind: AdjustmentKind
    amount: Signed
    title_th: str = ""
    title_en: str = ""
    most: AboveNought | None = None
    note: str = ""

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class SchemePart:
    """A part of a final score: its points out of ``full`` count for ``weight``.

    ``places`` are rounded to one after another: 3 and then 2 is what a civil-service system does. Source: DPIS.
    """

    code: str
    weight: AboveNought
    full: AboveNought
    title_th: str = ""
    title_en: str = ""
    places: tuple[Places, ...] = (2,)

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class ResultTerms:
    """What follows confirmed scores.

    With ``objection_days`` the unit sees the preliminary result first and may object within so many working days after
    it was opened; unopened, the days are counted from ``unopened_days`` working days after it was shown. ``panel`` is
    how many people decide at least. Without a window confirmed scores are final at once. With ``ranked`` the place
    among the agency's units is published.
    """

    objection_days: Annotated[int, Field(ge=1, le=366)] | None = None
    unopened_days: Annotated[int, Field(ge=1, le=366)] = 5
    panel: Annotated[int, Field(ge=1, le=15)] = 3
    ranked: bool = False

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Scheme:
    """How scores are made, rounded, added up and adjusted.

    ``places`` are the decimal places of a score, ``weighted_places`` those of a weighted score and ``total_places``
    those of the total; none means not rounded there. With ``round_score_first`` the rounded score is what is weighted
    and added up; otherwise the exact one is. ``weight_base`` is what the weights add up to (100 in per cent),
    ``scale_max`` the highest score, ``cap`` the highest score and total after adjustments (``scale_max`` without it).
    ``levels`` are the scores of the scale, lowest first; 1 to ``scale_max`` without them. ``statuses`` say what counts
    when there is no result. With ``share_inside_parent`` the weight of a part that is left out is shared out among the
    other parts of its parent; otherwise it leaves the total's denominator in proportion. ``rules`` adjust,
    ``parts`` put a final score together: the first is the KPIs' total, the others are given. ``bands`` stand from
    the lowest to the highest. ``external_rule`` is the code of the rule, on a KPI, that an accepted external factor
    applies; without it such a factor is told and changes nothing. ``result`` says what follows confirmed scores.
    ``confirmed`` false: no source was found, and the agency must confirm it.
    """

    code: str = "five-level"
    places: Places | None = 4
    weighted_places: Places | None = 4
    total_places: Places | None = 4
    below: Below = Below.FLOOR
    scale_max: AboveNought = Decimal(5)
    weight_base: AboveNought = Decimal(100)
    round_score_first: bool = True
    bands: tuple[Band, ...] = ()
    title_th: str = ""
    title_en: str = ""
    notes: str = ""
    levels: tuple[ScaleLevel, ...] = ()
    cap: AboveNought | None = None
    statuses: Statuses = Statuses()
    share_inside_parent: bool = True
    rules: tuple[AdjustmentRule, ...] = ()
    parts: tuple[SchemePart, ...] = ()
    external_rule: str = ""
    result: ResultTerms = ResultTerms()
    confirmed: bool = True

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        faults = list(rule_faults(asdict(self)))
        if faults:
            raise SchemeRefused(faults)

    @property
    def scores(self) -> tuple[Decimal, ...]:
        """The scores that criteria may name, lowest first: the levels of the scale."""
        if self.levels:
            return tuple(level.score for level in self.levels)
        return tuple(Decimal(level) for level in range(1, int(self.scale_max) + 1))

    @property
    def highest(self) -> Decimal:
        """What no score and no total passes."""
        return self.scale_max if self.cap is None else self.cap

    @property
    def full(self) -> Decimal:
        """What a final score is out of: the weights of its parts together, or the highest score without parts."""
        return sum((part.weight for part in self.parts), Decimal(0)) if self.parts else self.highest

    def level_of(self, score: Decimal) -> ScaleLevel | None:
        """The level with exactly this score, where the scheme names its levels."""
        return next((level for level in self.levels if level.score == score), None)

    def rule(self, code: str) -> AdjustmentRule:
        """The adjustment rule with a code; one that the scheme has not raises ``KeyError``."""
        found = next((rule for rule in self.rules if rule.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def worth_of(self, status: Status) -> Fraction | None:
        """What a KPI with a status instead of a result counts as; none when it is left out."""
        match self.statuses.of(status):
            case Treatment.ZERO:
                return Fraction(0)
            case Treatment.FLOOR:
                return Fraction(self.scores[0])
            case _:
                return None

    def band_of(self, total: Decimal) -> Band | None:
        """Return the band a total falls in; nothing when the scheme has no band for it."""
        return next((band for band in self.bands if band.holds(total)), None)


@dataclass(frozen=True)
class SchemeFault:
    """One thing wrong in a scheme: its place (``bands[1].up_to``), and what to do about it in both languages."""

    path: str
    sentence: str
    sentence_th: str


def scheme_from_data(data: Any) -> Scheme:
    """Read a scheme kept as plain data, such as JSON; what does not fit raises pydantic's ``ValidationError``."""
    return adapter_of(Scheme).validate_python(data)


def stored_scheme(data: Any) -> Scheme:
    """Read a scheme as a database keeps it, plain JSON; the same one is read once, however often it is asked for."""
    return _read_once(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=64)
def _read_once(text: str) -> Scheme:
    return scheme_from_data(json.loads(text))


def scheme_faults(data: Any) -> list[SchemeFault]:
    """Find everything wrong with a scheme given as plain data, at once; nothing found means that it can be read."""
    found = [SchemeFault(place(fault.loc), fault.sentence, fault.sentence_th) for fault in rule_faults(data)]
    try:
        scheme_from_data(data)
    except ValidationError as error:
        for details in error.errors():
            if not isinstance(details.get("ctx", {}).get("error"), SchemeRefused):
                found.append(SchemeFault(place(details["loc"]), sentence(details), _in_thai(details)))
    return found


def _in_thai(details: Any) -> str:
    match details["type"]:
        case "missing":
            return "ยังไม่ได้ระบุค่านี้ ให้เพิ่ม"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return "ไม่มีการตั้งค่าชื่อนี้ ให้แก้ตัวสะกดหรือนำออก"
        case "value_error":
            return "ช่วงต้องมีจุดสิ้นสุดแบบใดแบบหนึ่ง คือ below หรือ up_to"
        case _:
            return f"ใช้ค่า {details['input']!r} ไม่ได้ ให้แก้ตามที่กำหนด"


def scheme_as_data(scheme: Scheme) -> dict[str, Any]:
    """Write a scheme as plain data that JSON can hold, numbers as strings; :func:`scheme_from_data` reads it back.

    What follows the result is left out where nothing does: it changes no score, and papers say the same as before.
    """
    data: dict[str, Any] = adapter_of(Scheme).dump_python(scheme, mode="json")
    if scheme.result == ResultTerms():
        del data["result"]
    return data


def read_scheme(path: Path) -> Scheme:
    """Read one scheme; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    scheme = _read(path)
    if scheme.code != path.stem:
        fault = DefinitionFault(1, "code", f"The code is {scheme.code}, the file {path.name}. Give both one name.")
        raise DefinitionFaults(path.name, [fault])
    return scheme


def _read(path: Path) -> Scheme:
    try:
        return read_definition(path, Scheme, rules=[lambda data: ((f.loc, f.sentence) for f in rule_faults(data))])
    except DefinitionFaults as refused:
        # The rules have told each contradiction at its line; the shape tells them once more for the whole file.
        own = [fault for fault in refused.faults if not fault.sentence.startswith(SchemeRefused.intro)]
        raise DefinitionFaults(path.name, own) from None


def read_schemes(folder: Path = SCALES) -> dict[str, Scheme]:
    """Read every scheme of a folder, by its code."""
    return {path.stem: read_scheme(path) for path in sorted(folder.glob("*.yaml"))}
