"""What the rows of an uploaded file are to the year's KPIs: new, changed, unchanged, or to be corrected.

Nothing is stored here. A column that the file does not have says nothing about its field; an empty cell empties it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.access.rules import Refused, refusal
from raprong.core.clock import day_of
from raprong.core.faults import Fault, FaultList, Faults
from raprong.kpis import permissions
from raprong.kpis.enums import KpiState, RowStanding
from raprong.kpis.formulas import FormulaInput
from raprong.kpis.models import Dimension, Framework, KpiYear
from raprong.kpis.proposals import KEPT, Proposal, check_proposal
from raprong.kpis.queries import criteria_of, own_criteria_of
from raprong.kpis.steps import KpiStep, check_steps, steps_as_data, steps_of
from raprong.lib.scoring.criteria import Ladder
from raprong.lib.workbooks import columns
from raprong.lib.workbooks.cells import lines_of, matching, text_of
from raprong.lib.workbooks.criteria_cells import cells_of
from raprong.lib.workbooks.faults import CellFault
from raprong.lib.workbooks.row_cells import cells_by_heading, past_year
from raprong.lib.workbooks.shape import KpiRow, NamedInput, NamedStep, ReadRow
from raprong.organisation.models import Person, Position, Unit
from raprong.organisation.queries import groups_of
from raprong.processes.policies import check_work_is_open

LINES = tuple(column.field for column in columns.OPTIONAL_TEXTS if column.long)
HEADING_OF = (
    {column.field: column.heading for column in (*columns.NEEDED_TEXTS, *columns.OPTIONAL_TEXTS)}
    | {name: heading for name, (heading, _help) in columns.OTHER_COLUMNS.items()}
    | {"weight": columns.WEIGHT, "target": columns.TARGET}
)
# Of the detail sheet alone; the rest of a row is a proposal.
SHEET_TEXTS = ("scope", "collection_method", "supervisor_phone", "collector_phone", "conditions", "evidence_expected")
SHEET_POSTS = ("supervisor", "collector")
ON_THE_SHEET = {
    *SHEET_TEXTS,
    *SHEET_POSTS,
    *("definition", "formula", "data_source", "notes", "inputs", "expression", "figure_source", "counting", "steps"),
}
NEVER_EMPTY = ("level", "origin", "nature", "counting")
CANCELLING = ("cancelled_from", "cancelled_because")


@dataclass(frozen=True)
class LookedAt:
    """A row beside the KPI it speaks of, if there is one."""

    read: ReadRow
    standing: RowStanding
    kpi: KpiYear | None = None
    changes: Mapping[str, list[str]] = field(default_factory=dict)  # by heading: before and after, as the sheet says
    faults: Sequence[CellFault] = ()
    proposal: Proposal | None = None
    sheet: Mapping[str, Any] = field(default_factory=dict)  # what it writes on the detail sheet

    @property
    def is_good(self) -> bool:
        return self.standing in (RowStanding.NEW, RowStanding.CHANGED)

    @property
    def good(self) -> tuple[KpiRow, Proposal]:
        """What a good row says, and what it proposes."""
        assert self.read.values is not None, "a good row was read"
        assert self.proposal is not None, "a good row proposes something"
        return self.read.values, self.proposal


def row_of(kpi: KpiYear, number: int = 0) -> KpiRow:
    """A KPI as a row of the workbook."""
    criteria = criteria_of(kpi)
    ladder = isinstance(criteria, Ladder)
    of_the_sheet = (*SHEET_TEXTS, "definition", "formula", "data_source", "notes")
    texts: dict[str, Any] = {name: getattr(kpi, name) for name in of_the_sheet}
    texts |= {name: getattr(kpi, name) for name in ("issue", "strategy", "expression", "cancelled_because")}
    texts = {name: (lines_of if name in LINES else text_of)(text) for name, text in texts.items()}
    return KpiRow(
        row=number,
        code=kpi.code,
        title=text_of(kpi.title),
        dimension=kpi.dimension.title,
        group=kpi.group.short_name or kpi.group.name,
        measure=text_of(kpi.measure),
        weight=kpi.weight,
        levels=tuple((rung.score, rung.at) for rung in criteria.rungs) if isinstance(criteria, Ladder) else (),
        other_criteria=None if ladder else criteria,
        target=kpi.target,
        baseline=tuple((int(year), Decimal(figure)) for year, figure in sorted(kpi.baseline.items())),
        round_criteria=own_criteria_of(kpi),
        steps=tuple(NamedStep(text_of(one.title), tuple(map(text_of, one.evidence))) for one in steps_of(kpi.steps)),
        parent=kpi.parent.code if kpi.parent else "",
        weight_inside=kpi.weight_inside,
        level=kpi.level,
        origin=kpi.origin,
        nature=kpi.nature,
        counting=kpi.counting,
        sources=tuple(source.title for source in kpi.sources.all()),
        inputs=tuple(NamedInput(one["name"], one["title"], one.get("measure", "")) for one in kpi.inputs),
        starts_in=kpi.starts_in,
        cancelled_from=kpi.cancelled_from,
        supervisor=kpi.supervisor.title if kpi.supervisor else "",
        collector=kpi.collector.title if kpi.collector else "",
        **texts,
    )


def rows_of(framework: Framework | None) -> list[KpiRow]:
    """The KPIs of a year as rows, in the order of their codes."""
    if framework is None:
        return []
    return [row_of(kpi, number) for number, kpi in enumerate(framework.kpis.with_all_it_names(), start=2)]


def groups_by_name(office: Unit) -> dict[str, Unit]:
    """A unit's groups by every name they answer to, in the form in which names are compared."""
    return {
        matching(name): group
        for group in groups_of(office)
        for name in (group.name, group.short_name, group.name_en, group.code)
        if name
    }


