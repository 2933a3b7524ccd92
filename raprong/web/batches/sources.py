"""Where the papers of a batch come from: what of a kind and a year this person may read, kept or still to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from raprong.access.queries import units_where
from raprong.agreements.documents import content_of, whose
from raprong.agreements.models import Agreement
from raprong.agreements.printing import paper_of
from raprong.circulation.documents import draft_paper
from raprong.circulation.enums import LetterKind
from raprong.circulation.enums import State as LetterState
from raprong.circulation.models import Letter
from raprong.documents import Paper
from raprong.kpis.documents import sheet_paper
from raprong.kpis.queries import selected_kpis
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run
from raprong.records.batches import Wanted
from raprong.records.kinds import KINDS, kind_name
from raprong.records.models import Record


@dataclass(frozen=True)
class Choice:
    """A paper that may go into a batch: `code` names it on the page, `unit` is where the reader may read it, and
    `kept` says that it is sealed already.
    """

    code: str
    unit: Unit
    wanted: Wanted

    @property
    def kept(self) -> bool:
        return self.wanted.file is not None


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: a fiscal year, and one office or every office they may read."""

    person: Person
    on: date
    fiscal_year: int
    office: Unit | None = None

    def holds(self, unit: Unit) -> bool:
        return self.office is None or self.office == unit.office


@dataclass(frozen=True)
class Source:
    """A kind of paper: its name, what one must hold to read it, and how its papers are found."""

    title: str | Promise
    permission: str
    find: Callable[[Asked], Iterator[Choice]]


def choices(kind: str, asked: Asked) -> list[Choice]:
    return [choice for choice in SOURCES[kind].find(asked) if asked.holds(choice.unit)]


def wanted_of(chosen: Iterable[Choice]) -> list[Wanted]:
    return [choice.wanted for choice in chosen]


def _letters(kind: LetterKind) -> Callable[[Asked], Iterator[Choice]]:
    """Sealed where they are signed; drafts as they stand now, to whom may see drafts."""

    def find(asked: Asked) -> Iterator[Choice]:
        readable = units_where(asked.person, "circulation.read", on=asked.on)
        letters = Letter.objects.visible_to(asked.person, on=asked.on).with_units()
        held = Q(unit__in=readable) | Q(to_unit__in=readable)
        of_year = letters.filter(held, kind=kind, fiscal_year=asked.fiscal_year)
        ours = set(readable)
        for letter in of_year.exclude(state=LetterState.CANCELLED).order_by("unit__order", "number", "drafted_at"):
            to = letter.to_unit or letter.unit
            which = f"{kind}-{letter.number_text or letter.public_id}-{to.short_name or to.name}"
            title = " · ".join(filter(None, (letter.subject, letter.number_text, to.name)))
            paper = None if letter.sealed else draft_paper(letter)
            held_in = letter.unit if letter.unit in ours else to
            yield Choice(letter.public_id, held_in, Wanted(title, which, letter.sealed, paper, letter.unit))

    return find


def _agreements(asked: Asked) -> Iterator[Choice]:
    readable = units_where(asked.person, "agreements.read", on=asked.on)
    found = Agreement.objects.visible_to(asked.person, on=asked.on).filter(
        run__fiscal_year=asked.fiscal_year, run__unit__in=readable
    )
    for agreement in found.with_run().order_by("run__unit__order", "pk"):
        unit = agreement.run.unit
        paper = None if agreement.sealed else _agreement_as_it_stands(agreement, on=asked.on)
        name = whose(agreement) if agreement.group else unit.short_name or unit.name
        title, which = f"{KINDS['agreement']} {whose(agreement)}", f"agreement-{name}"
        if agreement.number:
            title = f"{KINDS['addendum']} {agreement.number} {whose(agreement)}"
            which = f"addendum-{agreement.number}-{name}"
        yield Choice(agreement.public_id, unit, Wanted(title, which, agreement.sealed, paper, unit))


def _agreement_as_it_stands(agreement: Agreement, *, on: date) -> Paper:
    return content_of(agreement) if agreement.content else paper_of(agreement, dated_on=agreement.signing_on or on)


def _kpi_details(asked: Asked) -> Iterator[Choice]:
    """The sheet of every selected KPI as it would print today."""
    readable = units_where(asked.person, "kpis.read", on=asked.on)
    runs = Run.objects.visible_to(asked.person, on=asked.on).with_sop()
    for run in runs.filter(fiscal_year=asked.fiscal_year, unit__in=readable).order_by("unit__order"):
        if not asked.holds(run.unit):
            continue
        for kpi in selected_kpis(run):
            which = f"kpi_detail-{run.unit.short_name or run.unit.name}-{kpi.code}"
            paper = sheet_paper(kpi, on=asked.on)
            yield Choice(kpi.public_id, run.unit, Wanted(paper.title, which, None, paper, run.unit))


def _records(kind: str) -> Callable[[Asked], Iterator[Choice]]:
    """What lies in the cabinet."""

    def find(asked: Asked) -> Iterator[Choice]:
        visible = Record.objects.visible_to(asked.person, on=asked.on).filter(kind=kind, fiscal_year=asked.fiscal_year)
        for record in visible.select_related("file", "unit__agency", "unit__parent").order_by("unit__order", "pk"):
            which = f"{kind}-{record.unit.short_name or record.unit.name}-{record.deposited_at:%Y%m%d}"
            yield Choice(record.public_id, record.unit, Wanted(record.title, which, record.file, None, record.unit))

    return find


WITH_DRAFTS: Mapping[str, Source] = {
    **{kind: Source(KINDS[kind], "circulation.read", _letters(kind)) for kind in LetterKind},
    "agreement": Source(KINDS["agreement"], "agreements.read", _agreements),
    "kpi_detail": Source(_("KPI detail sheets, as they stand"), "kpis.read", _kpi_details),
}
SOURCES: Mapping[str, Source] = {
    **WITH_DRAFTS,
    **{kind: Source(KINDS[kind], "records.read", _records(kind)) for kind in KINDS if kind not in WITH_DRAFTS},
}


def title_of(kind: str) -> str:
    return str(SOURCES[kind].title) if kind in SOURCES else kind_name(kind)
