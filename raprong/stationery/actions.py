"""The verbs of stationery: each makes a new version; what was printed with an earlier one stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.documents.wording import default_wording, faults_in_wording
from raprong.lib.rendering import Fault
from raprong.lib.rendering.drawings import DrawingRefused, safe_drawing
from raprong.lib.rendering.typefaces import typefaces_in
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.models import Agency, Person, Unit
from raprong.stationery import permissions
from raprong.stationery.models import Letterhead, Wording
from raprong.stationery.printing import faults_of_sample
from raprong.stationery.queries import Holder, letterheads_of, texts_above, wordings_of

MOST_ADDRESS_LINES = 4
LONGEST_LINE = 120


@dataclass(frozen=True)
class Decision:
    """Why a version is made, from which day it holds, and the number of the version that was looked at (0: none)."""

    because: str
    in_force_from: date
    seen: int | None = None


@transaction.atomic
def word(
    holder: Holder, kind: str, texts: Mapping[str, Sequence[str]], decision: Decision, *, by: Person, at: datetime
) -> Wording:
    """Word a kind of paper in the way of an agency or unit. What is as above is not kept; all as above is allowed too.

    Every fault is told at its text and line: an unknown place, a brace left open, a text too long or not printable.
    """
    permissions.check_may_change(by, holder, at=at)
    agency, unit = _locked(holder)
    last = wordings_of(holder, kind).first()
    above = default_wording(kind) | texts_above(holder, kind, on=decision.in_force_from)
    own = {key: [line.strip() for line in lines if line.strip()] for key, lines in texts.items()}
    own = {key: lines for key, lines in own.items() if tuple(lines) != above.get(key)}
    typed = {key: [line.strip() for line in texts[key]] for key in own}  # empty lines too: a fault names its line
    with all_at_once() as faults:
        _check_decision(faults, decision, last.number if last else 0, on=day_of(at))
        found = list(faults_in_wording(kind, typed))
        for fault in found or faults_of_sample(holder, kind, typed):
            faults.add(fault.where.partition("[")[0], _in_words(fault))
        if last is not None and last.texts == own and last.in_force_from <= decision.in_force_from:
            faults.add("", _("Nothing is different from version %(number)s.") % {"number": last.number})
    made = Wording.objects.create(
        agency=agency,
        unit=unit,
        kind=kind,
        texts=own,
        number=last.number + 1 if last else 1,
        in_force_from=decision.in_force_from,
        because=decision.because.strip(),
        made_at=at,
        made_by=by,
    )
    _record("stationery.worded", made, by=by, at=at, paper=kind, texts=sorted(own))
    return made


@transaction.atomic
def set_letterhead(
    holder: Holder,
    decision: Decision,
    *,
    emblem: bytes | str = "",
    typeface: str = "",
    address: str = "",
    thai_digits: bool = True,
    as_above: bool = False,
    by: Person,
    at: datetime,
) -> Letterhead:
    """Set how papers look. `emblem` is a drawing just handed in, or the text of one that was taken before."""
    permissions.check_may_change(by, holder, at=at)
    agency, unit = _locked(holder)
    last = letterheads_of(holder).first()
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    drawing = ""
    with all_at_once() as faults:
        _check_decision(faults, decision, last.number if last else 0, on=day_of(at))
        if emblem:
            drawing = _taken(faults, emblem)
        if typeface and typeface not in typefaces_in(settings.FONTS_DIR):
            faults.add("typeface", _("There is no typeface %(name)s.") % {"name": typeface})
        if len(lines) > MOST_ADDRESS_LINES or any(len(line) > LONGEST_LINE for line in lines):
            words = {"lines": MOST_ADDRESS_LINES, "letters": LONGEST_LINE}
            faults.add("address", _("Write at most %(lines)s lines of %(letters)s letters.") % words)
    made = Letterhead.objects.create(
        agency=agency,
        unit=unit,
        as_above=as_above,
        emblem="" if as_above else drawing,
        typeface="" if as_above else typeface,
        address="" if as_above else "\n".join(lines),
        thai_digits=thai_digits,
        number=last.number + 1 if last else 1,
        in_force_from=decision.in_force_from,
        because=decision.because.strip(),
        made_at=at,
        made_by=by,
    )
    _record("stationery.letterhead_set", made, by=by, at=at, as_above=as_above, emblem=bool(made.emblem))
    return made


def _taken(faults: FaultList, emblem: bytes | str) -> str:
    try:
        return safe_drawing(emblem if isinstance(emblem, bytes) else emblem.encode())
    except DrawingRefused as refused:
        for fault in refused.faults:
            faults.add("emblem", _in_words(fault))
        return ""


def _check_decision(faults: FaultList, decision: Decision, last: int, *, on: date) -> None:
    if not decision.because.strip():
        faults.add("because", _("Say why. It stands beside the version."))
    if decision.in_force_from < on:
        faults.add("in_force_from", _("Choose today or a later day: papers that were made keep their words."))
    if decision.seen is not None and decision.seen != last:
        faults.add("", _("Somebody has saved version %(number)s since. Look at it first.") % {"number": last})


def _locked(holder: Holder) -> tuple[Agency, Unit | None]:
    """Whose versions they are; the row is held so that numbers do not repeat."""
    if isinstance(holder, Unit):
        held = Unit.objects.select_for_update(of=("self",)).select_related("agency").get(pk=holder.pk)
        return held.agency, held
    return Agency.objects.select_for_update().get(pk=holder.pk), None


def _in_words(fault: Fault) -> str:
    return fault.thai if (get_language() or "th").startswith("th") else fault.english


def _record(kind: str, made: Letterhead | Wording, *, by: Person, at: datetime, **facts: Any) -> None:
    place = made.unit.office if made.unit else made.agency
    year = FiscalYear.of(day_of(at)).be
    known = {"version": made.number, "in_force_from": made.in_force_from, "because": made.because}
    record(kind, about=made, by=by, at=at, place=place, fiscal_year=year, **known, **facts)