class Year:
    """The year's KPIs as they are now, with what the rows of a file name, for one person at one moment."""

    def __init__(self, framework: Framework, *, by: Person, at: datetime, locked: bool = False) -> None:
        self.framework, self.by, self.at = framework, by, at
        held = framework.kpis.select_for_update(of=("self",)) if locked else framework.kpis.all()
        self.kpis = {kpi.code: kpi for kpi in held.with_all_it_names()}
        self.titles = {code: kpi.title for code, kpi in self.kpis.items()}
        self.dimensions = {matching(one.title): one for one in framework.dimensions.all()}
        self.sources = {matching(one.title): one for one in framework.sources.all()}
        self.groups = groups_by_name(framework.run.unit)
        self._refusals: dict[tuple[object, ...], tuple[str, str]] = {}

    @cached_property
    def posts(self) -> dict[str, list[Position]]:
        office = self.framework.run.unit
        found = Position.objects.filter(unit__in=[office, *office.groups.all()]).order_by("unit__parent", "pk")
        by_title: dict[str, list[Position]] = {}
        for post in found:
            for title in {post.title, post.title_en} - {""}:
                by_title.setdefault(matching(title), []).append(post)
        return by_title

    def post(self, title: str, group: Unit | None) -> Position | None:
        """A post by its title, that of the KPI's group first."""
        held = self.posts.get(matching(title), [])
        return next((post for post in held if group and post.unit_id == group.pk), held[0] if held else None)

    def bring_dimensions(self, rows: Iterable[KpiRow]) -> None:
        """A framework without dimensions takes those of the file, when one may propose in the whole unit."""
        if not self.dimensions and holds(self.by, "kpis.propose", self.framework.run.unit, on=day_of(self.at)):
            for row in rows:
                made = Dimension(framework=self.framework, title=row.dimension, weight=0)
                self.dimensions.setdefault(matching(row.dimension), made)

    def look_at(self, rows: Sequence[ReadRow]) -> list[LookedAt]:
        """Every row beside its KPI."""
        good = [row.values for row in rows if row.values is not None]
        self.bring_dimensions(good)
        whole = {row.code for row in good if not row.parent}
        return [self._look_at_one(row, whole) for row in rows]

    def _look_at_one(self, read: ReadRow, whole: set[str]) -> LookedAt:
        row = read.values
        if row is None:
            return LookedAt(read, RowStanding.FAULTY, self.kpis.get(read.said.get("code", "")), faults=read.faults)
        kpi = self.kpis.get(row.code)
        written, faults = self._in_the_words_of_the_year(row, kpi)
        changes = _differences(written, row_of(kpi) if kpi else None)
        if kpi is not None and not changes and not faults:
            return LookedAt(read, RowStanding.UNCHANGED, kpi)
        proposal, unknown = self._proposal(written, kpi, whole)
        faults += unknown
        faults += self._refused(written, kpi, changes)
        told = {fault.field for fault in faults}
        faults += [fault for fault in self._faults_of(proposal, kpi, written) if fault.field not in told]
        if faults:
            placed = tuple(_placed(read, fault) for fault in faults)
            return LookedAt(read, RowStanding.FAULTY, kpi, changes, placed)
        standing = RowStanding.CHANGED if kpi else RowStanding.NEW
        return LookedAt(read, standing, kpi, changes, (), proposal, self._sheet(written, proposal.group))

    def _in_the_words_of_the_year(self, row: KpiRow, kpi: KpiYear | None) -> tuple[KpiRow, list[_Told]]:
        """The row with the names that the year has for what it names, and years that it leaves out as they were."""
        group, faults = self.groups.get(matching(row.group)), list[_Told]()
        dimension = self.dimensions.get(matching(row.dimension))
        if group is None:
            listed = ", ".join(dict.fromkeys(one.short_name or one.name for one in self.groups.values()))
            faults.append(_told("group", lambda: _not_known(row.group, listed)))
        if dimension is None:
            listed = ", ".join(one.title for one in self.dimensions.values())
            faults.append(_told("dimension", lambda: _not_known(row.dimension, listed)))
        named = {name: getattr(row, name) for name in SHEET_POSTS}
        for name, title in named.items():
            if title and (post := self.post(title, group)) is None:
                faults.append(_told(name, lambda: _("There is no such post in this unit. Write the title of a post.")))
            elif title and post:
                named[name] = post.title
        past = dict(row.baseline)
        if kpi is not None:
            named |= {name: getattr(row, name) or getattr(kpi, name) for name in NEVER_EMPTY}
            kept = {int(year): Decimal(figure) for year, figure in kpi.baseline.items()}
            past = {year: at for year, at in kept.items() if f"baseline_{year}" not in row.given} | past
        return replace(
            row,
            **_notes(row),
            group=(group.short_name or group.name) if group else row.group,
            dimension=dimension.title if dimension else row.dimension,
            baseline=tuple(sorted(past.items())),
            **named,
        ), faults

    def _proposal(self, row: KpiRow, kpi: KpiYear | None, whole: set[str]) -> tuple[Proposal, list[_Told]]:
        faults: list[_Told] = []
        unknown = [title for title in row.sources if matching(title) not in self.sources]
        if unknown:
            faults.append(_told("sources", lambda: _("No policy source of this year is called “%(title)s”. Write its title as the framework has it.") % {"title": unknown[0]}))  # fmt: skip  # noqa: E501
        parent = self.kpis.get(row.parent)
        if row.parent and parent is None and row.parent not in whole:
            faults.append(_told("parent", lambda: _("There is no KPI %(code)s this year or in this file.") % {"code": row.parent}))  # fmt: skip  # noqa: E501
        given = _Given(row)
        to_come = bool(row.parent) and parent is None
        return Proposal(
            code=row.code,
            title=row.title,
            dimension=self.dimensions.get(matching(row.dimension)),
            group=self.groups.get(matching(row.group)),
            measure=row.measure,
            criteria=row.criteria,
            target=row.target,
            weight=row.weight,
            baseline=dict(row.baseline),
            sources=[self.sources[matching(title)] for title in row.sources if matching(title) in self.sources]
            if "sources" in row.given
            else None,
            formula=given.text("formula"),
            data_source=given.text("data_source"),
            notes=given.text("notes"),
            issue=given.text("issue"),
            level=row.level or None,
            origin=row.origin or None,
            nature=row.nature or None,
            strategy=given.text("strategy"),
            definition=given.text("definition"),
            inputs=[FormulaInput(one.name, one.title, one.measure) for one in row.inputs]
            if "inputs" in row.given
            else None,
            expression=given.text("expression"),
            parent=parent if "parent" in row.given and not to_come else KEPT,
            weight_inside=row.weight_inside if "weight_inside" in row.given and not to_come else KEPT,
            starts_in=row.starts_in if "starts_in" in row.given else KEPT,
            round_criteria=dict(row.round_criteria) if "round_criteria" in row.given else None,
        ), faults

    def _sheet(self, row: KpiRow, group: Unit | None) -> dict[str, Any]:
        texts = {name: getattr(row, name) for name in SHEET_TEXTS if name in row.given}
        posts = {name: self.post(getattr(row, name), group) for name in SHEET_POSTS if name in row.given}
        steps = {"steps": steps_as_data(_steps(row))} if "steps" in row.given else {}
        return texts | posts | steps | ({"counting": row.counting} if row.counting else {})

    def _refused(self, row: KpiRow, kpi: KpiYear | None, changes: Mapping[str, Any]) -> list[_Told]:
        """Why this person may not take the row in today, and what a file cannot change."""
        faults: list[_Told] = []
        group = self.groups.get(matching(row.group))
        if group is not None and (kpi is None or kpi.group_id != group.pk):
            faults += self._asked(("propose", group.pk), lambda: self._check_may_propose(group))
        if kpi is None:
            return faults
        changed = {name for name, heading in HEADING_OF.items() if heading in changes} | (
            {"criteria"} if any(_is_of_criteria(heading) for heading in changes) else set()
        )
        if changed - ON_THE_SHEET or kpi.state != KpiState.SELECTED:
            check = lambda: permissions.check_may_revise(self.by, kpi, at=self.at)  # noqa: E731
        else:
            check = lambda: permissions.check_may_fill_details(self.by, kpi, at=self.at)  # noqa: E731
        faults += self._asked((bool(changed - ON_THE_SHEET), kpi.group_id, kpi.state), check)
        if kpi.state == KpiState.SELECTED and row.weight != kpi.weight:
            faults.append(_told("weight", lambda: _("The weight of a selected KPI is decided in the selection. Change it there, or write %(weight)s here.") % {"weight": kpi.weight}))  # fmt: skip  # noqa: E501
        for name in CANCELLING:
            if HEADING_OF[name] in changes:
                faults.append(_told(name, lambda: _("A KPI is cancelled, or taken up again, on its own page.")))
        return faults

    def _check_may_propose(self, group: Unit) -> None:
        run = self.framework.run
        check_holds(self.by, "kpis.propose", group, on=day_of(self.at))
        check_work_is_open(run, "kpis.proposals_complete", at=self.at, piece=group)
        if not self.dimensions:
            raise Refused(_("The framework has no dimensions yet. The planning group enters them first."))

    def _asked(self, question: tuple[object, ...], check: Callable[[], None]) -> list[_Told]:
        """A rule asked once for all rows that it is the same for."""
        if question not in self._refusals:
            english, thai = _in_both(lambda: refusal(check))
            self._refusals[question] = (english, thai)
        english, thai = self._refusals[question]
        return [_Told("", english, thai)] if english else []

    def _faults_of(self, proposal: Proposal, kpi: KpiYear | None, row: KpiRow) -> list[_Told]:
        if kpi is not None and kpi.state == KpiState.SELECTED:
            proposal = replace(proposal, weight=kpi.weight)
        if not self._found(proposal, kpi, row):
            return []
        english, thai = _in_both(lambda: self._found(proposal, kpi, row))
        return [
            _Told(one.field, str(one.sentence), str(other.sentence)) for one, other in zip(english, thai, strict=True)
        ]

    def _found(self, proposal: Proposal, kpi: KpiYear | None, row: KpiRow) -> list[Fault]:
        found = FaultList()
        check_steps(found, _steps(row))
        try:
            check_proposal(self.framework, proposal, this=kpi, titles=self.titles)
        except Faults as refused:
            found.faults += refused.faults
        return [Fault(fault.field, str(fault.sentence)) for fault in found.faults]


