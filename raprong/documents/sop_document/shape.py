"""An SOP as a controlled document: its header on every page, cover, contents, flow chart, sections and steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from raprong.documents.paper import long_text, long_texts, verbatim
from raprong.documents.wording import worded

SectionRole = Literal[
    "purpose",
    "scope",
    "definitions",
    "duties",
    "chart",
    "steps",
    "references",
    "storage",
    "reporting",
    "appendix",
    "own",
]


@dataclass(frozen=True)
class SopSection:
    """One section. Its `role` says what is printed under its words: the flow chart, the steps, the table of records.

    A section that the source does not have is printed without a `title` of its own, under that of the wording.
    """

    role: SectionRole
    title: str = ""
    paragraphs: tuple[str, ...] = long_texts()


@dataclass(frozen=True)
class SopStep:
    """One step. `time` is its standard time or its window in words; `remark` stands under the time in the chart."""

    number: int
    title: str
    done_by: tuple[str, ...]
    time: str = ""
    remark: str = ""
    checked_by: str = ""
    control_points: tuple[str, ...] = long_texts()
    quality: tuple[str, ...] = long_texts()
    indicators: tuple[str, ...] = long_texts()
    text: tuple[str, ...] = long_texts()


@dataclass(frozen=True)
class SopParty:
    """Somebody named as responsible, with the numbers of the steps they do."""

    title: str
    steps: str


@dataclass(frozen=True)
class KeptRecord:
    """How one kind of paper is kept."""

    record: str
    place: str
    responsible: str
    arrangement: str
    years: int


@dataclass(frozen=True)
class SopHand:
    """One hand through which a self-assessment report goes: what is done, and by whom, or by when."""

    task: str
    said: str


@dataclass(frozen=True)
class SopNote:
    """Where the source disagrees with itself or leaves something out: about what, and what it is."""

    about: str
    text: str = long_text()


@dataclass(frozen=True)
class SopDocument:
    """Posts only, never persons. What the source does not say stays empty and is printed as a dash.

    `total` is the time of all steps in words, `total_remark` what the source prints where that differs. `digest` tells
    the edition: the same letters stand on the page of the SOP and with each run of it. `hands` is how a self-assessment
    report comes together; it stands beneath the section on reporting. `wording` has the name of the
    document, its blocks and the titles of its ten sections: definitions/wording/sop_document.yaml.
    """

    kind: ClassVar[str] = "sop_document"

    agency: str
    unit: str
    subject: str
    dated_on: date
    sections: tuple[SopSection, ...]
    steps: tuple[SopStep, ...]
    parties: tuple[SopParty, ...] = ()
    number: str = ""
    edition: int | None = None
    revision: str = ""
    in_force_on: date | None = None
    status: str = ""
    prepared_by: str = ""
    reviewed_by: str = ""
    approved_by: str = ""
    total: str = ""
    total_remark: str = ""
    laws: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    storage: tuple[KeptRecord, ...] = ()
    readers: tuple[str, ...] = ()
    reporting: str = ""
    hands: tuple[SopHand, ...] = ()
    notes: tuple[SopNote, ...] = ()
    source: str = ""
    digest: str = verbatim()
    wording: Mapping[str, tuple[str, ...]] = worded("sop_document")
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.number, self.subject) if part)

    @property
    def author(self) -> str:
        return self.unit
