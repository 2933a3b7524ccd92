import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.lib.sop.standing import State
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.library import sop
from raprong.processes.models import Run, SopEdition, StepFact
from raprong.processes.queries import standing_of
from tests.cast import FISCAL_YEAR, NEW_YEAR, start_year


def test_a_run_pins_code_edition_and_digest(run: Run, cast: SampleAgency) -> None:
    definition = sop(cast.sop)

    assert (run.sop.code, run.sop.edition, run.sop.digest) == (definition.code, "1/00", definition.digest)
    assert SopEdition.objects.get().definition == definition


def test_the_first_step_is_open_and_the_rest_wait(run: Run) -> None:
    standing = standing_of(run, at=NEW_YEAR)

    assert [step.state for step in standing.steps] == [State.OPEN] + [State.WAITING] * (len(standing.steps) - 1)


def test_two_runs_of_one_sop_share_its_edition(cast: SampleAgency, run: Run) -> None:
    processes.start(
        cast.office,
        fiscal_year=FISCAL_YEAR + 1,
        sop_code=cast.sop,
        bindings=cast.bindings,
        by=cast.people["planner"],
        at=NEW_YEAR,
    )

    assert SopEdition.objects.count() == 1


def test_a_year_is_started_once(run: Run, cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="2570"):
        start_year(cast)


def test_every_open_party_must_be_bound_and_all_faults_come_at_once(
    cast: SampleAgency, other_cast: SampleAgency
) -> None:
    bindings = {"planning-group": cast.units["psdg"], "psdg": other_cast.units["psdg"]}

    with pytest.raises(Faults) as refused:
        processes.start(
            cast.office,
            fiscal_year=FISCAL_YEAR,
            sop_code=cast.sop,
            bindings=bindings,
            by=cast.people["planner"],
            at=NEW_YEAR,
        )

    assert {fault.field for fault in refused.value.faults} == {"planning-group", "psdg", "kpi-host"}
    assert not Run.objects.exists()


@pytest.mark.parametrize("username", ["staff", "assessor", "records", "auditor"])
def test_others_may_not_start_a_year(cast: SampleAgency, username: str) -> None:
    with pytest.raises(Refused):
        processes.start(
            cast.office,
            fiscal_year=FISCAL_YEAR,
            sop_code=cast.sop,
            bindings=cast.bindings,
            by=cast.people[username],
            at=NEW_YEAR,
        )


def test_somebody_of_another_department_sees_no_run(run: Run, outsider: Person) -> None:
    assert not Run.objects.visible_to(outsider, on=NEW_YEAR.date()).exists()


def test_starting_is_written_down(run: Run, cast: SampleAgency) -> None:
    entry = Entry.objects.get(kind="run.started")

    assert entry.facts["digest"] == run.sop.digest
    assert entry.by_name == cast.people["planner"].name


def test_an_opened_step_is_announced_to_its_holders(
    cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        start_year(cast)

    assert cast.people["planning-head"].notices.get().kind == "step.opened"
    assert not cast.people["planner"].notices.exists()  # who started it knows


def test_facts_cannot_be_changed(run: Run, cast: SampleAgency) -> None:
    fact = processes.answer_control(
        run, "framework", "policy-consistent", answer="yes", remark="", by=cast.people["planner"], at=NEW_YEAR
    )

    with pytest.raises(Exception, match="StepFact"):
        fact.save()
    assert StepFact.objects.get().answer == "yes"
