"""What is found in the KPIs of a year, with the reasons given for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.quality.rules import quality_rules
from raprong.kpis.queries import criteria_of, framework_of, own_criteria_of
from raprong.lib.kpi_quality.one import findings_of, gravest_first
from raprong.lib.kpi_quality.shape import Finding, KpiSheet, LastYear, Owner, Severity
from raprong.lib.kpi_quality.together import findings_of_agreement
from raprong.lib.scoring.scheme import scheme_from_data
from raprong.organisation.models import Position
from raprong.processes.models import Run

TOLD_BY_THE_FORM = ("criteria-faulty", "target-missing")


@dataclass(frozen=True)
class Acceptance:
    """The reason that somebody gave for a warning, and when."""

    because: str
    by: str
    at: str  # ISO


@dataclass(frozen=True)
class KpiFinding:
    """A finding with the KPI it belongs to and the reason given for it, if there is one that still holds."""

    kpi: KpiYear
    finding: Finding
    acceptance: Acceptance | None = None

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def severity(self) -> Severity:
        return self.finding.severity

    @property
    def sentence(self) -> str:
        """The sentence in the language of the page."""
        return self.finding.sentence_th if _in_thai() else self.finding.sentence_en

    @property
    def asks_for_reason(self) -> bool:
        return self.severity is Severity.WARNING and self.acceptance is None

    @property
    def stops_selection(self) -> bool:
        return self.severity is Severity.ERROR or self.asks_for_reason


def rule_title(code: str) -> str:
    """The name of a rule in the language of the page."""
    rule = quality_rules().rule(code)
    return rule.title_th if _in_thai() else rule.title_en


def findings_of_run(run: Run) -> list[KpiFinding]:
    """Everything found in the KPIs that a year may be agreed on, KPI by KPI in the order of codes, gravest first."""
    framework = framework_of(run)
    return findings_among(framework, list(_readable(framework).candidates())) if framework else []


def findings_of_kpi(kpi: KpiYear) -> list[KpiFinding]:
    """What is found in one KPI, among the others of its year."""
    candidates = list(_readable(kpi.framework).candidates())
    if kpi.pk not in {other.pk for other in candidates}:
        candidates = [*_readable(kpi.framework).filter(pk=kpi.pk)]
    return findings_among(kpi.framework, candidates, only=kpi.code)


def findings_before_selection(
    framework: Framework, chosen: Collection[int], left_out: Collection[int]
) -> list[KpiFinding]:
    """What is found in the KPIs that are about to be chosen, among those that stay; both by their keys."""
    kpis = [
        kpi
        for kpi in _readable(framework)
        if kpi.pk in chosen or (kpi.state != KpiState.NOT_SELECTED and kpi.pk not in left_out)
    ]
    return [found for found in findings_among(framework, kpis) if found.kpi.pk in chosen]


def hints_on(framework: Framework, typed: KpiSheet, *, this: KpiYear | None) -> list[Finding]:
    """What would be found in a KPI as it is typed, before it is saved; what its form tells by itself is left out."""
    others = [kpi for kpi in _readable(framework).candidates() if kpi != this and kpi.code != typed.code]
    before = _targets_of_last_year(framework, [this]) if this else {}
    sheet = replace(
        typed,
        last_year=LastYear(before[this.kpi_id]) if this and this.kpi_id in before else None,
        sources_to_choose=framework.sources.count(),
        rounds=_rounds(framework),
        round_criteria=own_criteria_of(this) if this else (),
    )
    rules, scheme = quality_rules(), scheme_from_data(framework.scheme)
    among = findings_of_agreement([*_sheets_of(framework, others), sheet], scheme, rules, only=sheet.code)
    found = [*findings_of(sheet, scheme, framework.run.fiscal_year, rules), *among]
    return gravest_first([finding for finding in found if finding.code not in TOLD_BY_THE_FORM])


def findings_among(framework: Framework, kpis: Sequence[KpiYear], *, only: str | None = None) -> list[KpiFinding]:
    """What is found in some KPIs of a framework, looked at together; with `only` a code, what is found in that one."""
    rules, scheme = quality_rules(), scheme_from_data(framework.scheme)
    sheets = _sheets_of(framework, kpis)
    together: dict[str, list[Finding]] = {}
    for finding in findings_of_agreement(sheets, scheme, rules, only=only):
        together.setdefault(finding.kpi, []).append(finding)
    return [
        KpiFinding(kpi, finding, _acceptance(kpi, finding))
        for kpi, sheet in zip(kpis, sheets, strict=True)
        if only in (None, kpi.code)
        for finding in gravest_first(
            [*findings_of(sheet, scheme, framework.run.fiscal_year, rules), *together.get(sheet.code, ())]
        )
    ]


def _readable(framework: Framework) -> Any:
    """The KPIs of a framework with everything that the rules look at, in the order of their codes."""
    return (
        framework.kpis.select_related("group", "dimension", "parent", "supervisor", "collector", "framework__run__unit")
        .prefetch_related("sources")
        .order_by("sort_code", "code")
    )


def _sheets_of(framework: Framework, kpis: Sequence[KpiYear]) -> list[KpiSheet]:
    rounds = _rounds(framework)
    sources_to_choose = framework.sources.count()
    last_years = _targets_of_last_year(framework, kpis)
    wholes = {kpi.parent_id for kpi in kpis}
    sources = {kpi.pk: len(kpi.sources.all()) for kpi in kpis}
    return [
        KpiSheet(
            code=kpi.code,
            title=kpi.title,
            measure=kpi.measure,
            criteria=criteria_of(kpi),
            target=kpi.target,
            weight=kpi.weight,
            baseline={int(year): Decimal(at) for year, at in kpi.baseline.items()},
            last_year=LastYear(last_years[kpi.kpi_id]) if kpi.kpi_id in last_years else None,
            formula=kpi.formula,
            expression=kpi.expression,
            inputs=len(kpi.inputs),
            round_criteria=own_criteria_of(kpi),
            step_titles=tuple(str(step.get("title", "")) for step in kpi.steps),
            sources=sources[kpi.pk] or sources.get(kpi.parent_id or 0, 0),  # a part answers through its KPI
            sources_to_choose=sources_to_choose,
            selected=kpi.state == KpiState.SELECTED,
            part_of=kpi.parent.code if kpi.parent else "",
            has_parts=kpi.pk in wholes,
            supervisor=_owner(kpi.supervisor),
            collector=_owner(kpi.collector),
            rounds=rounds,
            starts_in=kpi.starts_in,
            cancelled_from=kpi.cancelled_from,
        )
        for kpi in kpis
    ]


def _rounds(framework: Framework) -> tuple[int, ...]:
    return tuple(sorted(framework.run.definition.reporting.rounds))


def _targets_of_last_year(framework: Framework, kpis: Iterable[KpiYear]) -> dict[int, Decimal | None]:
    before = KpiYear.objects.filter(
        kpi__in=[kpi.kpi_id for kpi in kpis],
        framework__run__fiscal_year=framework.run.fiscal_year - 1,
        state=KpiState.SELECTED,
    )
    return dict(before.values_list("kpi_id", "target"))


def _owner(post: Position | None) -> Owner | None:
    return Owner(str(post.pk), str(post)) if post else None


def _acceptance(kpi: KpiYear, finding: Finding) -> Acceptance | None:
    """The reason given for a warning, as long as it was given for the same facts."""
    held = kpi.accepted_warnings.get(finding.code)
    if finding.severity is not Severity.WARNING or not held or held.get("facts") != dict(finding.facts):
        return None
    return Acceptance(held["because"], held["by"], held["at"])


def _in_thai() -> bool:
    return (get_language() or "th").startswith("th")
