"""Who may not report or close."""

from decimal import Decimal

import pytest

from raprong.access.rules import Refused, refusal
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.lib.sop.standing import FactKind
from raprong.organisation.models import Person
from raprong.processes.models import Run, StepFact
from raprong.results import actions as results
from raprong.results import permissions
from raprong.results.models import MonthlyResult
from tests.factories.year import agree_on_kpis
from tests.results.conftest import IN_DECEMBER, OCTOBER


@pytest.mark.parametrize("name", ["staff2", "head2", "director", "assessor", "auditor", "admin", "records"])
def test_only_the_kpis_own_group_and_planning_report(kpis: dict[str, KpiYear], cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused, match="กลุ่มที่ ๑"):
        results.report(
            kpis["1.2"],
            month=OCTOBER,
            value=Decimal(1),
            status="value",
            note="",
            seen=None,
            by=cast.people[name],
            at=IN_DECEMBER,
        )


def test_an_outsider_reports_and_closes_nothing(run: Run, kpis: dict[str, KpiYear], outsider: Person) -> None:
    with pytest.raises(Refused):
        permissions.check_may_report(outsider, run, [kpis["1.2"]], OCTOBER, at=IN_DECEMBER)
    with pytest.raises(Refused):
        results.close_month(run, OCTOBER, because="-", by=outsider, at=IN_DECEMBER)
    with pytest.raises(Refused):
        permissions.check_may_read(outsider, run, at=IN_DECEMBER)

    assert not MonthlyResult.objects.visible_to(outsider, on=IN_DECEMBER.date()).exists()


@pytest.mark.parametrize("name", ["head1", "staff", "director", "assessor"])
def test_only_planning_closes_a_month(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        results.close_month(run, OCTOBER, because="-", by=cast.people[name], at=IN_DECEMBER)


def test_figures_may_come_in_before_their_step_opens(run: Run, cast: SampleAgency) -> None:
    kpi = agree_on_kpis(run, cast)[1]

    assert refusal(permissions.check_may_report_for, cast.people["planner"], run, kpi.group, at=IN_DECEMBER) == ""


def test_figures_stop_when_their_step_is_done(run: Run, cast: SampleAgency) -> None:
    kpi = agree_on_kpis(run, cast)[1]
    for step in run.definition.steps:
        StepFact.objects.create(run=run, step=step.code, kind=FactKind.DONE, by=cast.people["planner"], at=IN_DECEMBER)

    sentence = refusal(permissions.check_may_report_for, cast.people["planner"], run, kpi.group, at=IN_DECEMBER)

    assert str(run.definition.steps[6].title_en) in sentence
