from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.rules import Refused
from raprong.assessments.enums import Move, State
from raprong.assessments.models import AssessmentItem, Receipt, SelfAssessment
from raprong.assessments.rounds import first_day_of_last_month, round_title, rounds_of
from raprong.assessments.workflow import MOVES
from raprong.core.clock import day_of
from raprong.core.faults import Fault, FaultList
from raprong.lib.scoring.card import Status
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_open
from raprong.results.months import month_title

CARD = "assessments.rounds_submitted"
LONGEST_TEXT = 20_000  # characters; what one field of the printed report carries


def check_can_open(run: Run, months: int, *, at: datetime) -> None:
    """A round of the SOP, once, from the first day of its last month on, while the SOP's step is open."""
    rounds = rounds_of(run)
    if months not in rounds:
        titles = ", ".join(round_title(each) for each in rounds)
        raise Refused(
            _("The SOP of this year has no %(round)s. Its rounds: %(rounds)s.")
            % {"round": round_title(months), "rounds": titles}
        )
    if SelfAssessment.objects.filter(run=run, months=months).exists():
        raise Refused(_("The report of the %(round)s is already open.") % {"round": round_title(months)})
    first_day = first_day_of_last_month(run.year, months)
    if day_of(at) < first_day:
        raise Refused(
            _("The report of the %(round)s can be opened in %(month)s, its last month.")
            % {"round": round_title(months), "month": month_title(first_day)}
        )
    check_work_is_open(run, CARD, at=at)


def check_can_change(assessment: SelfAssessment, *, at: datetime) -> None:
    """A report changes until it is submitted."""
    if assessment.state != State.WRITING:
        raise Refused(_("The report was submitted. What is in it no longer changes."))
    check_work_is_open(assessment.run, CARD, at=at)


def check_can_submit(assessment: SelfAssessment, *, at: datetime) -> None:
    starts, _to = MOVES[Move.SUBMIT]
    if assessment.state not in starts:
        receipt = Receipt.objects.filter(assessment=assessment).first()
        said = _("The report was already submitted.")
        raise Refused(f"{said} {_('Its receipt: %(number)s.') % {'number': receipt}}" if receipt else said)
    check_work_is_open(assessment.run, CARD, at=at)


def faults_of_text(**texts: str) -> list[Fault]:
    """Every text that is longer than the printed report can carry."""
    found = FaultList()
    for field, text in texts.items():
        if len(text) > LONGEST_TEXT:
            found.add(
                field,
                _("The text has %(count)s characters; at most %(limit)s fit. Shorten it.")
                % {"count": f"{len(text):,}", "limit": f"{LONGEST_TEXT:,}"},
            )
    return found.faults


def missing_in(item: AssessmentItem, *, evidence: int) -> Iterator[str]:
    """What one KPI's part still lacks: a narrative; with a result evidence, without one the reason.

    Of a KPI that is cancelled or has not started yet nothing is asked, and a parent is proven by its parts.
    """
    if item.status in (Status.CANCELLED, Status.NOT_STARTED):
        return
    if not item.narrative.strip():
        yield _("what was done is not written")
    if item.result is None and item.status != Status.REPORTED and not item.no_figure_because.strip():
        yield _("there is no result and no reason why")
    if item.result is not None and not evidence:
        yield _("no evidence is attached")


def faults_of_items(items: Iterable[AssessmentItem]) -> list[Fault]:
    """What each KPI's part lacks, at the public id of its item. `items` carry `standing_evidence`."""
    found = FaultList()
    for item in items:
        lacking = list(missing_in(item, evidence=item.standing_evidence))  # type: ignore[attr-defined]
        if lacking:
            found.add(
                item.public_id, _("%(kpi)s: %(missing)s.") % {"kpi": item.kpi.code, "missing": "; ".join(lacking)}
            )
    return found.faults


def sentence_of(faults: list[Fault]) -> str:
    """The faults counted, for the line under a button."""
    return ngettext(
        "%(count)s thing is still missing; see the list.",
        "%(count)s things are still missing; see the list.",
        len(faults),
    ) % {"count": len(faults)}
