"""What is found in KPIs in words: where to mend it, who may explain it, how it adds up. No queries here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.kpis.quality.queries import KpiFinding, rule_title
from raprong.kpis.queries import criteria_of
from raprong.lib.kpi_quality.shape import Finding
from raprong.lib.scoring.criteria import Criteria, Kind
from raprong.processes.models import Run
from raprong.web.kpis.criteria_forms import LEVELS_OF
from raprong.web.quality.forms import WhyForm
from raprong.web.shell.filters import in_thai

ACCEPTED = "accepted"
STANDINGS = {
    "error": gettext_lazy("Error"),
    "warning": gettext_lazy("Asks for a reason"),
    "accepted": gettext_lazy("Reason given"),
    "notice": gettext_lazy("Worth a look"),
}
PILLS = {"error": "late", "warning": "gold", "accepted": "done", "notice": "wait"}
OWN_ROUND = re.compile(r"round_(\d+)")
ON_THE_KPI = {"sources": "sources", "cancelled_from": "years"}  # the field, and the part of the page
ON_THE_SHEET = {"formula": "formula", "supervisor": "supervisor", "collector": "collector", "steps": "steps-0-title"}


def standing(found: KpiFinding) -> str:
    """error, warning, accepted or notice."""
    return ACCEPTED if found.acceptance else str(found.severity)


@dataclass(frozen=True)
class FindingView:
    """One finding as a page shows it."""

    found: KpiFinding
    why_not: str  # why this person may give no reason

    @property
    def id(self) -> str:
        return f"{self.found.kpi.public_id}-{self.found.code}"

    @property
    def standing(self) -> str:
        return standing(self.found)

    @property
    def pill(self) -> tuple[str, str]:
        return PILLS[self.standing], str(STANDINGS[self.standing])

    @property
    def title(self) -> str:
        return rule_title(self.found.code)

    @property
    def mend_url(self) -> str:
        """The very field where it is mended."""
        return field_url(self.found.kpi, self.found.finding.field)

    @property
    def form(self) -> WhyForm:
        return WhyForm(auto_id=f"{self.id}-%s")

    @property
    def given_at(self) -> datetime | None:
        return datetime.fromisoformat(self.found.acceptance.at) if self.found.acceptance else None


@dataclass(frozen=True)
class HintView:
    """What would be found in a KPI as it stands in its form."""

    look: str
    standing: str
    title: str
    sentence: str
    anchor: str


@dataclass(frozen=True)
class KpiView:
    """A KPI with what is found in it."""

    kpi: KpiYear
    findings: list[FindingView]

    @property
    def worst(self) -> str:
        return next((name for name in STANDINGS if any(view.standing == name for view in self.findings)), "")

    @property
    def waiting(self) -> int:
        """How much of it stops the selection."""
        return sum(view.found.stops_selection for view in self.findings)

    def at(self, rule: str) -> FindingView | None:
        return next((view for view in self.findings if view.found.code == rule), None)


def by_kpi(found: Iterable[KpiFinding], why_not: Callable[[KpiYear], str]) -> list[KpiView]:
    """Findings under their KPIs, in the order they came."""
    views: dict[int, KpiView] = {}
    for one in found:
        view = views.setdefault(one.kpi.pk, KpiView(one.kpi, []))
        view.findings.append(FindingView(one, why_not(one.kpi)))
    return list(views.values())


def counts(found: Sequence[KpiFinding]) -> dict[str, int]:
    """How many there are of each standing."""
    held = [standing(one) for one in found]
    return {name: held.count(name) for name in STANDINGS}


def rules_found(found: Iterable[KpiFinding]) -> list[tuple[str, str]]:
    """The rules that found something, with their names, the one that found most first."""
    held = [one.code for one in found]
    return [(code, rule_title(code)) for code in sorted(set(held), key=lambda code: (-held.count(code), code))]


def field_url(kpi: KpiYear, field: str) -> str:
    """Where a field of a KPI is written: on its sheet, among the weights, or in its proposal."""
    if field in ON_THE_KPI:
        return _page("kpis:kpi", kpi) + f"#{ON_THE_KPI[field]}"
    if (own := OWN_ROUND.fullmatch(field)) and own[1] in kpi.round_criteria:
        return reverse("kpis:round-criteria", kwargs={"kpi": kpi.public_id, "months": own[1]})
    if field == "weight" and not kpi.parent_id:
        return reverse("kpis:selection", kwargs={"run": kpi.run.public_id}) + f"#id_weight_{kpi.public_id}"
    if kpi.state == KpiState.SELECTED and field in ON_THE_SHEET:
        return _page("kpis:fill-details", kpi) + f"#id_{ON_THE_SHEET[field]}"
    return _page("kpis:revise", kpi) + f"#id_{typed_field(criteria_of(kpi), field, kpi.run)}"


def typed_field(criteria: Criteria, field: str, run: Run) -> str:
    """The field of the form of a KPI for one that the rules name: each kind of criteria has levels of its own."""
    word, _sep, score = field.partition("_")
    if OWN_ROUND.fullmatch(field):
        return "criteria_kind"
    if word != "level":
        return field
    if criteria.kind is Kind.MILESTONES:
        return f"round_{min(run.definition.reporting.rounds)}_level_{score}"
    return f"band_{score}_from" if criteria.kind is Kind.BANDS else f"{LEVELS_OF.get(criteria.kind, word)}_{score}"


def hint_views(found: Iterable[Finding], criteria: Criteria, run: Run) -> list[HintView]:
    return [
        HintView(
            PILLS[str(one.severity)],
            str(STANDINGS[str(one.severity)]),
            rule_title(one.code),
            one.sentence_th if in_thai() else one.sentence_en,
            f"#id_{typed_field(criteria, one.field, run)}",
        )
        for one in found
    ]


def _page(name: str, kpi: KpiYear) -> str:
    return reverse(name, kwargs={"kpi": kpi.public_id})


def summary(found: Sequence[KpiFinding], kpis: int) -> str:
    """The whole in one sentence."""
    held = counts(found)
    words = {"kpis": kpis, "errors": held["error"], "warnings": held["warning"]}
    if not held["error"] and not held["warning"]:
        return _("Nothing stands in the way of the %(kpis)s KPIs.") % words
    return _("KPIs looked at: %(kpis)s. Errors to correct: %(errors)s. Warnings to explain: %(warnings)s.") % words


# Owners

SORTS: dict[str, Callable[[Any], Any]] = {
    "supervised": lambda load: len(load.supervised),
    "collected": lambda load: len(load.collected),
    "weight": lambda load: load.weight,
    "lacking": lambda load: len(load.without_owner),
    "telephone": lambda load: len(load.without_telephone),
}


def sorted_loads(loads: Iterable[Any], asked: str) -> list[Any]:
    """Loads by a column, falling where its name has a minus before it; the heaviest first where none is asked for."""
    key = SORTS.get(asked.removeprefix("-"))
    return sorted(loads, key=key, reverse=asked.startswith("-")) if key else list(loads)


def codes(kpis: Iterable[KpiYear]) -> str:
    return ", ".join(kpi.code for kpi in kpis)
