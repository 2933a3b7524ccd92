"""How the sample unit looks at its preliminary result: it objects to one score, a panel hears it, and it accepts."""

from raprong.cli.rehearsal.judging import lowest_of
from raprong.cli.rehearsal.stage import Stage
from raprong.evaluations.models import Evaluation
from raprong.objections import actions as objections
from raprong.objections import decisions, panels
from raprong.objections.enums import Outcome
from raprong.objections.models import Objection, Preliminary, members_of

MINUTES_TO_READ_A_RESULT = 60
DAYS_OF_A_PANEL = 3


def hear_the_unit(stage: Stage, evaluation: Evaluation) -> None:
    """From the opening to the acceptance, with an objection to the lowest score that the panel does not uphold."""
    preliminary = Preliminary.objects.get(evaluation=evaluation)
    stage.spend(MINUTES_TO_READ_A_RESULT)
    answering = stage.who_may("objections.answer")
    preliminary = objections.open_result(preliminary, by=answering, at=stage.at)
    objection = object_to_the_lowest(stage, preliminary)
    decide(stage, objection)
    objections.accept(preliminary, seen=None, by=answering, at=stage.at)


def object_to_the_lowest(stage: Stage, preliminary: Preliminary) -> Objection:
    return objections.object_to(
        preliminary,
        score=lowest_of(preliminary.evaluation),
        ground=stage.words["objection"]["ground"],
        text=stage.words["objection"]["text"],
        seen=None,
        by=stage.who_may("objections.answer"),
        at=stage.at,
    )


def decide(stage: Stage, objection: Objection) -> None:
    """The panel is as small as the scheme lets it be; some working days later it decides."""
    preliminary, namer = objection.preliminary, stage.who_may("objections.name_panel")
    people = panels.candidates(preliminary, at=stage.at)[: preliminary.panel_size]
    panels.name_panel(preliminary, people, chair=people[0], by=namer, at=stage.at)
    stage.wait_for(stage.calendar.add_working_days(stage.today, DAYS_OF_A_PANEL))
    proposal = decisions.propose(
        objection,
        outcome=Outcome.REFUSED,
        because=stage.words["objection"]["because"],
        precedent=stage.words["objection"]["precedent"],
        seen=None,
        by=people[0],
        at=stage.at,
    )
    for member in members_of(preliminary).exclude(person=people[0]):
        proposal.refresh_from_db()
        if proposal.ended_at is None:
            decisions.vote(proposal, agrees=True, remark="", by=member.person, at=stage.at)
