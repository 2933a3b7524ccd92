"""What the findings of a KPI, and the state of the year, allow."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.rules import Refused, refusal
from raprong.core.faults import FaultList
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.quality.queries import KpiFinding, findings_before_selection
from raprong.kpis.selection import Choice, Decision
from raprong.lib.kpi_quality.shape import Severity
from raprong.processes.policies import check_work_is_open

WORKS = ("kpis.proposals_complete", "kpis.selection_settled", "agreements.in_force", "kpis.details_complete")


def check_can_give_reason(kpi: KpiYear, *, at: datetime) -> None:
    """A reason belongs to proposing, selecting, signing or to the detail sheet: one of these works is open."""
    refusals = [refusal(_check_work, kpi, card, at) for card in WORKS]
    if "" not in refusals:
        raise Refused(refusals[-1])


def check_can_select_quality(found: FaultList, framework: Framework, decisions: Sequence[Decision]) -> None:
    """Refuse to select a KPI with an error, or with a warning that nobody gave a reason for; each told at its choice.

    A KPI that is selected already is not asked again. Its parts, which follow it, are asked with it.
    """
    chosen = {d.kpi.pk: d for d in decisions if d.choice is Choice.SELECT and d.changes_state}
    parts = KpiYear.objects.filter(parent__in=chosen).values_list("pk", "parent_id") if chosen else ()
    asked = chosen | {part: chosen[parent] for part, parent in parts}
    left_out = {d.kpi.pk for d in decisions if d.choice is Choice.NOT_SELECT}
    for finding in findings_before_selection(framework, asked.keys(), left_out) if asked else ():
        if finding.stops_selection:
            found.add(f"choice_{asked[finding.kpi.pk].kpi.public_id}", selection_sentence(finding))


def selection_sentence(found: KpiFinding) -> str:
    """Why a KPI cannot be selected as it is, and what to do."""
    words = {"code": found.kpi.code, "sentence": found.sentence}
    if found.severity is Severity.ERROR:
        return _("KPI %(code)s cannot be selected yet. %(sentence)s") % words
    return _("KPI %(code)s asks for a reason before it is selected. %(sentence)s") % words


def _check_work(kpi: KpiYear, card: str, at: datetime) -> None:
    check_work_is_open(kpi.run, card, at=at, piece=kpi.group)
