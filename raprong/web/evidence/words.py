"""Evidence in words, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.assessments.rounds import round_title, rounds_of
from raprong.evidence.definitions import evidence_types, numbering
from raprong.evidence.models import EVERY_ROUND, Credit
from raprong.evidence.numbers import written_number
from raprong.evidence.places import Place, places_of
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.web.shell.filters import digits, in_thai, short_date

FACTS = {
    "title": gettext_lazy("Title of the evidence"),
    "kind": gettext_lazy("Type"),
    "starts_on": gettext_lazy("Period from"),
    "ends_on": gettext_lazy("Period to"),
    "collector": gettext_lazy("Collected by"),
    "note": gettext_lazy("Note"),
}


def said_number(credit: Credit) -> str:
    """เอกสารหมายเลข ๑.๒-๓-๑, or Document 1.2-3-1."""
    words = numbering().said_th if in_thai() else numbering().said_en
    return words.format(number=digits(written_number(credit)))


def kind_title(code: str) -> str:
    """The title of a type; the code itself where the list no longer has it."""
    found = evidence_types().titled(code)
    return code if found is None else found.title_th if in_thai() else found.title_en


def grade_title(code: str) -> str:
    """The grade of a type; empty where it has none."""
    found = evidence_types().graded(code)
    return "" if found is None else found.title_th if in_thai() else found.title_en


def weak_words(credits: Sequence[Credit]) -> str:
    """That all there is are pieces of grades that bear no claim by themselves, by their names."""
    grades = dict.fromkeys(grade_title(credit.evidence.kind) for credit in credits)
    return _("%(grades)s alone") % {"grades": ", ".join(filter(None, grades))}


def kind_choices() -> list[tuple[str, str]]:
    """The types to choose from, none first."""
    return [("", _("Not said")), *((one.code, kind_title(one.code)) for one in evidence_types().types)]


def period_words(starts_on: date | None, ends_on: date | None) -> str:
    """From a day to a day, or one day; open where one of them is not said."""
    if starts_on and starts_on == ends_on:
        return short_date(starts_on)
    if starts_on and ends_on:
        return _("%(first)s to %(last)s") % {"first": short_date(starts_on), "last": short_date(ends_on)}
    if starts_on:
        return _("from %(first)s") % {"first": short_date(starts_on)}
    return _("until %(last)s") % {"last": short_date(ends_on)} if ends_on else ""


def round_words(months: int) -> str:
    return _("Every round") if months == EVERY_ROUND else round_title(months)


def round_choices(run: Run, *, with_every: bool = True) -> list[tuple[str, str]]:
    """The rounds of the SOP, and for what proves all of them, every one."""
    rounds = [(str(months), round_title(months)) for months in rounds_of(run)]
    return [*rounds, (str(EVERY_ROUND), _("Every round"))] if with_every else rounds


def place_title(place: Place) -> str:
    """ขั้นที่ ๓ สรุปผล, or Level 3."""
    words = _("Level %(number)s") if place.is_level else _("Step %(number)s")
    return f"{words % {'number': digits(place.number)}} {place.title}".strip()


def place_words(kpi: KpiYear, step: int) -> str:
    """The step or level that something proves, or that it proves the KPI as a whole."""
    place = next((one for one in places_of(kpi) if one.number == step), None)
    return place_title(place) if place else _("The KPI as a whole")


def place_choices(kpi: KpiYear) -> list[tuple[str, str]]:
    """The KPI as a whole, and each of its steps or levels."""
    return [("0", _("The KPI as a whole")), *((str(one.number), place_title(one)) for one in places_of(kpi))]
