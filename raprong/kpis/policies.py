"""What the state of a framework or a KPI allows."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.kpis.deposits import sheets_to_deposit
from raprong.kpis.enums import BatchState, KpiState
from raprong.kpis.models import Framework, ImportBatch, Kpi, KpiYear, SelectionMeeting
from raprong.kpis.queries import dimensions_weight, framework_of, scheme_of, selection_standing
from raprong.kpis.selection import weight_sentence
from raprong.organisation.models import Unit
from raprong.processes.cards import ask
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_open
from raprong.processes.queries import step_with_work


def check_can_receive_policy(run: Run, *, at: datetime) -> None:
    check_work_is_open(run, "kpis.policy_received", at=at)


def check_can_set_dimensions(framework: Framework, *, at: datetime) -> None:
    check_work_is_open(framework.run, "kpis.framework_settled", at=at)
    if framework.settled_at is not None:
        raise Refused(_("The framework is settled. Open it again before you change it."))


def check_can_settle_framework(framework: Framework, *, at: datetime) -> None:
    """Settled is a framework with dimensions whose weights are exactly the whole."""
    check_can_set_dimensions(framework, at=at)
    given, whole = dimensions_weight(framework), scheme_of(framework.run).weight_base
    if given != whole:
        raise Refused(
            _("The dimensions add up to %(given)s, and %(whole)s is asked for.")
            % {"given": f"{given:.2f}", "whole": f"{whole:.2f}"}
        )


def check_can_reopen_framework(framework: Framework, *, at: datetime) -> None:
    check_work_is_open(framework.run, "kpis.framework_settled", at=at)
    if framework.settled_at is None:
        raise Refused(_("The framework is open already."))


def check_can_propose(run: Run, group: Unit, *, at: datetime) -> None:
    check_work_is_open(run, "kpis.proposals_complete", at=at, piece=group)
    framework = framework_of(run)
    if framework is None or not framework.dimensions.exists():
        raise Refused(_("The framework has no dimensions yet. The planning group enters them first."))


def check_can_revise(kpi: KpiYear, *, at: datetime) -> None:
    check_work_is_open(kpi.run, "kpis.proposals_complete", at=at, piece=kpi.group)


def check_can_align(kpi: KpiYear, *, at: datetime) -> None:
    """Aligning is work of its own step where the SOP has one, and part of proposing where it has not."""
    own_step = step_with_work(kpi.run, "kpis.sources_aligned")
    card = "kpis.sources_aligned" if own_step else "kpis.proposals_complete"
    check_work_is_open(kpi.run, card, at=at, piece=kpi.group)


def check_can_withdraw(kpi: KpiYear, *, at: datetime) -> None:
    """Only what nobody has decided about: after that the decision and its reason stay to be read."""
    check_is_undecided(kpi, at=at)
    if kpi.parts.exists():
        raise Refused(_("This KPI has parts. Withdraw them first, or let them stand by themselves."))


def check_is_undecided(kpi: KpiYear, *, at: datetime) -> None:
    check_can_revise(kpi, at=at)
    if kpi.state != KpiState.PROPOSED or kpi.decided_at is not None:
        raise Refused(_("This KPI has been decided about. It stays, with the decision."))


def check_can_decide(run: Run, *, at: datetime) -> None:
    check_work_is_open(run, "kpis.selection_settled", at=at)


def check_can_open_meeting(run: Run, *, at: datetime) -> None:
    """One meeting at a time, while the step of selecting is open."""
    check_can_decide(run, at=at)
    held = SelectionMeeting.objects.filter(framework__run=run, closed_at__isnull=True).first()
    if held is not None:
        raise Refused(_("Meeting %(meeting)s is still open. Close it first.") % {"meeting": held})


def check_meeting_is_open(meeting: SelectionMeeting) -> None:
    """A closed meeting has minutes that are sealed, and stays closed."""
    if meeting.closed_at is not None:
        raise Refused(_("Meeting %(meeting)s is closed and its minutes are sealed.") % {"meeting": meeting})


def check_meeting_decides(framework: Framework, meeting: SelectionMeeting | None) -> None:
    """Decisions are kept in an open meeting about the same framework, or in none."""
    if meeting is None:
        return
    meeting = SelectionMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.framework_id != framework.pk:
        raise Refused(_("This meeting is about another year."))
    check_meeting_is_open(meeting)


def check_can_send(run: Run, *, at: datetime) -> None:
    check_work_is_open(run, "kpis.sent_to_department", at=at)
    standing = selection_standing(run)
    if not standing.selected:
        raise Refused(_("No KPI is selected yet."))
    if standing.undecided:
        raise Refused(
            ngettext(
                "%(count)s KPI is not decided about yet.",
                "%(count)s KPIs are not decided about yet.",
                standing.undecided,
            )
            % {"count": standing.undecided}
        )
    if not standing.weight_is_whole:
        raise Refused(weight_sentence(standing))


def check_can_deposit_sheets(run: Run, *, at: datetime) -> None:
    """Every sheet is complete, and at least one says something else than what lies in the cabinet."""
    answer = ask("kpis.details_complete", run)
    if not answer.done:
        raise Refused(answer.sentence)
    if not sheets_to_deposit(run, on=day_of(at)):
        raise Refused(_("The sheets lie in the cabinet, and nothing in them has changed since."))


def check_can_fill_details(kpi: KpiYear, *, at: datetime) -> None:
    check_work_is_open(kpi.run, "kpis.details_complete", at=at, piece=kpi.group)
    if kpi.state != KpiState.SELECTED:
        raise Refused(_("A detail sheet is written for a KPI that was selected."))


def check_can_retire(kpi: Kpi) -> None:
    if kpi.retired_at is not None:
        raise Refused(_("This KPI is retired already."))


def check_can_bring_back(kpi: Kpi) -> None:
    if kpi.retired_at is None:
        raise Refused(_("This KPI is in use."))


def check_can_cancel(kpi: KpiYear) -> None:
    if kpi.state != KpiState.SELECTED:
        raise Refused(_("Only a KPI that was selected can be cancelled."))
    if kpi.cancelled_from is not None:
        raise Refused(_("This KPI is cancelled already."))


def check_can_take_up_again(kpi: KpiYear) -> None:
    if kpi.cancelled_from is None:
        raise Refused(_("This KPI is not cancelled."))


def check_can_take_in(batch: ImportBatch) -> None:
    if batch.state == BatchState.UNDONE:
        raise Refused(_("This file was undone. Send it again to take it in."))


def check_can_undo(batch: ImportBatch) -> None:
    if batch.state != BatchState.TAKEN:
        raise Refused(_("Nothing of this file is taken in, so there is nothing to undo."))


def check_can_discard(batch: ImportBatch) -> None:
    if batch.state != BatchState.WAITING:
        raise Refused(_("Rows of this file were taken in. It stays with what it did; undo it instead."))
