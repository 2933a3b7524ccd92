"""The year from its first step to its last, under any SOP."""

from collections.abc import Iterator
from datetime import timedelta

from raprong.cli.rehearsal.controls import answer_controls, finisher
from raprong.cli.rehearsal.stage import CurtainFalls, Stage
from raprong.cli.rehearsal.works import PERFORMANCES
from raprong.lib.sop.shape import Step
from raprong.lib.sop.standing import State
from raprong.organisation.queries import groups_of
from raprong.processes import actions as processes
from raprong.processes.queries import standing_of

SHARE_OF_STANDARD = 9, 10  # a step ends well within its standard minutes
DAYS_INTO_WINDOW = 7


def play(stage: Stage) -> Iterator[Step]:
    """Start the year and take it through every step; answers each step as it is done.

    Ends early, in the middle of the work at hand, where the stage has a curtain.
    """
    try:
        begin(stage)
        for step in stage.run.definition.steps:
            perform(stage, step)
            yield step
    except CurtainFalls:
        return


def begin(stage: Stage) -> None:
    stage.run = processes.start(
        stage.office,
        fiscal_year=stage.fiscal_year.be,
        sop_code=stage.sop.code,
        bindings=stage.bindings,
        by=stage.who_may("runs.start"),
        at=stage.at,
    )


def perform(stage: Stage, step: Step) -> None:
    """Do the work of a step, hand in and check its pieces, answer its control points, and say that it is done."""
    wait_for_window(stage, step)
    if step.standard_minutes is not None and step.clock == "opening":
        stage.spend(step.standard_minutes * SHARE_OF_STANDARD[0] // SHARE_OF_STANDARD[1])
    for card in step.work:
        PERFORMANCES[card](stage)
    hand_in_pieces(stage, step)
    answer_controls(stage, step)
    processes.finish_step(stage.run, step.code, by=finisher(stage, step), at=stage.at)


def wait_for_window(stage: Stage, step: Step) -> None:
    """A step with a calendar window is worked on some days after the window began."""
    window = standing_of(stage.run, at=stage.at).step(step.code).window
    if window is not None:
        stage.wait_for(window[0] + timedelta(days=DAYS_INTO_WINDOW))


def hand_in_pieces(stage: Stage, step: Step) -> None:
    """Each group's head hands in; the checker, another person where there is one, accepts."""
    if not step.fan_out:
        return
    checker = finisher(stage, step)
    for group in groups_of(stage.office):
        head = stage.who_may("runs.advance", group)
        processes.submit_piece(stage.run, step.code, piece=group, by=head, at=stage.at)
        processes.accept_piece(stage.run, step.code, piece=group, by=checker, at=stage.at)


def finished(stage: Stage) -> bool:
    return all(step.state is State.DONE for step in standing_of(stage.run, at=stage.at).steps)
