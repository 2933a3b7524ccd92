"""Lists of the house as sheets: the cabinet, and the register of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _

from raprong.circulation.enums import LetterKind
from raprong.circulation.enums import State as LetterState
from raprong.circulation.models import Letter
from raprong.circulation.numbers import SERIES
from raprong.core.clock import day_of
from raprong.lib.rendering.xlsx import Sheet, SheetColumn, SheetRow
from raprong.lib.thai.dates import be_year
from raprong.records.kinds import kind_name
from raprong.records.models import Record
from raprong.web.circulation.register import SERIES_TITLES
from raprong.web.processes.panel import unit_name

NAME, DAY, SHORT, HASH = 60, 18, 12, 70  # letters


def cabinet_sheet(records: Iterable[Record]) -> Sheet:
    """Each record in a row: what it is, how long it is kept and where, and the hash that tells it from any other."""
    columns = (
        SheetColumn(_("Paper"), NAME),
        SheetColumn(_("Kind"), 28),
        SheetColumn(_("Unit"), 36),
        SheetColumn(_("Fiscal year"), SHORT, counts=True),
        SheetColumn(_("Deposited"), DAY),
        SheetColumn(_("Deposited by"), 26),
        SheetColumn(_("Kept until"), DAY),
        SheetColumn(_("Place of the paper twin"), 26),
        SheetColumn(_("Arrangement"), 22),
        SheetColumn("SHA-256", HASH),
    )
    rows = [
        SheetRow(
            (
                one.title,
                kind_name(one.kind),
                unit_name(one.unit),
                one.fiscal_year,
                one.deposited_at,
                one.deposited_by.name if one.deposited_by else _("The system"),
                one.retain_until,
                one.place,
                one.arrangement,
                one.sha256,
            )
        )
        for one in records
    ]
    return Sheet(title=_("Records"), columns=columns, rows=rows, above=(_("Records"),))


def register_sheets(letters: Iterable[Letter]) -> list[Sheet]:
    """A sheet for each unit, calendar year and series, its numbers in order; cancelled ones with their reason."""
    ordered = sorted(letters, key=lambda letter: (*_series(letter), letter.number or 0))
    return [_register_sheet(list(group), series) for series, group in groupby(ordered, key=_series)]


def _series(letter: Letter) -> tuple[str, int, str]:
    assert letter.signed_at is not None, "a numbered letter is signed"
    return str(letter.unit.office), be_year(day_of(letter.signed_at).year), SERIES[LetterKind(letter.kind)]


def _register_sheet(letters: list[Letter], series: tuple[str, int, str]) -> Sheet:
    office, year, code = series
    title = f"{SERIES_TITLES[code]} {year}"
    columns = (
        SheetColumn(_("Number"), SHORT, counts=True),
        SheetColumn(_("As printed"), 18),
        SheetColumn(_("Subject"), NAME),
        SheetColumn(_("Signed at"), DAY),
        SheetColumn(_("Signed by"), 26),
        SheetColumn(_("Standing"), 16),
        SheetColumn(_("Reason"), 40),
    )
    rows = [
        SheetRow(
            (
                one.number,
                one.number_text,
                one.subject,
                one.signed_at,
                one.signed_by.name if one.signed_by else "",
                str(LetterState(one.state).label),
                one.cancelled_because,
            )
        )
        for one in letters
    ]
    return Sheet(title=f"{title} {office}", columns=columns, rows=rows, above=(title, office))
