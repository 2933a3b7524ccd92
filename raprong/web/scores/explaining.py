"""Where a score comes from: the explanation of the cellar with titles, people, moments and the way to each thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.queries import holds
from raprong.core.clock import day_of
from raprong.evaluations.basis import Basis, Note, Through, notes_of
from raprong.evaluations.queries import Source
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.explain import Line, LineKind, trace
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.results.months import month_title
from raprong.web.shell.filters import digits, in_thai

LONGEST_ABOUT = 100  # characters that the trail is narrowed by
OPEN_AT_FIRST = {LineKind.FINAL, LineKind.PART, LineKind.TOTAL}


@dataclass(frozen=True)
class NoteView:
    """Who entered or decided something, with its number in the trail and, for who may read it, the way there."""

    by: str
    at: datetime
    words: str
    entry: str
    href: str


@dataclass(frozen=True)
class LineView:
    """One line of the explanation as a page shows it."""

    anchor: str
    kind: str
    words: str
    title: str
    value: str
    href: str
    notes: list[NoteView]
    lines: list[LineView]
    opened: bool


def explanation(basis: Basis, person: Person, *, only: str = "", everything: bool = False, at: datetime) -> LineView:
    """The whole explanation, or that of one KPI by its code; `everything` opens every line, for paper."""
    line = trace(basis.card, basis.scheme)
    if only:
        line = next((found for _depth, found in line.walk() if found.path == f"kpi/{only}"), line)
    trail = reverse("audit:trail") if holds(person, "audit.read", basis.run.unit, on=day_of(at)) else ""
    maker = _Maker({kpi.code: kpi for kpi in basis.kpis}, notes_of(basis), basis.run, trail, everything=everything)
    return replace(maker.view(line), opened=True)


@dataclass(frozen=True)
class _Maker:
    kpis: Mapping[str, KpiYear]
    notes: Mapping[str, Sequence[Note]]
    run: Run
    trail: str
    everything: bool

    def view(self, line: Line) -> LineView:
        kpi = self.kpis.get(line.path.removeprefix("kpi/")) if line.kind is LineKind.KPI else None
        return LineView(
            anchor=line.path.replace("/", "-"),
            kind=str(line.kind),
            words=digits(line.words_th) if in_thai() else line.words_en,
            title=kpi.title if kpi else "",
            value=line.value,
            href=reverse("results:kpi", kwargs={"kpi": kpi.public_id}) if kpi else "",
            notes=[self.note(note) for note in self.notes.get(line.path, ())],
            lines=[self.view(inner) for inner in line.lines],
            opened=self.everything or line.kind in OPEN_AT_FIRST,
        )

    def note(self, note: Note) -> NoteView:
        said = [month_title(note.month)] if note.month else []
        said += [f"{name}: {digits(value)}" for name, value in note.inputs]
        said += [note.because] if note.because else []
        return NoteView(
            by=_decider(note),
            at=note.at,
            words=" · ".join(said),
            entry=digits(note.entry) if note.entry else "",
            href=f"{self.trail}?{self.asked(note)}" if self.trail and note.entry else "",
        )

    def asked(self, note: Note) -> str:
        """What narrows the trail to the entries about one thing."""
        asked = {"place": self.run.unit.public_id, "year": self.run.fiscal_year, "about": note.about[:LONGEST_ABOUT]}
        return urlencode(asked)


def _decider(note: Note) -> str:
    """Who decided: a person, or the body in whose name somebody entered it."""
    match note.through:
        case Through.MEETING:
            return _("Moderation meeting %(meeting)s") % {"meeting": digits(note.meeting)}
        case Through.PANEL:
            return _("The panel that heard the objection")
    return note.by


def source_words(basis: Basis) -> str:
    """Whose word the score is."""
    match basis.source:
        case Source.OFFICIAL:
            return _("Official score") if basis.settled_at else _("Official score, being given")
        case Source.SELF:
            return _("The unit's own score")
        case _:
            return _("From the monthly results so far")
