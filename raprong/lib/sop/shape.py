"""The shape of an SOP: the office's own paper as data, with a reference to where in its source each part stands."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ASK = "ask"  # the check of a control point that a person answers

PartyKind = Literal["group", "every_group", "group_heads", "unit", "outside_unit"]


class Part(BaseModel):
    """Frozen, and nothing unknown is let in: a misspelt key is a fault and not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(Part):
    """A body's name in Thai and English."""

    th: str
    en: str


class DocumentControl(Part):
    """The header of a controlled document; posts, never persons. None where the source prints none."""

    number: str | None = None
    edition: int | None = None
    revision: str | None = None
    in_force_from: date | None = None
    pages: int | None = None
    status: str | None = None
    prepared_by: str | None = None
    reviewed_by: str | None = None
    approved_by: str | None = None
    source: str


class Section(Part):
    """A section of the document, word for word."""

    number: str
    title: str
    text: tuple[str, ...] = ()
    source: str
    notes: str = ""


class Party(Part):
    """Somebody the SOP names as responsible. `role` is the system role that acts for it where it is bound.

    `group` and `outside_unit` are bound to a group or unit when a run starts; `unit` is the unit whose year it is;
    `every_group` and `group_heads` are all its groups.
    """

    code: str
    kind: PartyKind
    title: str
    title_en: str
    short_title: str = ""
    role: str
    source: str


class Month(Part):
    """A calendar month of the fiscal year, or of the one before it."""

    month: int = Field(ge=1, le=12)
    years_before: int = Field(default=0, ge=0, le=1)


class Window(Part):
    """The months in which the SOP wants a step done, from the first day of `starts` to the last of `ends`.

    `extended_to` is the month in which the step is really due, where its last part falls after the printed months.
    """

    printed: str
    starts: Month
    ends: Month
    extended_to: Month | None = None


class ControlPoint(Part):
    """What the SOP wants watched. `check` is `ask`, or the card with which the system answers."""

    code: str
    text: str
    text_en: str
    check: str = ASK
    source: str


class Step(Part):
    """One step of the flow chart.

    `clock` says when its minutes run: from `opening` to end, or only while somebody is at `work` on it.
    """

    code: str
    number: int = Field(ge=1)
    title: str
    title_en: str
    text: tuple[str, ...] = ()
    done_by: tuple[str, ...] = Field(min_length=1)
    checked_by: str | None = None
    fan_out: bool = False
    standard_minutes: int | None = Field(default=None, ge=1)
    chart_minutes: int | None = Field(default=None, ge=1)
    clock: Literal["opening", "work"] = "opening"
    window: Window | None = None
    quality_standard: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    control_points: tuple[ControlPoint, ...] = ()
    work: tuple[str, ...] = Field(min_length=1)
    source: str
    notes: tuple[str, ...] = ()

    def control_point(self, code: str) -> ControlPoint:
        return next(point for point in self.control_points if point.code == code)


class StoredRecord(Part):
    """How one kind of paper is kept."""

    record: str
    place: str
    responsible: str
    arrangement: str
    years: int = Field(ge=1)
    source: str


class Reader(Part):
    """Somebody on the access list, with the system role that stands for them."""

    text: str
    role: str
    source: str


class ReportParts(Part):
    """How the groups' parts of a self-assessment report come together, from hand to hand.

    A part goes from its group to the people of `checked_by` in that group, where the SOP names such a party, then to
    those of `gathered_by`; one of `submitted_by` submits the whole. Where a `second_person` is asked for, nobody passes
    on as a checker what they wrote themselves. Parts are handed in so many working days before the report is due.
    """

    checked_by: str | None = None
    second_person: bool = True
    gathered_by: str
    submitted_by: tuple[str, ...] = Field(min_length=1)
    working_days_before_due: int = Field(default=0, ge=0, le=60)
    source: str


class Reporting(Part):
    """How often results are reported. Rounds are counted in months from October; the last one sums the year up.

    A report is due so many working days after its round ends; 0 is the round's last day. `explained_in` are the rounds
    in which it asks what helped, what stood in the way, and for suggestions; without them every round asks. Where the
    SOP says nothing of `parts`, a report is written and submitted as one.
    """

    text: str
    monthly: bool
    rounds: tuple[int, ...] = Field(min_length=1)
    due_working_days_after_end: int = Field(default=0, ge=0, le=120)
    explained_in: tuple[int, ...] = ()
    parts: ReportParts | None = None
    source: str
    notes: str = ""

    @property
    def last_round(self) -> int:
        return max(self.rounds)

    def asks_for_explanations(self, months: int) -> bool:
        """Whether the report of a round asks what helped, what stood in the way, and for suggestions."""
        return not self.explained_in or months in self.explained_in


class AgreementSides(Part):
    """Which parties sign the year's agreement with each other."""

    receiver: str
    maker: str
    source: str


class Form(Part):
    title: str
    source: str


class SopDefinition(Part):
    """An SOP, whole: what the paper says, and what of it the system runs."""

    code: str
    title: str
    title_en: str
    agency: Names
    office: Names
    document: DocumentControl
    source: str
    sections: tuple[Section, ...] = ()
    parties: tuple[Party, ...]
    steps: tuple[Step, ...] = Field(min_length=1)
    printed_total_minutes: int | None = None
    laws: tuple[Form, ...] = ()
    standards: tuple[Form, ...] = ()
    forms: tuple[Form, ...] = ()
    storage: tuple[StoredRecord, ...] = ()
    readers: tuple[Reader, ...] = ()
    reporting: Reporting
    agreement: AgreementSides
    notes: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "SopDefinition":
        """Read a definition that a run has pinned."""
        return cls.model_validate(content)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; reading them again gives an equal definition."""
        return self.model_dump(mode="json")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: two definitions with one digest say the same."""
        written = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    @property
    def edition(self) -> str:
        """Edition and revision as one word for lists, such as `1/00`; empty where the document has none."""
        parts = (self.document.edition, self.document.revision)
        return "/".join(str(part) for part in parts if part is not None)

    def step(self, code: str) -> Step:
        """The step with a code; unknown codes raise KeyError."""
        return self._steps_by_code[code]

    def party(self, code: str) -> Party:
        """The party with a code; unknown codes raise KeyError."""
        return self._parties_by_code[code]

    def parties_to_bind(self) -> Iterator[Party]:
        """The parties of which a run must be told who they are."""
        return (party for party in self.parties if party.kind in ("group", "outside_unit"))

    @property
    def standard_minutes(self) -> int | None:
        """The steps' standard minutes together; None where the SOP goes by the calendar."""
        minutes = [step.standard_minutes for step in self.steps if step.standard_minutes is not None]
        return sum(minutes) if minutes else None

    @cached_property
    def _steps_by_code(self) -> dict[str, Step]:
        return {step.code: step for step in self.steps}

    @cached_property
    def _parties_by_code(self) -> dict[str, Party]:
        return {party.code: party for party in self.parties}
