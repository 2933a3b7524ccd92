"""What an agreement still needs, as lines of the page: each leads to where it is put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from raprong.agreements.models import Agreement
from raprong.agreements.readiness import Place, Readiness
from raprong.agreements.workflow import IN_FORCE
from raprong.processes.models import Run
from raprong.processes.queries import step_with_work
from raprong.web.shell.filters import digits


@dataclass(frozen=True)
class NeedLine:
    """A need with its sentence, and an address while it is missing."""

    ok: bool
    text: str
    href: str


def need_lines(needs: Sequence[Readiness], run: Run, agreement: Agreement | None = None) -> list[NeedLine]:
    """The needs in their order; what is there leads nowhere."""
    return [
        NeedLine(need.ok, digits(need.text), "" if need.ok else _address(need.place, run, agreement)) for need in needs
    ]


def _address(place: Place, run: Run, agreement: Agreement | None) -> str:
    of_run, of_agreement = {"run": run.public_id}, {"agreement": agreement.public_id if agreement else ""}
    match place:
        case Place.QUALITY:
            return reverse("quality:run", kwargs=of_run)
        case Place.PARTIES:
            return reverse("agreements:parties", kwargs=of_agreement)
        case Place.CEREMONY:
            return reverse("agreements:ceremony", kwargs=of_agreement)
        case Place.ORDERS:
            return reverse("organisation:orders")
        case Place.CASCADE:
            return reverse("cascade:board", kwargs=of_run)
        case Place.TERMS:
            return reverse("agreements:addendum-terms", kwargs=of_agreement)
        case Place.CHANGES:
            return reverse("agreements:addendum-changes", kwargs=of_agreement)
        case Place.CONTROLS:
            step = step_with_work(run, IN_FORCE)
            return reverse("processes:step", kwargs=of_run | {"step": step.code}) if step else ""
    return reverse("kpis:selection", kwargs=of_run)