@dataclass(frozen=True)
class _Told:
    """A fault of the room: the field it belongs to, and the sentence in both languages."""

    field: str
    sentence: str
    sentence_th: str


@dataclass(frozen=True)
class _Given:
    row: KpiRow

    def text(self, name: str) -> str | None:
        return getattr(self.row, name) if name in self.row.given else None


def _in_both(ask: Callable[[], Any]) -> tuple[Any, Any]:
    with translation.override("en"):
        english = ask()
    with translation.override("th"):
        thai = ask()
    return english, thai


def _told(place: str, sentence: Callable[[], str]) -> _Told:
    return _Told(place, *_in_both(sentence))


def _not_known(written: str, listed: str) -> str:
    words = {"written": written, "listed": listed}
    return (
        _("“%(written)s” is not known this year. Write one of: %(listed)s.") % words
        if listed
        else _("“%(written)s” is not known this year, and there is none to choose from yet.") % words
    )


def _steps(row: KpiRow) -> list[KpiStep]:
    return [KpiStep(step.title, step.evidence) for step in row.steps]


def _notes(row: KpiRow) -> dict[str, Any]:
    """The source of a sheet's figures is kept in the notes, where it has no notes of its own."""
    if "figure_source" not in row.given:
        return {}
    given = row.given - {"figure_source"} | {"notes"}
    return {"notes": row.notes or lines_of(row.figure_source), "figure_source": "", "given": given}


