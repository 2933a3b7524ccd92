"""The steps of a KPI and the evidence that is asked for at each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from raprong.core.faults import FaultList

MOST_STEPS = 20
MOST_EVIDENCE = 20
MOST_LETTERS = {"title": 300, "evidence": 300}


@dataclass(frozen=True)
class KpiStep:
    """One step, and what proves it."""

    title: str
    evidence: tuple[str, ...] = ()


def steps_of(stored: Sequence[Mapping[str, Any]]) -> tuple[KpiStep, ...]:
    """Read what :func:`steps_as_data` wrote."""
    return tuple(KpiStep(row.get("title", ""), tuple(row.get("evidence", ()))) for row in stored)


def steps_as_data(steps: Sequence[KpiStep]) -> list[dict[str, Any]]:
    return [{"title": step.title, "evidence": list(step.evidence)} for step in steps]


def check_steps(found: FaultList, steps: Sequence[KpiStep]) -> None:
    """Find every fault of the steps; fields are `step_0_title` and `step_0_evidence`, in the order given."""
    if len(steps) > MOST_STEPS:
        found.add("", _("Write at most %(most)s steps.") % {"most": MOST_STEPS})
    for number, step in enumerate(steps):
        if not step.title.strip():
            found.add(f"step_{number}_title", _("Say what is done in this step."))
        if len(step.title) > (most := MOST_LETTERS["title"]):
            found.add(f"step_{number}_title", _("This is too long. Use at most %(most)s letters.") % {"most": most})
        if len(step.evidence) > MOST_EVIDENCE:
            found.add(f"step_{number}_evidence", _("Ask for at most %(most)s papers.") % {"most": MOST_EVIDENCE})
        if any(len(line) > (most := MOST_LETTERS["evidence"]) for line in step.evidence):
            found.add(f"step_{number}_evidence", _("This is too long. Use at most %(most)s letters.") % {"most": most})
