"""The control points of a step, and who ends it."""

from raprong.cli.rehearsal.stage import Stage
from raprong.core.clock import day_of
from raprong.lib.sop.shape import ASK, Step
from raprong.lib.sop.standing import YES, FactKind
from raprong.organisation.models import Person
from raprong.processes import actions as processes
from raprong.processes.queries import facts_of, holders_of, party_people


def answer_controls(stage: Stage, step: Step) -> None:
    """Answer yes to the control points of a step that are left to people and not answered yet."""
    answered = set(facts_of(stage.run, step).filter(kind=FactKind.ANSWERED).values_list("control", flat=True))
    for point in step.control_points:
        if point.check == ASK and point.code not in answered:
            processes.answer_control(
                stage.run,
                step.code,
                point.code,
                answer=YES,
                remark=stage.words["control_remark"],
                by=finisher(stage, step),
                at=stage.at,
            )


def finisher(stage: Stage, step: Step) -> Person:
    """Who may end a step: its checker where groups hand in, else one of those who do it."""
    on = day_of(stage.at)
    if step.fan_out and step.checked_by:
        people = party_people(stage.run, stage.run.definition.party(step.checked_by), on=on)
    else:
        people = holders_of(stage.run, step, on=on)
    return people[0]
