"""A KPI across its years in words: its versions side by side, what changed, and its history. No queries here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from raprong.audit.models import Entry
from raprong.kpis.models import KpiYear
from raprong.kpis.trail import ALL_FIELDS, told
from raprong.kpis.words import NOTHING, field_name, round_words, value_words
from raprong.web.kpis.presenters import plain
from raprong.web.shell.filters import digits


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One entry of a KPI's history: what happened, by whom, when, why, and what it changed."""

    sentence: str
    by: str
    at: datetime
    fiscal_year: int
    because: str
    notes: Sequence[str]
    changes: Sequence[Change]
    said: Sequence[tuple[str, str]]  # what a KPI said as a whole, when it came or went


@dataclass(frozen=True)
class FieldRow:
    """One field in each of the years, the newest first."""

    name: str
    values: Sequence[str]
    differs: bool


def changes_in_words(changed: Mapping[str, Sequence[Any]]) -> list[Change]:
    """Changed fields in the order of the sheet, each with before and after."""
    known = [name for name in ALL_FIELDS if name in changed]
    return [Change(field_name(name), *(value_words(name, value) for value in changed[name])) for name in known]


def years_side_by_side(versions: Sequence[KpiYear], results: Mapping[int, Decimal | None]) -> list[FieldRow]:
    """Every field that any of the versions fills in, and what each year came to."""
    held = [told(version) for version in versions]
    rows = [_row(field_name(name), [value_words(name, one[name]) for one in held]) for name in ALL_FIELDS]
    rows.insert(ALL_FIELDS.index("target") + 1, _row(_("Result of the year"), _results(versions, results)))
    return [row for row in rows if any(value != NOTHING for value in row.values)]


def history(entries: Iterable[Entry]) -> list[Happening]:
    return [_happening(entry) for entry in entries]


def _row(name: str, values: list[str]) -> FieldRow:
    return FieldRow(name, values, len(set(values)) > 1)


def _results(versions: Sequence[KpiYear], results: Mapping[int, Decimal | None]) -> list[str]:
    return [plain(results.get(version.pk)) for version in versions]


def _happening(entry: Entry) -> Happening:
    facts = entry.facts
    changed = facts.get("changed")
    weighed = facts.get("after") if isinstance(facts.get("before"), dict) else None
    return Happening(
        sentence=str(entry.sentence),
        by=entry.by_name,
        at=entry.at,
        fiscal_year=entry.chain.fiscal_year,
        because=str(facts.get("because") or ""),
        notes=list(_notes(facts)),
        changes=changes_in_words(changed) if isinstance(changed, dict) else _weights(facts) if weighed else (),
        said=_said(facts) if "criteria" in facts else (),
    )


def _weights(facts: Mapping[str, Any]) -> list[Change]:
    """The weights of parts, by their codes."""
    before, after = facts["before"], facts["after"]
    return [Change(digits(code), plain(before.get(code)), plain(weight)) for code, weight in after.items()]


def _notes(facts: Mapping[str, Any]) -> Iterable[str]:
    """What an entry says besides before and after."""
    if facts.get("from_year"):
        yield _("from fiscal year %(year)s") % {"year": digits(facts["from_year"])}
    if facts.get("from_round"):
        yield _("from %(round)s on") % {"round": round_words(digits(facts["from_round"]))}
    if facts.get("weight") and "criteria" not in facts:
        yield _("weight %(weight)s") % {"weight": plain(facts["weight"])}
    if facts.get("file"):
        yield _("from the file %(file)s") % {"file": facts["file"]}
    if facts.get("about_what"):
        yield facts["about_what"]
    changed = facts.get("changed")
    if isinstance(changed, list) and changed:
        yield ", ".join(field_name(name) for name in changed)


def _said(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = ((field_name(name), value_words(name, facts.get(name))) for name in ALL_FIELDS)
    return [(name, value) for name, value in words if value != NOTHING]
