"""Who may work on a framework and its KPIs: the framework by its unit, a KPI by the group that answers for it."""

from datetime import datetime

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.access.rules import refusal
from raprong.core.clock import day_of
from raprong.kpis import policies
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, ImportBatch, Kpi, KpiYear, SelectionMeeting
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run


def check_may_receive_policy(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", run.unit, on=day_of(at))
    policies.check_can_receive_policy(run, at=at)


def check_may_set_dimensions(person: Person, framework: Framework, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", framework.run.unit, on=day_of(at))
    policies.check_can_set_dimensions(framework, at=at)


def check_may_settle_framework(person: Person, framework: Framework, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", framework.run.unit, on=day_of(at))
    policies.check_can_settle_framework(framework, at=at)


def check_may_reopen_framework(person: Person, framework: Framework, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", framework.run.unit, on=day_of(at))
    policies.check_can_reopen_framework(framework, at=at)


def check_may_propose(person: Person, run: Run, group: Unit, *, at: datetime) -> None:
    check_holds(person, "kpis.propose", group, on=day_of(at))
    policies.check_can_propose(run, group, at=at)


def check_may_import(person: Person, run: Run, *, at: datetime) -> None:
    """A workbook speaks for every group, so it is for those who may propose in the whole unit."""
    check_holds(person, "kpis.propose", run.unit, on=day_of(at))


def check_may_revise(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    check_holds(person, "kpis.propose", kpi.group, on=day_of(at))
    policies.check_can_revise(kpi, at=at)


def check_may_align(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    check_holds(person, "kpis.propose", kpi.group, on=day_of(at))
    policies.check_can_align(kpi, at=at)


def check_may_withdraw(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    check_holds(person, "kpis.propose", kpi.group, on=day_of(at))
    policies.check_can_withdraw(kpi, at=at)


def check_may_decide(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "kpis.select", run.unit, on=day_of(at))
    policies.check_can_decide(run, at=at)


def check_may_set_part_weights(person: Person, parent: KpiYear, *, at: datetime) -> None:
    """Those who select; before the selection also the group that proposed the KPI."""
    proposing = parent.state == KpiState.PROPOSED and not refusal(check_may_revise, person, parent, at=at)
    if not proposing:
        check_may_decide(person, parent.run, at=at)


def check_may_open_meeting(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "kpis.select", run.unit, on=day_of(at))
    policies.check_can_open_meeting(run, at=at)


def check_may_keep_meeting(person: Person, meeting: SelectionMeeting, *, at: datetime) -> None:
    """To write down who came, and to close it; also once the step is done, so that no meeting stays open for ever."""
    check_holds(person, "kpis.select", meeting.framework.run.unit, on=day_of(at))
    policies.check_meeting_is_open(meeting)


def check_may_send(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "kpis.send", run.unit, on=day_of(at))
    policies.check_can_send(run, at=at)


def check_may_deposit_sheets(person: Person, run: Run, *, at: datetime) -> None:
    """For those who check what the groups wrote."""
    check_holds(person, "kpis.check", run.unit, on=day_of(at))
    policies.check_can_deposit_sheets(run, at=at)


def check_may_fill_details(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    check_holds(person, "kpis.detail", kpi.group, on=day_of(at))
    policies.check_can_fill_details(kpi, at=at)


def check_may_withdraw_copy(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    """As withdrawing; parts go with the KPI that they were copied with."""
    check_holds(person, "kpis.propose", kpi.group, on=day_of(at))
    policies.check_is_undecided(kpi, at=at)


def check_may_retire(person: Person, kpi: Kpi, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", kpi.unit, on=day_of(at))
    policies.check_can_retire(kpi)


def check_may_bring_back(person: Person, kpi: Kpi, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", kpi.unit, on=day_of(at))
    policies.check_can_bring_back(kpi)


def check_may_cancel(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    """For those who select, also after the step of selecting."""
    check_holds(person, "kpis.select", kpi.run.unit, on=day_of(at))
    policies.check_can_cancel(kpi)


def check_may_take_up_again(person: Person, kpi: KpiYear, *, at: datetime) -> None:
    check_holds(person, "kpis.select", kpi.run.unit, on=day_of(at))
    policies.check_can_take_up_again(kpi)


def check_may_upload(person: Person, run: Run, *, at: datetime) -> None:
    """Those who may propose in the whole unit, and groups their own rows; each row is asked about again."""
    groups = run.unit.groups.all()
    if not any(holds(person, "kpis.propose", group, on=day_of(at)) for group in groups):
        check_holds(person, "kpis.propose", run.unit, on=day_of(at))


def check_may_take_in(person: Person, batch: ImportBatch, *, at: datetime) -> None:
    check_may_upload(person, batch.framework.run, at=at)
    policies.check_can_take_in(batch)


def check_may_undo(person: Person, batch: ImportBatch, *, at: datetime) -> None:
    """Each KPI that was taken is asked about again."""
    check_may_upload(person, batch.framework.run, at=at)
    policies.check_can_undo(batch)


def check_may_discard(person: Person, batch: ImportBatch, *, at: datetime) -> None:
    """Whoever sent the file, and those who may propose in the whole unit."""
    if person.pk != batch.uploaded_by_id:
        check_holds(person, "kpis.propose", batch.framework.run.unit, on=day_of(at))
    policies.check_can_discard(batch)