def _is_of_criteria(heading: str) -> bool:
    return heading in (columns.KIND, columns.PLAN) or columns.score_in(matching(heading)) is not None


def _differences(row: KpiRow, now: KpiRow | None) -> dict[str, list[str]]:
    """What the row says otherwise than the KPI, by heading; of a new KPI everything it says."""
    before, after = cells_by_heading(now) if now else {}, cells_by_heading(row)
    years = {past_year(year) for year, _figure in (*row.baseline, *(now.baseline if now else ()))}
    given = {HEADING_OF[name] for name in row.given if name in HEADING_OF}
    levels = sorted({score for one in (row, now) if one for score in cells_of(one.criteria)})
    needed = (*columns.BEFORE_LEVELS, *(columns.level_heading(score) for score in levels), columns.TARGET)
    compared = [*needed, *sorted(years), *(heading for heading in columns.OPTIONAL if heading in given)]
    if columns.KIND not in given:
        compared.append(columns.KIND)
    return {
        heading: [str(before.get(heading, "")), str(after.get(heading, ""))]
        for heading in compared
        if before.get(heading) != after.get(heading)
    }


def _placed(read: ReadRow, told: _Told) -> CellFault:
    """A fault of the room in the cell of the field that it belongs to."""
    heading = _heading_for(told.field)
    return CellFault(read.sheet, read.number, read.letters.get(heading, ""), heading, told.sentence, told.sentence_th)


def _heading_for(name: str) -> str:
    first, _underscore, rest = name.partition("_")
    if not name or name in HEADING_OF:
        return HEADING_OF.get(name, "")
    if first == "baseline":
        return past_year(int(rest))
    if first in ("input", "step"):
        return columns.INPUTS if first == "input" else columns.STEPS
    if first in ("level", "levels", "round", "band", "bands", "option", "options", "yes", "rounds"):
        number = next((part for part in reversed(name.split("_")) if columns.score_in(part) is not None), "1")
        return columns.level_heading(Decimal(number))
    return columns.CODE
