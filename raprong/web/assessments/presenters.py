"""Self-assessment reports in words. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.assessments.enums import State
from raprong.assessments.models import AssessmentItem, Receipt, Remark
from raprong.assessments.policies import missing_in
from raprong.assessments.queries import RoundStanding, measured_item
from raprong.assessments.receipts.lateness import punctuality_words
from raprong.assessments.rounds import round_title
from raprong.evidence.models import Credit
from raprong.lib.scoring.rollup import score_kpi
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.thai.dates import BANGKOK
from raprong.web.assessments.part_presenters import labelled
from raprong.web.evidence.words import said_number
from raprong.web.results.figures import written
from raprong.web.results.presenters import LadderView, ladder_of
from raprong.web.shell.filters import NO_BREAK, digits, figure, in_thai, long_date, short_date, weight_of


@dataclass(frozen=True)
class RoundView:
    """A round as a line of the list."""

    standing: RoundStanding
    title: str
    state: str
    label: str
    refusal: str

    @property
    def months(self) -> int:
        return self.standing.months

    @property
    def receipt(self) -> dict[str, Any] | None:
        return receipt_view(self.standing.receipt)


def round_view(standing: RoundStanding, today: date, refusal: str) -> RoundView:
    state, label = _state_of(standing, today)
    return RoundView(standing, round_title(standing.months), state, label, refusal)


def _state_of(standing: RoundStanding, today: date) -> tuple[str, str]:
    report = standing.assessment
    if standing.submitted and report is not None and report.submitted_at is not None:
        return "done", _("Submitted %(day)s") % {"day": short_date(report.submitted_at)}
    if today > standing.due_on:
        return "late", _("Not submitted")
    if report is not None:
        return "now", _("Being written")
    if today >= standing.opens_on:
        return "now", _("Can be opened")
    return "wait", _("Opens %(day)s") % {"day": short_date(standing.opens_on)}


@dataclass(frozen=True)
class ItemView:
    """One KPI of a report: its figure on the ladder, what is written, what is attached, what is missing."""

    item: AssessmentItem
    ladder: LadderView
    evidence: list[dict[str, Any]]
    missing: list[str]
    texts: list[tuple[str, str]]
    why_not_write: str
    remarks: list[tuple[str, Remark]]

    @property
    def anchor(self) -> str:
        return f"kpi-{self.item.public_id}"

    @property
    def weight(self) -> str:
        return weight_of(self.item.kpi)

    @property
    def pill(self) -> tuple[str, str]:
        if self.missing:
            return "late", _("Incomplete")
        return "done", _("Complete")


def item_view(
    item: AssessmentItem,
    evidence: Sequence[Credit],
    scheme: Scheme,
    *,
    why_not_write: str = "",
    remarks: Mapping[str, Sequence[Remark]] | None = None,
) -> ItemView:
    kpi = item.kpi
    said = [
        (_("What was done"), item.narrative),
        (_("Why there is no result"), item.no_figure_because),
        (_("What helped"), item.factors),
        (_("What stood in the way"), item.obstacles),
        (_("Suggestions"), item.suggestions),
    ]
    return ItemView(
        item=item,
        ladder=ladder_of(kpi, score_kpi(measured_item(item), scheme)),
        evidence=[evidence_view(one) for one in evidence],
        missing=list(missing_in(item, evidence=len(evidence))),
        texts=[(label, text) for label, text in said if text],
        why_not_write=why_not_write,
        remarks=labelled(remarks or {}),
    )


def moment_to_the_second(value: datetime) -> str:
    """A day and a time in Bangkok, with its seconds: what a receipt says of the moment that counts."""
    time = value.astimezone(BANGKOK)
    if in_thai():
        return digits(f"{long_date(value)} เวลา{NO_BREAK}{time:%H.%M.%S}{NO_BREAK}น.")
    return f"{long_date(value)}, {time:%H:%M:%S}"


def receipt_view(receipt: Receipt | None) -> dict[str, Any] | None:
    """A receipt in one line: its number and moment, and whether it came in time."""
    if receipt is None:
        return None
    late = receipt.late_by
    return {
        "number": digits(receipt),
        "href": reverse("assessments:receipt", args=[receipt.public_id]),
        "moment": moment_to_the_second(receipt.received_at),
        "pill": ("late" if late is not None else "done", digits(punctuality_words(late))),
    }


def evidence_view(credit: Credit) -> dict[str, Any]:
    """A file of evidence as the list component takes it."""
    return {
        "name": credit.file.name,
        "href": reverse("files:file", args=[credit.file.public_id]),
        "size": credit.file.size,
        "by": credit.credited_by.name,
        "at": credit.credited_at,
        "note": f"{said_number(credit)} · {digits(credit.title)}",
    }


def tiles(total: Any, reported: Any, whole: Any, complete: int, count: int, state: str, due_on: date) -> list[Any]:
    """The report in four figures."""
    submitted = state == State.SUBMITTED
    return [
        {
            "label": _("Own score"),
            "value": digits(figure(total)),
            "note": _("As submitted") if submitted else _("Provisional until submitted"),
        },
        {
            "label": _("Weight reported"),
            "value": _("%(done)s of %(all)s") % {"done": digits(written(reported)), "all": digits(written(whole))},
            "note": "" if reported == whole else _("The score speaks of this weight only"),
        },
        {
            "label": _("KPIs complete"),
            "value": _("%(done)s of %(all)s") % {"done": digits(complete), "all": digits(count)},
        },
        {"label": _("Due"), "value": short_date(due_on)},
    ]
